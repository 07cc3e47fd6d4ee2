import { flushSync } from 'react-dom';

interface Clock {
  readonly listeners: Set<() => void>;
  readonly timer: ReturnType<typeof setInterval>;
}

const clocks = new Map<number, Clock>();
let pace: (draw: () => void) => void = (draw) => draw();

/** Draws what ticks change when `schedule` says: together with whatever else the page draws. */
export function paceTicks(schedule: (draw: () => void) => void): void {
  pace = schedule;
}

/**
 * Calls `listener` every `intervalMs`. All that ask for one interval are called in one task, so that what they change is
 * painted in one frame; a timer for each would paint a frame for each.
 *
 * @returns what ends it.
 */
export function onEveryTick(intervalMs: number, listener: () => void): () => void {
  const clock = clocks.get(intervalMs) ?? startClock(intervalMs);
  // Of its own identity: one function may be given twice.
  const call = () => listener();
  clock.listeners.add(call);
  return () => {
    clock.listeners.delete(call);
    if (clock.listeners.size > 0 || clocks.get(intervalMs) !== clock) return;
    clearInterval(clock.timer);
    clocks.delete(intervalMs);
  };
}

function startClock(intervalMs: number): Clock {
  const listeners = new Set<() => void>();
  let waits = false;
  const tick = () => {
    waits = false;
    // In this frame: what React schedules by itself is painted in the next.
    flushSync(() => {
      for (const listener of listeners) listener();
    });
  };
  const timer = setInterval(() => {
    if (waits) return;
    waits = true;
    pace(tick);
  }, intervalMs);
  const clock = { listeners, timer };
  clocks.set(intervalMs, clock);
  return clock;
}

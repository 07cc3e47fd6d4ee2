interface Clock {
  readonly listeners: Set<() => void>;
  readonly timer: ReturnType<typeof setInterval>;
}

const clocks = new Map<number, Clock>();

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
  const timer = setInterval(() => {
    for (const listener of listeners) listener();
  }, intervalMs);
  const clock = { listeners, timer };
  clocks.set(intervalMs, clock);
  return clock;
}

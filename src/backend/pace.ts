/** The passing of time, so that a test can hold it in its hand. `now` is monotonic milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `callback` once after `delayMs`. The returned function calls it off. */
  schedule(callback: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Waits `delayMs`. Rejects with the signal's reason as soon as it is aborted, so that producers unwind at once. */
export function wait(delayMs: number, signal: AbortSignal, clock: Clock = systemClock): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      callOff();
      reject(signal.reason);
    };
    const callOff = clock.schedule(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Yields 0, 1, 2, … : the first at once, the others `delayMs` apart, on an even schedule (late timers don't add up).
 * A reader that pauses gets no burst afterwards: the schedule goes on from where it comes back.
 */
export async function* every(
  delayMs: number,
  signal: AbortSignal,
  clock: Clock = systemClock,
): AsyncGenerator<number, never> {
  let dueAtMs = clock.now();
  for (let turn = 0; ; turn += 1) {
    const remainingMs = dueAtMs - clock.now();
    if (remainingMs > 0) await wait(remainingMs, signal, clock);
    else signal.throwIfAborted();
    yield turn;
    dueAtMs = Math.max(dueAtMs + delayMs, clock.now());
  }
}

/** The shortest pause between two batches: several items due within it travel together. */
const BATCH_MS = 10;
/** What a reader that paused can get at once afterwards. */
const LARGEST_BACKLOG_MS = 250;

/**
 * Yields how many items are due, so that a rate far above what timers can do holds: one wake-up carries a batch.
 * The first item is due at once; every number is at least 1.
 */
export async function* batches(
  itemsPerSecond: number,
  signal: AbortSignal,
  clock: Clock = systemClock,
): AsyncGenerator<number, never> {
  const intervalMs = 1_000 / itemsPerSecond;
  let dueAtMs = clock.now();
  for (;;) {
    const remainingMs = dueAtMs - clock.now();
    if (remainingMs > 0) await wait(Math.max(remainingMs, BATCH_MS), signal, clock);
    else signal.throwIfAborted();
    const now = clock.now();
    dueAtMs = Math.max(dueAtMs, now - Math.max(LARGEST_BACKLOG_MS, intervalMs));
    const due = Math.max(1, Math.floor((now - dueAtMs) / intervalMs) + 1);
    dueAtMs += due * intervalMs;
    yield due;
  }
}

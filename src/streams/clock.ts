/** Time as this layer needs it, so that a test can hold it still. */
export interface Clock {
  /** Milliseconds on `performance.now()`'s clock. */
  nowMs(): number;
  /** Calls back once, after the delay, and returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

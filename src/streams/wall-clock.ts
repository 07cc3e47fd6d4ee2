/** Clocks are read to the millisecond, and set right by the network now and then: for less than this nothing on screen moves. */
const NOTICED_MS = 250;

/**
 * When `performance.now()` was 0, in epoch milliseconds, as far as can be told now. `performance.timeOrigin` is wrong by as
 * long as the machine has slept since, in browsers whose `performance.now()` stands still meanwhile.
 */
export function createPageOrigin(read = () => Date.now() - performance.now()): () => number {
  let originMs = read();
  return () => {
    const readMs = read();
    if (Math.abs(readMs - originMs) > NOTICED_MS) originMs = readMs;
    return originMs;
  };
}

/** Of this page or worker, as of now. */
export const pageOriginMs = createPageOrigin();

/** A page that is never idle still gets to it. */
const MAX_WAIT_MS = 1_000;
/** Where a browser does not say when it is idle: between two frames, most likely. */
const SOON_MS = 50;

/**
 * Calls `work` when the page has nothing better to do.
 *
 * @returns what cancels it.
 */
export function nextIdle(work: () => void, maxWaitMs = MAX_WAIT_MS): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, SOON_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: maxWaitMs });
  return () => cancelIdleCallback(handle);
}

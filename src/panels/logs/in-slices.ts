/** Longer than this, and the machine busy besides, a person who types would notice. */
const SLICE_MS = 4;

/** Lets the page do what waits: input above all, which a timer's turn comes after. */
export function yieldToPage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Calls `step` until it returns true (there is no more to do) or the signal aborts, a few milliseconds at a time. */
export async function runInSlices(
  step: () => boolean,
  signal: AbortSignal,
  { pause = yieldToPage, now = () => performance.now() } = {},
): Promise<void> {
  while (!signal.aborted) {
    const startedAtMs = now();
    do {
      if (step()) return;
    } while (now() - startedAtMs < SLICE_MS);
    await pause();
  }
}

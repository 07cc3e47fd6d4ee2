/** One sleeper and many who may wake it. A wake that comes before the sleep is remembered. */
export interface Wakeup {
  wake(): void;
  sleep(): Promise<void>;
}

/**
 * Instead of `Promise.race` over long-lived promises (an abort, a pause), each of which would keep a reaction for
 * every race that it was ever in.
 */
export function createWakeup(): Wakeup {
  let resolve: (() => void) | null = null;
  let woken = false;
  return {
    wake() {
      woken = true;
      resolve?.();
    },
    async sleep() {
      if (!woken) {
        await new Promise<void>((done) => {
          resolve = done;
        });
      }
      resolve = null;
      woken = false;
    },
  };
}

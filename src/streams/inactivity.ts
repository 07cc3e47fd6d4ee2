import type { Clock } from './clock.ts';

/** Says when nothing came for too long. One timer that re-arms itself, so that activity costs an assignment. */
export interface InactivityTimer {
  start(): void;
  touch(): void;
  stop(): void;
}

export function createInactivityTimer(
  timeoutMs: number,
  clock: Clock,
  onSilence: (sinceMs: number) => void,
): InactivityTimer {
  let lastMs = 0;
  let cancel: (() => void) | null = null;
  let running = false;

  const arm = (delayMs: number) => {
    cancel = clock.after(delayMs, check);
  };
  const check = () => {
    cancel = null;
    const restMs = lastMs + timeoutMs - clock.nowMs();
    if (restMs > 0) arm(restMs);
    else onSilence(lastMs);
  };

  return {
    start() {
      running = true;
      lastMs = clock.nowMs();
      if (cancel === null) arm(timeoutMs);
    },
    touch() {
      if (!running) return;
      lastMs = clock.nowMs();
      if (cancel === null) arm(timeoutMs);
    },
    stop() {
      running = false;
      cancel?.();
      cancel = null;
    },
  };
}

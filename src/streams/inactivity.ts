import type { Clock } from './clock.ts';

/** Says when nothing came for too long. One timer that re-arms itself, so that activity costs an assignment. */
export interface InactivityTimer {
  start(timeoutMs: number): void;
  touch(): void;
  stop(): void;
}

export function createInactivityTimer(clock: Clock, onSilence: (sinceMs: number) => void): InactivityTimer {
  let timeoutMs = 0;
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
    start(newTimeoutMs) {
      running = true;
      timeoutMs = newTimeoutMs;
      lastMs = clock.nowMs();
      cancel?.();
      arm(timeoutMs);
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

import { useEffect, useState } from 'react';
import { onEveryTick } from './shared-clock.ts';

/** `performance.now()`, read again every `intervalMs` while `running`. */
export function useNow(intervalMs: number, running = true): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNowMs(performance.now());
    tick();
    return onEveryTick(intervalMs, tick);
  }, [intervalMs, running]);
  return nowMs;
}

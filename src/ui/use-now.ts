import { useEffect, useState } from 'react';

/** `performance.now()`, read again every `intervalMs` while `running`. */
export function useNow(intervalMs: number, running = true): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (!running) return;
    const tick = () => setNowMs(performance.now());
    tick();
    const timer = setInterval(tick, intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs, running]);
  return nowMs;
}

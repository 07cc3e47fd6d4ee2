import { useEffect, useState } from 'react';

/** Whether something has lasted this long by now: what is over sooner is not worth a word that comes and goes. */
export function useLate(lasting: boolean, afterMs: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!lasting) return;
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [lasting, afterMs]);
  return lasting && late;
}

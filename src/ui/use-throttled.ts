import { useEffect, useRef, useState } from 'react';
import { onEveryTick } from './shared-clock.ts';

/** A value that changes at most once an interval, its last change never lost; another `key` shows at once. */
export function useThrottled<T>(value: T, intervalMs: number, key: string): T {
  const [shown, setShown] = useState({ value, key, isHeld: true });
  // At once, and not at the next tick: a key that is back by then would bring back what was shown under it before.
  if (shown.key !== key) setShown({ value, key, isHeld: false });
  const latest = useRef({ value, key });
  useEffect(() => {
    latest.current = { value, key };
  }, [value, key]);
  useEffect(() => {
    return onEveryTick(intervalMs, () => {
      setShown((current) => {
        const { current: next } = latest;
        const isSame = current.isHeld && current.value === next.value && current.key === next.key;
        return isSame ? current : { ...next, isHeld: true };
      });
    });
  }, [intervalMs]);
  return shown.key === key && shown.isHeld ? shown.value : value;
}

import { useEffect, useRef, useState } from 'react';
import { onEveryTick } from './shared-clock.ts';

/** A value that changes at most once an interval, its last change never lost; another `key` shows at once. */
export function useThrottled<T>(value: T, intervalMs: number, key: string): T {
  const [shown, setShown] = useState({ value, key });
  const latest = useRef({ value, key });
  useEffect(() => {
    latest.current = { value, key };
  }, [value, key]);
  useEffect(() => {
    return onEveryTick(intervalMs, () => {
      setShown((current) => {
        const { current: next } = latest;
        // A key that came back would else show what was there under it before.
        return current.value === next.value && current.key === next.key ? current : next;
      });
    });
  }, [intervalMs]);
  return shown.key === key ? shown.value : value;
}

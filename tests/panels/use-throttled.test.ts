import { renderHook } from '@testing-library/react';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useThrottled } from '../../src/ui/use-throttled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tick = () => act(() => vi.advanceTimersByTime(250));

test('shows a change with the next tick, and another key at once', () => {
  const { result, rerender } = renderHook(({ value, key }) => useThrottled(value, 250, key), {
    initialProps: { value: 'a', key: 'live' },
  });
  rerender({ value: 'b', key: 'live' });
  expect(result.current).toBe('a');
  tick();
  expect(result.current).toBe('b');
  rerender({ value: 'c', key: 'ended' });
  expect(result.current).toBe('c');
});

test('a key that comes back does not bring back what was shown under it', () => {
  const { result, rerender } = renderHook(({ value, key }) => useThrottled(value, 250, key), {
    initialProps: { value: 'of the first run', key: 'live' },
  });
  rerender({ value: 'of the first run', key: 'ended' });
  tick();
  rerender({ value: 'of the second run', key: 'live' });
  expect(result.current).toBe('of the second run');
});

test('nor does one that comes back before the next tick', () => {
  const { result, rerender } = renderHook(({ value, key }) => useThrottled(value, 250, key), {
    initialProps: { value: 'of the first run', key: 'live' },
  });
  rerender({ value: 'nothing yet', key: 'connecting' });
  expect(result.current).toBe('nothing yet');
  rerender({ value: 'of the second run', key: 'live' });
  expect(result.current).toBe('of the second run');
});

import { renderHook } from '@testing-library/react';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useLate } from '../../src/ui/use-late.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('says what lasts, at its time and no longer, and nothing of what is over sooner', () => {
  const { result, rerender } = renderHook(({ lasting }) => useLate(lasting, 150), {
    initialProps: { lasting: true },
  });
  pass(149);
  expect(result.current).toBe(false);
  rerender({ lasting: false });
  rerender({ lasting: true });
  pass(149);
  expect(result.current).toBe(false);
  pass(1);
  expect(result.current).toBe(true);
  rerender({ lasting: false });
  expect(result.current).toBe(false);
  rerender({ lasting: true });
  expect(result.current).toBe(false);
});

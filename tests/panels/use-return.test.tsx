import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useReturn } from '../../src/ui/use-return.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

/** Asks a backend that is as `answers` says, under a key that can be changed. */
function ask(answers: { up: boolean }) {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const asks = vi.fn(() => Promise.resolve(answers.up));
  const onReturn = vi.fn();
  const { result, rerender } = renderHook(
    ({ isDown, key }) => useReturn({ key: [key], isDown, asks, onReturn }),
    { wrapper, initialProps: { isDown: true, key: 'a' } },
  );
  return { asks, onReturn, result, rerender };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe('useReturn', () => {
  it('says once that what was down is back', async () => {
    const backend = { up: false };
    const { asks, onReturn, result, rerender } = ask(backend);
    await pass(5_000);
    expect(result.current).toBe(true);
    expect(onReturn).not.toHaveBeenCalled();
    backend.up = true;
    await pass(2_000);
    expect(onReturn).toHaveBeenCalledTimes(1);
    rerender({ isDown: false, key: 'a' });
    const asked = asks.mock.calls.length;
    await pass(60_000);
    expect(asks).toHaveBeenCalledTimes(asked);
    expect(onReturn).toHaveBeenCalledTimes(1);
  });

  it('promises nothing where the answer comes at once, and stops asking', async () => {
    const { asks, onReturn, result } = ask({ up: true });
    await pass(60_000);
    expect(result.current).toBe(false);
    expect(asks).toHaveBeenCalledTimes(1);
    expect(onReturn).not.toHaveBeenCalled();
  });

  it('asks anew each time that it is needed, whatever was answered before', async () => {
    const backend = { up: false };
    const { onReturn, result, rerender } = ask(backend);
    await pass(1_000);
    expect(result.current).toBe(true);
    rerender({ isDown: false, key: 'a' });
    await pass(1_000);
    backend.up = true;
    rerender({ isDown: true, key: 'a' });
    expect(result.current).toBe(false);
    await pass(10_000);
    expect(result.current).toBe(false);
    expect(onReturn).not.toHaveBeenCalled();
  });

  it('does not take another one that answers for the one that was down', async () => {
    const backend = { up: false };
    const { onReturn, rerender } = ask(backend);
    await pass(2_000);
    backend.up = true;
    rerender({ isDown: true, key: 'b' });
    await pass(10_000);
    expect(onReturn).not.toHaveBeenCalled();
  });

  it('asks while the browser is offline, too', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    const { result } = ask({ up: false });
    await pass(1);
    expect(result.current).toBe(true);
    window.dispatchEvent(new Event('online'));
    vi.restoreAllMocks();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createBackoff,
  GOOD_SPELL_MS,
  MAX_SERVER_DELAY_MS,
  MIN_DELAY_MS,
} from '../../src/streams/backoff.ts';

const longest = () => 1;
const shortest = () => 0;

function delays(backoff: ReturnType<typeof createBackoff>, count: number): number[] {
  return Array.from({ length: count }, () => backoff.next(0, null).delayMs);
}

describe('backoff', () => {
  test('doubles its ceiling from half a second to ten seconds', () => {
    expect(delays(createBackoff(longest), 7)).toEqual([750, 1_250, 2_250, 4_250, 8_250, 10_250, 10_250]);
  });

  test('counts the tries in a row', () => {
    const backoff = createBackoff(shortest);
    expect([1, 2, 3].map(() => backoff.next(0, null).attempt)).toEqual([2, 3, 4]);
  });

  test('never becomes a hot loop, though the server says retry: 0', () => {
    const backoff = createBackoff(shortest);
    backoff.setReconnectionTime(0);
    expect(delays(backoff, 3)).toEqual([MIN_DELAY_MS, MIN_DELAY_MS, MIN_DELAY_MS]);
  });

  test('waits at least the reconnection time that the server asks for', () => {
    const backoff = createBackoff(shortest);
    backoff.setReconnectionTime(3_000);
    expect(delays(backoff, 1)).toEqual([3_000]);
  });

  test('waits at least as long as Retry-After says', () => {
    expect(createBackoff(shortest).next(0, 7_000).delayMs).toBe(7_000);
  });

  test('starts anew after a connection that held for a good while', () => {
    const backoff = createBackoff(longest);
    delays(backoff, 5);
    backoff.opened(100);
    expect(backoff.next(100 + GOOD_SPELL_MS, null)).toEqual({ delayMs: 750, attempt: 2 });
  });

  test('goes on after a connection that broke at once', () => {
    const backoff = createBackoff(longest);
    delays(backoff, 2);
    backoff.opened(100);
    expect(backoff.next(101, null)).toEqual({ delayMs: 2_250, attempt: 4 });
  });

  test('knows a first failure from one in a row', () => {
    const backoff = createBackoff(shortest);
    expect(backoff.isFirstOfRow(0)).toBe(true);
    backoff.next(0, null);
    expect(backoff.isFirstOfRow(0)).toBe(false);
    backoff.opened(100);
    expect(backoff.isFirstOfRow(99 + GOOD_SPELL_MS)).toBe(false);
    expect(backoff.isFirstOfRow(100 + GOOD_SPELL_MS)).toBe(true);
  });

  test('stays within its bounds whatever the server and chance say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ random: fc.double({ min: 0, max: 1, noNaN: true }), retry: fc.nat() }), {
          minLength: 1,
          maxLength: 50,
        }),
        (tries) => {
          let random = 0;
          const backoff = createBackoff(() => random);
          for (const one of tries) {
            random = one.random;
            backoff.setReconnectionTime(one.retry * 1_000);
            const { delayMs } = backoff.next(0, null);
            expect(delayMs).toBeGreaterThanOrEqual(MIN_DELAY_MS);
            expect(delayMs).toBeLessThanOrEqual(MAX_SERVER_DELAY_MS + 10_000);
          }
        },
      ),
    );
  });
});

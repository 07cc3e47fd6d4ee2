import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesOf } from '../../src/panels/ticker/candles.ts';
import { applyTicker, initialTicker, type TickerRow } from '../../src/panels/ticker/ticker-store.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

/** A symbol that traded at these times for these prices. */
function rowOf(trades: readonly (readonly [atMs: number, price: number])[]): TickerRow {
  const events = trades.map(([atMs, price]) => chunkOf(atMs, [{ stock: 'AAPL', price }]));
  const row = applyTicker(initialTicker, events).rows.get('AAPL');
  if (!row) throw new Error('nothing was traded');
  return row;
}

describe('candlesOf', () => {
  it('merges seconds into candles with open, high, low and close', () => {
    const row = rowOf([
      [0, 10],
      [500, 14],
      [1_200, 8],
      [2_300, 11],
      [3_400, 12],
    ]);
    expect(candlesOf(row, Number.POSITIVE_INFINITY, 2)).toEqual([
      { atMs: 0, open: 10, high: 14, low: 8, price: 8 },
      { atMs: 2_300, open: 8, high: 12, low: 8, price: 12 },
    ]);
  });

  it('shows the window that was asked for alone', () => {
    const row = rowOf(Array.from({ length: 100 }, (_, second) => [second * 1_000, second]));
    expect(candlesOf(row, 9_500, 100).map(({ price }) => price)).toEqual([
      90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ]);
  });

  it('never draws more candles than asked for and one, and loses no extreme', () => {
    const trades = fc.array(fc.tuple(fc.nat(400_000), fc.integer({ min: 1, max: 999 })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(trades, fc.integer({ min: 1, max: 60 }), (unordered, most) => {
        const row = rowOf([...unordered].sort(([a], [b]) => a - b));
        const candles = candlesOf(row, Number.POSITIVE_INFINITY, most);
        expect(candles.length).toBeLessThanOrEqual(most + 1);
        expect(Math.max(...candles.map(({ high }) => high))).toBe(row.high);
        expect(Math.min(...candles.map(({ low }) => low))).toBe(row.low);
        expect(candles.at(-1)?.price).toBe(row.price);
      }),
      { numRuns: 60 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestCandle, priceView } from '../../src/panels/ticker/candles.ts';
import { applyTicker, initialTicker, type TickerRow } from '../../src/panels/ticker/ticker-store.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

/** A symbol that traded at these times for these prices. */
function rowOf(trades: readonly (readonly [atMs: number, price: number])[]): TickerRow {
  const events = trades.map(([atMs, price]) => chunkOf(atMs, [{ stock: 'AAPL', price }]));
  const row = applyTicker(initialTicker, events).rows.get('AAPL');
  if (!row) throw new Error('nothing was traded');
  return row;
}

const ALL = Number.POSITIVE_INFINITY;
const everyMs = (stepMs: number, untilMs: number) =>
  Array.from({ length: Math.floor(untilMs / stepMs) }, (_, at) => [at * stepMs, 100 + (at % 7)] as const);

describe('priceView', () => {
  const trades = [
    [200, 10],
    [700, 14],
    [1_400, 8],
    [2_500, 11],
    [3_600, 12],
  ] as const;

  it.each([
    ['candles, each at the beginning of its span', 'candles', [0, 2_000]],
    ['points of a line, each where its first price came', 'line', [200, 1_400, 2_500, 3_600]],
  ] as const)('merges seconds into %s', (_name, chartStyle, times) => {
    const view = priceView(rowOf(trades), { chartStyle, withinMs: ALL, nowMs: 100_000 });
    expect(view.candles.map(({ atMs }) => atMs)).toEqual(times);
    expect(view.candles.at(-1)?.price).toBe(12);
  });

  it('gives a candle the open of its first second, the close of its last, and the range of all', () => {
    const view = priceView(rowOf(trades), { chartStyle: 'candles', withinMs: ALL, nowMs: 100_000 });
    expect(view.spanMs).toBe(2_000);
    expect(view.candles).toEqual([
      { atMs: 0, open: 10, high: 14, low: 8, price: 8 },
      { atMs: 2_000, open: 8, high: 12, low: 8, price: 12 },
    ]);
  });

  it.each([
    ['a minute that has just passed', 60_000, 99_500, 39_500, 100],
    ['a minute with nothing in it', 60_000, 200_000, 140_000, 0],
    ['more than there is', 300_000, 200_000, 0, 100],
  ])('ends now and not at the last trade: %s', (_name, withinMs, nowMs, fromMs, lastSecond) => {
    const row = rowOf(Array.from({ length: 100 }, (_, second) => [second * 1_000, second + 1]));
    const view = priceView(row, { chartStyle: 'line', withinMs, nowMs });
    expect(view).toMatchObject({ fromMs, toMs: nowMs });
    expect(view.candles.at(-1)?.price ?? 0).toBe(lastSecond);
  });

  it('never ends before a trade that is newer than the clock that is shown', () => {
    const view = priceView(rowOf([[900, 1]]), { chartStyle: 'line', withinMs: 60_000, nowMs: 400 });
    expect(view).toMatchObject({ fromMs: 900, toMs: 900 });
  });

  it.each([
    ['of a window', 300_000, everyMs(1_300, 400_000)],
    ['of a window of a symbol that seldom trades', 300_000, everyMs(41_000, 900_000)],
    ['of all that is kept, once the first seconds are let go', ALL, everyMs(1_000, 1_850_000)],
  ] as const)(
    'leaves every candle at its place, with its open, as time goes on: %s',
    (_name, withinMs, all) => {
      const opens = new Map<number, number>();
      for (let count = all.length - 12; count <= all.length; count += 1) {
        const row = rowOf(all.slice(0, count));
        const view = priceView(row, { chartStyle: 'candles', withinMs, nowMs: all[count - 1]?.[0] ?? 0 });
        expect(view.candles.map(({ atMs }) => atMs % view.spanMs)).toEqual(view.candles.map(() => 0));
        for (const { atMs, open } of view.candles) {
          expect(opens.get(atMs) ?? open, `open of ${atMs}`).toBe(open);
          opens.set(atMs, open);
        }
      }
      expect(opens.size).toBeGreaterThan(1);
    },
  );

  it('never draws more candles than 60 and one, and loses no extreme', () => {
    const anyTrades = fc.array(fc.tuple(fc.nat(400_000), fc.integer({ min: 1, max: 999 })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(anyTrades, (unordered) => {
        const row = rowOf([...unordered].sort(([a], [b]) => a - b));
        const { candles } = priceView(row, { chartStyle: 'candles', withinMs: ALL, nowMs: 0 });
        expect(candles.length).toBeLessThanOrEqual(61);
        expect(Math.max(...candles.map(({ high }) => high))).toBe(row.high);
        expect(Math.min(...candles.map(({ low }) => low))).toBe(row.low);
        expect(candles.at(-1)?.price).toBe(row.price);
      }),
      { numRuns: 60 },
    );
  });
});

describe('nearestCandle', () => {
  const { candles } = priceView(rowOf(everyMs(1_000, 5_000)), {
    chartStyle: 'line',
    withinMs: ALL,
    nowMs: 5_000,
  });
  it.each([
    [-900, 0],
    [1_900, 2],
    [3_000, 3],
    [99_000, 4],
  ])('finds the one nearest to %d', (atMs, place) => {
    expect(nearestCandle(candles, atMs)).toBe(place);
  });

  it('finds none where there is none', () => {
    expect(nearestCandle([], 5)).toBe(-1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Market } from '../../src/backend/market.ts';
import { RandomPath } from '../../src/backend/noise.ts';
import { tradingOrder } from '../../src/backend/ticker-timetable.ts';
import { DEFAULT_SYMBOLS, quoteSchema, SYMBOL_PATTERN } from '../../src/contract/ticker.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('the random path', () => {
  it.each([1_000, 60_000, 3_600_000, DAY_MS])(
    'moves by about the square root of the time it takes: %d ms',
    (spanMs) => {
      const moves = Array.from({ length: 1_500 }, (_, seed) => {
        const path = new RandomPath(seed);
        return path.at(NOON + spanMs) - path.at(NOON);
      });
      const expected = Math.sqrt(spanMs / DAY_MS);
      expect(spread(moves)).toBeGreaterThan(0.6 * expected);
      expect(spread(moves)).toBeLessThan(1.5 * expected);
    },
  );

  it('stays near its middle over years', () => {
    const path = new RandomPath(5);
    const values = Array.from({ length: 2_000 }, (_, day) => path.at(NOON + day * DAY_MS));
    expect(spread(values)).toBeLessThan(3);
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(10);
  });

  it('gives the same answer in any order of asking', () => {
    const times = fc.array(fc.integer({ min: 0, max: 30 * DAY_MS }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(times, (offsets) => {
        const path = new RandomPath(9);
        const inOrder = offsets.map((offset) => path.at(NOON + offset));
        const backwards = offsets.toReversed().map((offset) => path.at(NOON + offset));
        expect(backwards.toReversed()).toEqual(inOrder);
      }),
    );
  });
});

describe('the market', () => {
  it('has the same prices for everybody at the same time', () => {
    const [here, there] = [new Market(), new Market()];
    there.quote('TSLA', NOON - 50_000);
    expect(there.quote('TSLA', NOON)).toEqual(here.quote('TSLA', NOON));
  });

  it('is another market with another seed', () => {
    const prices = [1, 2, 3].map((seed) => new Market(seed).quote('AAPL', NOON).price);
    expect(new Set(prices).size).toBe(3);
  });

  it('quotes any symbol plausibly at any time', () => {
    const market = new Market();
    const symbol = fc.oneof(fc.constantFrom(...DEFAULT_SYMBOLS), fc.stringMatching(SYMBOL_PATTERN));
    fc.assert(
      fc.property(symbol, fc.integer({ min: 0, max: 400 * DAY_MS }), (stock, offset) => {
        const quote = market.quote(stock, NOON + offset);
        expect(quoteSchema.parse(quote)).toEqual(quote);
        expect(quote.stock).toBe(stock);
        expect(quote.price).toBeGreaterThan(1);
        expect(quote.price).toBeLessThan(5_000);
        expect(Number(quote.price.toFixed(2))).toBe(quote.price);
        const open = quote.price - quote.change;
        expect(quote.changePercent).toBeCloseTo((quote.change / open) * 100, 1);
        expect(quote.timestamp).toBe(new Date(NOON + offset).toISOString());
      }),
    );
  });

  it('keeps a well-known symbol near its own level', () => {
    const market = new Market();
    for (const day of [0, 30, 200, 700]) {
      const { price } = market.quote('AAPL', NOON + day * DAY_MS);
      expect(price).toBeGreaterThan(232 * 0.7);
      expect(price).toBeLessThan(232 * 1.4);
    }
  });

  it('moves a volatile symbol more than a calm one', () => {
    const market = new Market();
    const dailyMoves = (stock: string) =>
      Array.from({ length: 120 }, (_, day) => market.quote(stock, NOON + day * DAY_MS).changePercent);
    expect(spread(dailyMoves('TSLA'))).toBeGreaterThan(2 * spread(dailyMoves('KO')));
  });

  it('makes steps of cents, not jumps, from one second to the next', () => {
    const market = new Market();
    const prices = Array.from(
      { length: 600 },
      (_, second) => market.quote('MSFT', NOON + second * 1_000).price,
    );
    const steps = prices.slice(1).map((price, index) => Math.abs(price - (prices[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(1);
    expect(steps.filter((step) => step > 0).length).toBeGreaterThan(300);
  });

  it('counts the volume up through a session and from nothing in the next', () => {
    const market = new Market();
    const midnight = Date.UTC(2026, 10, 22);
    const volumes = Array.from(
      { length: 500 },
      (_, n) => market.quote('NVDA', midnight + n * 172_000).volume,
    );
    expect(volumes).toEqual(volumes.toSorted((a, b) => a - b));
    expect(volumes[0]).toBe(0);
    expect(market.quote('NVDA', midnight - 1).volume).toBeGreaterThan(volumes[499] ?? Infinity);
  });

  it('has no change at the opening', () => {
    const { change } = new Market().quote('NFLX', Date.UTC(2026, 10, 22));
    // The open is the middle; a trade falls on the bid or the ask, a cent beside it.
    expect(Math.abs(change)).toBeLessThanOrEqual(0.01);
  });

  it('lets active symbols trade more often, and every symbol at least once', () => {
    const market = new Market();
    const order = tradingOrder(market, DEFAULT_SYMBOLS);
    const count = (symbol: string) => order.filter((other) => other === symbol).length;
    expect(count('NVDA')).toBeGreaterThan(3 * count('NFLX'));
    expect(DEFAULT_SYMBOLS.every((symbol) => count(symbol) > 0)).toBe(true);
  });
});

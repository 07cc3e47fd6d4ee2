import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TolerantQuote } from '../../src/contract/ticker.ts';
import { tickerFeed } from '../../src/panels/ticker/ticker-feed.ts';
import { applyTicker, initialTicker } from '../../src/panels/ticker/ticker-store.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

/** Prices of one symbol, each so much later than the one before. */
const history = fc
  .array(fc.record({ afterMs: fc.nat({ max: 300 }), price: fc.integer({ min: 1, max: 50 }) }), {
    minLength: 1,
    maxLength: 200,
    size: 'max',
  })
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ afterMs, price }) => {
      atMs += afterMs;
      return { atMs, quote: { stock: 'AAPL', price } };
    });
  });

const message = (quote: TolerantQuote, index: number) => ({
  id: `run-${index}`,
  event: 'message',
  value: quote,
});

describe('what the feed keeps of prices for a tab that comes later', () => {
  it('gives it the very seconds that one has who was there all along', () => {
    fc.assert(
      fc.property(history, (all) => {
        const window = tickerFeed.createWindow();
        for (const [position, { atMs, quote }] of all.entries())
          window.add({ position, atMs, message: message(quote, position) });
        const kept = window.from(0).map((each) => chunkOf(each.atMs, [each.message.value]));
        const later = applyTicker(initialTicker, kept).rows.get('AAPL');
        const there = applyTicker(
          initialTicker,
          all.map(({ atMs, quote }) => chunkOf(atMs, [quote])),
        ).rows.get('AAPL');
        const { price, high, low, direction, samples, current } = there ?? {};
        expect(later).toMatchObject({ price, high, low, direction, samples, current });
      }),
    );
  });
});

describe('prices that are conflated', () => {
  it('show the last, the high, the low, and which way the last one went', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, size: 'large' }), (prices) => {
        const quotes = prices.map((price) => ({ stock: 'AAPL', price }));
        const kept = tickerFeed.conflate?.(quotes.map(message)) ?? [];
        const rowOf = (of: readonly TolerantQuote[]) =>
          applyTicker(initialTicker, [chunkOf(5, of)]).rows.get('AAPL');
        const { price, high, low, direction } = rowOf(quotes) ?? {};
        expect(rowOf(kept.map(({ value }) => value))).toMatchObject({ price, high, low, direction });
        expect(kept.length).toBeLessThanOrEqual(4);
        expect(kept.at(-1)?.id, 'the ID of the feed').toBe(`run-${prices.length - 1}`);
      }),
    );
  });
});

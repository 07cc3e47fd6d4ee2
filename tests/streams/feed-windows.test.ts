import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Retained } from '../../src/streams/shared/feed-kind.ts';
import { latestWithSamples } from '../../src/streams/shared/feed-windows.ts';

interface Quote {
  readonly stock: string;
  readonly price: number;
}

const quotes = (
  bounds: { readonly intervalMs?: number; readonly messagesPerKey?: number; readonly keys?: number } = {},
) =>
  latestWithSamples<Quote>(({ stock }) => stock, {
    intervalMs: 1_000,
    messagesPerKey: 30,
    keys: 3,
    amountOf: ({ price }) => price,
    ...bounds,
  });

const retained = (position: number, atMs: number, stock: string, price: number): Retained<Quote> => ({
  position,
  atMs,
  message: { id: `run-${position}`, event: 'message', value: { stock, price } },
});

/** The prices of one symbol over time, each so much later than the one before. */
const history = fc
  .array(fc.record({ afterMs: fc.nat({ max: 400 }), price: fc.integer({ min: 1, max: 500 }) }), {
    minLength: 1,
    maxLength: 300,
  })
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ afterMs, price }, position) => {
      atMs += afterMs;
      return retained(position, atMs, 'AAPL', price);
    });
  });

describe('a window of the latest and of samples', () => {
  it('has the highest and the lowest of what is kept, the first and the last', () => {
    fc.assert(
      fc.property(history, (all) => {
        const window = quotes({ messagesPerKey: 1_000 });
        for (const each of all) window.add(each);
        const prices = (of: typeof all) => of.map(({ message }) => message.value.price);
        const kept = window.from(0);
        expect(Math.max(...prices([...kept]))).toBe(Math.max(...prices(all)));
        expect(Math.min(...prices([...kept]))).toBe(Math.min(...prices(all)));
        expect(kept[0]).toEqual(all[0]);
        expect(kept.at(-1)).toEqual(all.at(-1));
        const positions = kept.map(({ position }) => position);
        expect(positions, 'in order, each once').toEqual([...new Set(positions)].sort((a, b) => a - b));
      }),
    );
  });

  it('keeps a spike between two samples, which a sample alone would miss', () => {
    const window = quotes();
    for (const [position, price] of [100, 100, 500, 40, 100].entries())
      window.add(retained(position, position * 20, 'AAPL', price));
    expect(window.from(0).map(({ message }) => message.value.price)).toEqual([100, 500, 40, 100]);
  });

  it('gives one who has some of it what came after that', () => {
    const window = quotes();
    for (let position = 0; position < 10; position += 1)
      window.add(retained(position, position * 1_000, 'AAPL', position));
    expect(window.from(7).map(({ position }) => position)).toEqual([7, 8, 9]);
    expect(window.droppedFrom(0)).toBe(0);
  });

  it('is bounded, in messages of a key and in keys', () => {
    const window = quotes({ messagesPerKey: 10, keys: 2 });
    for (let position = 0; position < 500; position += 1) {
      const stock = ['AAPL', 'MSFT', 'TSLA'][position % 3] ?? '';
      window.add(retained(position, position * 400, stock, position % 7));
    }
    const kept = window.from(0);
    expect(new Set(kept.map(({ message }) => message.value.stock))).toEqual(new Set(['AAPL', 'MSFT']));
    // Of the interval that goes on there are five at most.
    expect(kept.length).toBeLessThanOrEqual(2 * (10 + 5));
  });
});

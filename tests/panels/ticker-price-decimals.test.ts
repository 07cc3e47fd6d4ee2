import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceDecimals, priceSteps } from '../../src/panels/ticker/price-decimals.ts';
import { applyTicker, initialTicker } from '../../src/panels/ticker/ticker-store.ts';
import { formatPrice } from '../../src/ui/format.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

describe('priceDecimals', () => {
  it.each([
    [180.25, '180.25'],
    [1_234.5, '1,234.50'],
    [143.483_921_7, '143.48'],
    [5.25, '5.25'],
    [5, '5.00'],
    [1.084_53, '1.08453'],
    [1.1 + 2.2, '3.30'],
    [0.5, '0.50'],
    [0.000_012, '0.000012'],
    [0.000_012_345_678, '0.000012346'],
    [-1.0845, '-1.0845'],
    [0, '0.00'],
  ])('writes %d as %s', (price, expected) => {
    expect(formatPrice(price, priceDecimals(price))).toBe(expected);
  });

  it('keeps the decimals of a symbol from one price to the next', () => {
    const decimalsAfter = (prices: readonly number[]) =>
      applyTicker(initialTicker, [
        chunkOf(
          1,
          prices.map((price) => ({ stock: 'EUR', price })),
        ),
      ]).rows.get('EUR')?.decimals;
    expect(decimalsAfter([1.084_53, 1.08, 1.1])).toBe(5);
    expect(decimalsAfter([9.987_6, 10.25])).toBe(4);
  });
});

describe('priceSteps', () => {
  it('has no step that two prices on one axis would be written alike for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(1_000), (decimals, at) => {
        for (const step of priceSteps(decimals)) {
          expect(formatPrice(at * step, decimals)).not.toBe(formatPrice((at + 1) * step, decimals));
        }
      }),
    );
  });

  it('begins with the last digit that is written', () => {
    expect(priceSteps(2).slice(0, 4)).toEqual([0.01, 0.02, 0.05, 0.1]);
    expect(priceSteps(5)[0]).toBe(0.000_01);
  });
});

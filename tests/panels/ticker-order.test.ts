import { describe, expect, it } from 'vitest';
import { sortRows } from '../../src/panels/ticker/sort-rows.ts';
import { moveSymbol } from '../../src/panels/ticker/ticker-settings.ts';
import { applyTicker, initialTicker } from '../../src/panels/ticker/ticker-store.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

const { rows } = applyTicker(initialTicker, [
  chunkOf(1, [
    { stock: 'AAPL', price: 20, change: -1, volume: 5 },
    { stock: 'MSFT', price: 30, change: 6, volume: 9 },
    { stock: 'NVDA', price: 10 },
  ]),
]);
const watched = ['MSFT', 'AAPL'];

describe('sortRows', () => {
  it.each([
    ['own', false, 'MSFT AAPL NVDA'],
    ['symbol', false, 'AAPL MSFT NVDA'],
    ['symbol', true, 'NVDA MSFT AAPL'],
    ['price', false, 'NVDA AAPL MSFT'],
    ['price', true, 'MSFT AAPL NVDA'],
    ['change', true, 'MSFT AAPL NVDA'],
    ['change', false, 'AAPL MSFT NVDA'],
    ['volume', false, 'AAPL MSFT NVDA'],
  ] as const)('by %s, descending %s; without a value last', (sortBy, descending, expected) => {
    const sorted = sortRows(rows, watched, { sortBy, descending });
    expect(sorted.map(({ symbol }) => symbol).join(' ')).toBe(expected);
  });
});

describe('moveSymbol', () => {
  it.each([
    ['B', -1, 'B A C'],
    ['B', 1, 'A C B'],
    ['A', -1, 'A B C'],
    ['C', 1, 'A B C'],
    ['X', 1, 'A B C'],
  ] as const)('%s by %i', (symbol, by, expected) => {
    expect(moveSymbol(['A', 'B', 'C'], symbol, by).join(' ')).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import type { TolerantQuote } from '../../src/contract/ticker.ts';
import { readSymbol } from '../../src/panels/ticker/ticker-settings.ts';
import {
  applyTicker,
  beginFeed,
  behindBy,
  initialTicker,
  MAX_ROWS,
  withoutRows,
} from '../../src/panels/ticker/ticker-store.ts';
import { initialConnectionView } from '../../src/streams/connection-view.ts';
import type { StreamEvent } from '../../src/streams/types.ts';
import { chunkOf, requestAt } from '../fixtures/stream-events.ts';

const quote = (stock: string, price: number, part: Partial<TolerantQuote> = {}): TolerantQuote => ({
  stock,
  price,
  ...part,
});

/** A shared feed is joined, which keeps these trades of one symbol: times before this page's own begin are negative. */
function joinedWith(
  trades: readonly (readonly [atMs: number, price: number])[],
  part: { events?: number; rejoined?: true } = {},
): StreamEvent<TolerantQuote> {
  const { events = trades.length, ...rest } = part;
  return {
    type: 'joined',
    view: { ...initialConnectionView, wire: { ...initialConnectionView.wire, events } },
    retained: trades.map(([atMs, price]) => ({
      atMs,
      messages: [{ id: null, event: 'message', value: quote('AAPL', price) }],
    })),
    atMs: 0,
    ...rest,
  };
}

describe('applyTicker', () => {
  it('shows the last price of a frame and counts every event of it', () => {
    const events = [1, 2, 3].map((price) => chunkOf(10 + price, [quote('AAPL', price)]));
    const state = applyTicker(initialTicker, events);
    expect(state.rows.get('AAPL')).toMatchObject({ price: 3, events: 3, high: 3, low: 1 });
    expect(state.connection.wire.events).toBe(3);
  });

  it.each([
    ['up', [1, 2], 'up'],
    ['down', [2, 1], 'down'],
    ['the last change, where the price then stays', [1, 2, 2], 'up'],
    ['flat, with the first price', [1], 'flat'],
  ])('tells the direction: %s', (_name, prices, direction) => {
    const state = applyTicker(initialTicker, [
      chunkOf(
        5,
        prices.map((price) => quote('AAPL', price)),
      ),
    ]);
    expect(state.rows.get('AAPL')?.direction).toBe(direction);
  });

  it('works out the percentage that a plain backend does not send', () => {
    const state = applyTicker(initialTicker, [chunkOf(5, [quote('AAPL', 110, { change: 10 })])]);
    expect(state.rows.get('AAPL')?.changePercent).toBeCloseTo(10);
    expect(state.rows.get('AAPL')?.volume).toBeNull();
  });

  it.each([
    ['opened above what was seen', [[90, -10]], { opening: 100, high: 100, low: 90 }],
    [
      'opened below it',
      [
        [110, 10],
        [120, 20],
      ],
      { opening: 100, high: 120, low: 100 },
    ],
    [
      'each event makes up a change',
      [
        [90, -10],
        [91, 50],
      ],
      { opening: 100, high: 100, low: 90 },
    ],
    ['the opening is told late', [[90], [91, -9]], { opening: 100, high: 100, low: 90 }],
    ['the opening is not known', [[90], [91]], { opening: null, high: 91, low: 90 }],
  ] as const)('has the opening price in high and low: %s', (_name, quotes, expected) => {
    const events = quotes.map(([price, change]) =>
      chunkOf(1, [quote('AAPL', price, change === undefined ? {} : { change })]),
    );
    expect(applyTicker(initialTicker, events).rows.get('AAPL')).toMatchObject(expected);
  });

  it('keeps the time of the last change of price, not of the last event', () => {
    const first = applyTicker(initialTicker, [chunkOf(5, [quote('AAPL', 1)])]);
    const same = applyTicker(first, [chunkOf(90, [quote('AAPL', 1)])]);
    expect(same.rows.get('AAPL')?.changedAtMs).toBe(5);
  });

  it('keeps a second of a symbol as one sample with its range, however fast it trades', () => {
    const events = Array.from({ length: 3_000 }, (_, ms) => chunkOf(ms, [quote('AAPL', 1_000 + (ms % 700))]));
    const row = applyTicker(initialTicker, events).rows.get('AAPL');
    expect(row?.samples).toEqual([
      { atMs: 0, open: 1_000, high: 1_699, low: 1_000, price: 1_299 },
      { atMs: 1_000, open: 1_299, high: 1_699, low: 1_000, price: 1_599 },
    ]);
    expect(row?.current).toMatchObject({ atMs: 2_000, open: 1_599, price: 1_199 });
  });

  it.each([
    [
      'all of it, where there is no row yet',
      [],
      [
        [-9_000, 1],
        [-5_000, 2],
        [10, 3],
      ],
      [1, 2, 3],
    ],
    [
      'what came since its last change, where there is one',
      [[-5_000, 2]],
      [
        [-9_000, 1],
        [-5_000, 2],
        [10, 3],
      ],
      [2, 3],
    ],
    [
      'nothing, where all of it is older',
      [[20, 4]],
      [
        [-9_000, 1],
        [10, 3],
      ],
      [4],
    ],
  ] as const)('takes of the past that a shared feed keeps: %s', (_name, before, retained, expected) => {
    const known = applyTicker(
      initialTicker,
      before.map(([atMs, price]) => chunkOf(atMs, [quote('AAPL', price)])),
    );
    const row = applyTicker(known, [joinedWith(retained)]).rows.get('AAPL');
    expect([...(row?.samples ?? []), row?.current].map((sample) => sample?.price)).toEqual(expected);
  });

  it('leaves the rows of other symbols as they are, so that they are not drawn again', () => {
    const first = applyTicker(initialTicker, [chunkOf(5, [quote('AAPL', 1), quote('MSFT', 1)])]);
    const second = applyTicker(first, [chunkOf(6, [quote('AAPL', 2)])]);
    expect(second.rows.get('MSFT')).toBe(first.rows.get('MSFT'));
    expect(first.rows.get('AAPL')?.price).toBe(1);
  });

  const namedQuotes = (count: number) => Array.from({ length: count }, (_, index) => quote(`S${index}`, 1));

  it.each([
    ['as many as are shown', [MAX_ROWS], MAX_ROWS, false],
    ['one more', [MAX_ROWS + 1], MAX_ROWS, true],
    ['as many, the last of them in a frame with the others', [MAX_ROWS - 1, MAX_ROWS], MAX_ROWS, false],
  ])(
    'holds a bounded number of symbols, and says whether there are more: %s',
    (_name, frames, size, more) => {
      const state = frames.reduce(
        (before, count) => applyTicker(before, [chunkOf(5, namedQuotes(count))]),
        initialTicker,
      );
      expect(state.rows.size).toBe(size);
      expect(state.hasMoreSymbols).toBe(more);
      expect(beginFeed(state).hasMoreSymbols).toBe(false);
    },
  );

  it('begins another feed with a wire of its own, and drops the rows of symbols that leave the watch list', () => {
    const state = applyTicker(initialTicker, [chunkOf(5, [quote('AAPL', 1), quote('MSFT', 1)])]);
    const { rows, connection, taken } = beginFeed(state);
    expect([...rows.keys()]).toEqual(['AAPL', 'MSFT']);
    expect([...withoutRows(state, ['AAPL']).rows.keys()]).toEqual(['MSFT']);
    expect(connection).toBe(initialConnectionView);
    expect(taken).toBe(2);
  });
});

describe('behindBy', () => {
  const trade = chunkOf(1, [quote('AAPL', 1)]);
  const conflated: StreamEvent<TolerantQuote> = {
    type: 'chunk',
    byteLength: null,
    messages: [],
    conflated: 9,
    atMs: 1,
  };
  const frozen = applyTicker(initialTicker, [
    requestAt(0),
    chunkOf(
      0,
      [1, 2, 3].map((price) => quote('AAPL', price)),
    ),
  ]);
  it.each([
    ['every event, those of a conflated chunk as well', [trade, conflated], 10],
    [
      'what the same feed had meanwhile, for a page that was overtaken',
      [trade, joinedWith([[2, 2]], { events: 50 })],
      47,
    ],
    [
      'what another feed brings, which counts anew',
      [
        trade,
        joinedWith(
          [
            [2, 2],
            [3, 3],
          ],
          { events: 2, rejoined: true },
        ),
        trade,
      ],
      4,
    ],
    [
      'and goes on where that feed overtakes it',
      [joinedWith([], { events: 5, rejoined: true }), joinedWith([], { events: 8 })],
      3,
    ],
    ['nothing for what was only said', [{ type: 'gap', missed: 7, atMs: 2 }], 0],
  ] as const)('counts %s', (_name, since, expected) => {
    expect(behindBy(frozen, applyTicker(frozen, since))).toBe(expected);
  });

  it('counts what is new of a feed that is begun meanwhile, not all that it ever had', () => {
    const joined = joinedWith(
      [
        [-9, 1],
        [2, 2],
        [3, 3],
      ],
      { events: 1_000_000 },
    );
    expect(behindBy(frozen, applyTicker(beginFeed(frozen), [joined, trade]))).toBe(3);
  });
});

describe('readSymbol', () => {
  it.each([
    ['aapl ', [], { symbol: 'AAPL' }],
    ['BRK.B', [], { symbol: 'BRK.B' }],
    ['1X', [], { error: expect.stringContaining('A symbol is') }],
    ['', [], { error: expect.stringContaining('A symbol is') }],
    ['AAPL', ['AAPL'], { error: 'AAPL is in the list already' }],
    [
      'NEW',
      Array.from({ length: 50 }, (_, index) => `S${index}`),
      { error: 'The list holds 50 symbols at most' },
    ],
  ])('reads %j', (text, watched, expected) => {
    expect(readSymbol(text, watched)).toEqual(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/panels/logs/ansi-style.ts';
import { BlockSearch } from '../../src/panels/logs/block-search.ts';
import { ExpressionAnswers } from '../../src/panels/logs/expression-answers.ts';
import { lineOf, unpackLines } from '../../src/panels/logs/line-block.ts';
import { LogBook } from '../../src/panels/logs/log-book.ts';
import {
  decidingExpression,
  type LogFilter,
  NO_SEARCH,
  SHOW_ALL,
  textSearch,
} from '../../src/panels/logs/log-filter.ts';
import { LEVEL_KEYS } from '../../src/panels/logs/log-levels.ts';
import type { LogLine, LogRow } from '../../src/panels/logs/log-line.ts';
import { LogMatches } from '../../src/panels/logs/log-matches.ts';
import { packLines, packMessages } from '../../src/panels/logs/pack-lines.ts';
import type { StreamMessage } from '../../src/streams/types.ts';

const words = fc.constantFrom('a', 'GET /orders', 'İstanbul', '€uro', '', '日本', 'key=1', 'Ab', 'ÀΣ', 'x Σ');
const needles = fc.constantFrom(
  'a',
  'ab',
  'k',
  'key',
  'key=',
  'i',
  '€',
  'σ',
  'ς',
  '=1',
  '1',
  'orders',
  'à',
  '"',
);
const style = { ...PLAIN, bold: true };
const lines = fc.record({
  timeMs: fc.option(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 })),
  level: fc.option(fc.constantFrom(...LEVEL_KEYS).filter((key) => key !== 'other')),
  service: fc.option(words),
  message: words,
  fields: fc.option(
    fc.dictionary(
      words,
      fc.oneof(words, fc.integer(), fc.constant(null), fc.array(words, { maxLength: 2 })),
      {
        noNullPrototype: true,
      },
    ),
  ),
  styles: fc.option(fc.constant([{ start: 0, end: 1, style }]), { nil: undefined }),
});

const blank: LogLine = { timeMs: null, level: null, service: null, message: '', fields: null };

const messagesOf = (values: readonly LogLine[], id: (index: number) => string | null = () => null) =>
  values.map((value, index): StreamMessage<LogLine> => ({ id: id(index), event: 'message', value }));

/** What a line holds, however it holds it. */
const plain = ({ timeMs, level, service, message, fields, styles }: LogLine) => ({
  timeMs,
  level,
  service,
  message,
  fields,
  styles,
});

const plainRow = (row: LogRow) => (row.type === 'line' ? { ...row, line: plain(row.line) } : row);

const contentOf = (book: LogBook) => ({
  rows: [...book.rows].map(plainRow),
  start: book.rows.start,
  end: book.rows.end,
  dropped: book.rows.dropped,
  counts: book.counts,
  services: book.services(),
  bins: book.histogram.shown().bins.filter(({ counts }) => counts.some((count) => count !== 0)),
});

/** Every third row matches; a worker answers for seven rows at a time. */
function answerFor(matches: LogMatches, book: LogBook): void {
  const { start, end } = book.rows;
  for (let from = start; from < end; from += 7) {
    const positions = Array.from({ length: 7 }, (_, offset) => from + offset);
    const answered = Math.min(end, from + 7);
    matches.answers?.take(
      positions.filter((position) => position % 3 === 0 && position < answered),
      answered,
    );
    matches.catchUp(book.rows, end);
  }
}

function shownBy(book: LogBook, filter: LogFilter): readonly number[] {
  const source = decidingExpression(filter);
  const matches = new LogMatches(filter, source === null ? null : new ExpressionAnswers(source));
  answerFor(matches, book);
  matches.catchUp(book.rows, book.rows.end);
  return Array.from({ length: matches.count }, (_, index) => matches.positionAt(index));
}

const found = (book: LogBook, text: string) => shownBy(book, { ...SHOW_ALL, search: textSearch(text) });

const effects = fc.constantFrom('show' as const, 'hide' as const, 'mark' as const);

const filters = fc.record({
  hiddenLevels: fc.subarray([...LEVEL_KEYS]),
  search: fc.oneof(
    fc.constant(NO_SEARCH),
    fc.tuple(needles, effects).map((search) => textSearch(...search)),
    effects.map((effect) => ({ type: 'expression' as const, source: 'x', effect })),
  ),
  service: fc.option(words),
  range: fc.option(
    fc
      .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 50_000 }))
      .map(([from, length]) => ({
        fromMs: 1_700_000_000_000 + from,
        toMs: 1_700_000_000_000 + from + length,
      })),
  ),
});

interface Portion {
  readonly values: readonly LogLine[];
  readonly way: 'block' | 'rows';
  readonly clear: boolean;
  /** Whether it is kept in a book of its own at first. */
  readonly apart: boolean;
}

/** The one book gets the lines in its way, the other one by one. */
function fill(
  book: LogBook,
  expected: LogBook,
  { values, way, clear, apart }: Portion,
  arrivedAtMs: number,
): LogBook {
  const byRow = (to: LogBook) => {
    for (const line of values) to.append({ type: 'line', line, arrivedAtMs });
  };
  byRow(expected);
  const first = apart ? new LogBook(book.rows.capacity, book.rows.end) : book;
  if (way === 'block') first.appendBlock(packLines(values), arrivedAtMs);
  else byRow(first);
  const joined = apart ? LogBook.joined(book, first) : book;
  if (clear) {
    joined.clear();
    expected.clear();
  }
  return joined;
}

describe('lines in blocks', () => {
  it('are the lines that they were, with their IDs', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 40 }), fc.boolean(), (values, hasIds) => {
        const messages = messagesOf(values, (index) => (hasIds ? `run-${index}` : null));
        const block = packMessages(messages);
        expect(block?.count).toBe(values.length);
        // As a worker hands it to a page.
        const unpacked = unpackLines(structuredClone(block) as NonNullable<typeof block>);
        expect(unpacked.map((message) => ({ ...message, value: plain(message.value) }))).toEqual(
          messages.map((message) => ({ ...message, value: plain(message.value) })),
        );
      }),
    );
  });

  it('are not made of messages that say more than a block can hold', () => {
    expect(packMessages(messagesOf([blank, blank], (index) => (index === 0 ? 'run-1' : null)))).toBeNull();
    expect(packMessages([{ id: null, event: 'other', value: blank }])).toBeNull();
  });

  it('fill a book as the lines one by one do, whatever is dropped, cleared and joined', () => {
    const portion = fc.record({
      values: fc.array(lines, { minLength: 1, maxLength: 30 }),
      way: fc.constantFrom('block' as const, 'rows' as const),
      clear: fc.integer({ max: 9, min: 0 }).map((one) => one === 0),
      apart: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(portion, { maxLength: 12 }),
        fc.integer({ min: 1, max: 60 }),
        filters,
        (portions, capacity, filter) => {
          let book = new LogBook(capacity);
          const expected = new LogBook(capacity);
          for (const [index, one] of portions.entries())
            book = fill(book, expected, one, 1_700_000_000_000 + index);
          expect(contentOf(book)).toEqual(contentOf(expected));
          expect(shownBy(book, filter)).toEqual(shownBy(expected, filter));
        },
      ),
    );
  });

  it('find the same whatever was searched before', () => {
    const few = fc.array(lines, { minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(few, fc.array(needles, { minLength: 1, maxLength: 8 }), (values, searched) => {
        const block = packLines(values);
        const search = new BlockSearch(block.lowered);
        for (const needle of searched)
          expect(search.find(needle)).toEqual(new BlockSearch(block.lowered).find(needle));
      }),
    );
  });

  it('keep what one filter found when another one looks', () => {
    fc.assert(
      fc.property(
        fc.array(lines, { minLength: 5, maxLength: 40 }),
        fc.array(filters, { maxLength: 4 }),
        (values, others) => {
          const book = new LogBook(1_000);
          book.appendBlock(packLines(values), 1_700_000_000_000);
          const filter = { ...SHOW_ALL, search: textSearch('a') };
          const matches = new LogMatches(filter, null);
          matches.catchUp(book.rows, book.rows.end);
          const positions = () =>
            Array.from({ length: matches.count }, (_, index) => matches.positionAt(index));
          const before = positions();
          // The same word again, and less of the lines: what the search keeps must not be what is narrowed.
          for (const other of others) shownBy(book, { ...other, search: filter.search });
          expect(positions()).toEqual(before);
          expect(shownBy(book, filter)).toEqual(before);
        },
      ),
    );
  });

  it('keep their own of what is half a character', () => {
    const halves = ['\ud83d', '\ude00', 'a\ud83d', '\ude00b'].map((message) => ({
      ...blank,
      message,
      service: message,
    }));
    const block = packLines(halves);
    expect(halves.map((_, index) => lineOf(block, index).message)).toEqual([
      '\ufffd',
      '\ufffd',
      'a\ufffd',
      '\ufffdb',
    ]);
    expect([...new BlockSearch(block.lowered).find('b')]).toEqual([0, 0, 0, 1]);
  });

  it('find the same of a word that is typed and taken back, letter by letter', () => {
    const values = Array.from({ length: 400 }, (_, index) => ({
      ...blank,
      service: index % 90 === 0 ? 'Payments' : 'api',
      message: index % 40 === 0 ? `Payment ${index}` : `GET /paths/${index}`,
      fields: index % 70 === 0 ? { due: 'on payday' } : null,
    }));
    const block = packLines(values);
    const search = new BlockSearch(block.lowered);
    const counts = [
      'p',
      'pa',
      'pay',
      'paym',
      'payme',
      'paymen',
      'payment 40',
      'payment',
      'pay',
      'nothing',
    ].map((needle) => {
      const found = search.find(needle);
      expect(found).toEqual(new BlockSearch(block.lowered).find(needle));
      return found.filter((isFound) => isFound === 1).length;
    });
    expect(counts).toEqual([400, 400, 17, 13, 13, 13, 1, 13, 17, 0]);
  });

  it('hold nothing that begins in one and ends in the next', () => {
    const search = new BlockSearch(
      packLines(Array.from({ length: 5 }, () => ({ ...blank, message: 'ab' }))).lowered,
    );
    expect([...search.find('ba')]).toEqual([0, 0, 0, 0, 0]);
    expect([...search.find('ab')]).toEqual([1, 1, 1, 1, 1]);
  });

  it('are made of those that came one by one, once they are many', () => {
    const book = new LogBook(10_000);
    for (let index = 0; index < 2_001; index += 1) {
      const line = {
        ...blank,
        service: 'Payments',
        message: `Order ${index}`,
        fields: { status: index % 7 },
      };
      book.append({ type: 'line', line, arrivedAtMs: index });
    }
    expect([0, 999, 1_999, 2_000].map((position) => book.rows.blockAt(position)?.first)).toEqual([
      0,
      0,
      1_000,
      undefined,
    ]);
    expect(book.rows.at(1_234)).toMatchObject({ arrivedAtMs: 1_234 });
    expect(found(book, 'order 1234')).toEqual([1_234]);
    expect(found(book, 'status=3')).toHaveLength(286);
    expect(found(book, 'payments')).toHaveLength(2_001);
  });

  it('leave the rows that stand for lost lines where they are', () => {
    const book = new LogBook(10_000);
    for (let index = 0; index < 1_001; index += 1) {
      if (index === 500) book.append({ type: 'gap', missed: 3, arrivedAtMs: 0 });
      else book.append({ type: 'line', line: { ...blank, message: `Order ${index}` }, arrivedAtMs: 0 });
    }
    expect(book.rows.blockAt(0)).toBeNull();
    expect(book.rows.at(500)).toMatchObject({ type: 'gap', missed: 3 });
    expect(found(book, 'order 7')[1]).toBe(70);
    expect(found(book, 'nothing')).toEqual([500]);
  });

  it('are the same object for the view as long as they are in sight', () => {
    const book = new LogBook(100);
    book.appendBlock(packLines(fc.sample(lines, 40)), 0);
    const drawn = book.rows.drawnAt(7);
    expect(drawn).toBeDefined();
    expect(book.rows.drawnAt(7)).toBe(drawn);
    expect(book.rows.drawnAt(40)).toBeUndefined();
  });
});

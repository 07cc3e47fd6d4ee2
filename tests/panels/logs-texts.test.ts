import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHOW_ALL, textSearch } from '../../src/panels/logs/log-filter.ts';
import type { LogLine, LogRow } from '../../src/panels/logs/log-line.ts';
import { LogMatches } from '../../src/panels/logs/log-matches.ts';
import { LogRows } from '../../src/panels/logs/log-rows.ts';
import { LogTexts, PORTION_ROWS } from '../../src/panels/logs/log-texts.ts';

const row = (message: string, part: Partial<LogLine> = {}): LogRow => ({
  type: 'line',
  line: { timeMs: null, level: null, service: null, message, fields: null, ...part },
  arrivedAtMs: 0,
});

function filled(capacity: number, ...rows: readonly LogRow[]): LogRows {
  const ring = new LogRows(capacity);
  for (const each of rows) ring.append(each);
  return ring;
}

function madeTexts(rows: LogRows): LogTexts {
  const texts = new LogTexts();
  while (!texts.makeNext(rows));
  return texts;
}

/** The positions that a search shows, all rows asked at once. */
function positionsOf(rows: LogRows, texts: LogTexts, text: string, effect?: 'hide'): number[] {
  const filter = { ...SHOW_ALL, search: textSearch(text, effect) };
  const matches = new LogMatches(filter, { answers: null, texts });
  matches.catchUp(rows, rows.end);
  return Array.from({ length: matches.count }, (_, index) => matches.positionAt(index));
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => row(`line ${index}`));

describe('texts put together for the search', () => {
  it('find what the rows themselves do, whatever is looked for', () => {
    const words = fc.constantFrom('a', 'B', 'ab', 'ba', 'İ', '€uro', 'key', 'x=1', '', 'aab');
    const line = fc.record({
      message: fc.array(words, { maxLength: 4 }).map((parts) => parts.join('')),
      service: fc.option(words),
      fields: fc.option(fc.dictionary(words, fc.oneof(words, fc.integer({ max: 20 })))),
    });
    const needle = fc.constantFrom('a', 'ab', 'aba', 'key=', '€', 'b', 'x=1', '1', 'i', '=a');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), needle, (lines, wanted) => {
        const rows = filled(
          2 * PORTION_ROWS,
          ...Array.from({ length: PORTION_ROWS + 7 }, (_, index) => row('', lines[index % lines.length])),
        );
        expect(positionsOf(rows, madeTexts(rows), wanted)).toEqual(positionsOf(rows, new LogTexts(), wanted));
      }),
      { numRuns: 60 },
    );
  });

  it('find nothing that begins in one row and ends in the next', () => {
    const rows = filled(PORTION_ROWS, ...Array.from({ length: PORTION_ROWS }, () => row('ab')));
    const texts = madeTexts(rows);
    expect(texts.find('ba', 0)?.some((found) => found === 1)).toBe(false);
    expect(texts.find('ab', 5)?.every((found) => found === 1)).toBe(true);
  });

  it('are made portion by portion, of rows that have all come', () => {
    const rows = filled(10 * PORTION_ROWS, ...numbered(2 * PORTION_ROWS - 1));
    const texts = new LogTexts();
    expect(texts.makeNext(rows)).toBe(true);
    expect(texts.find('line', PORTION_ROWS - 1)).not.toBeNull();
    expect(texts.find('line', PORTION_ROWS)).toBeNull();
    rows.append(row('the last of its portion'));
    expect(texts.makeNext(rows)).toBe(true);
    expect(texts.find('last', PORTION_ROWS)?.[PORTION_ROWS - 1]).toBe(1);
  });

  it('are let go with their rows', () => {
    const rows = filled(2 * PORTION_ROWS, ...numbered(2 * PORTION_ROWS));
    const texts = madeTexts(rows);
    for (const each of numbered(PORTION_ROWS)) rows.append(each);
    while (!texts.makeNext(rows));
    expect(texts.find('line', 0)).toBeNull();
    expect(texts.find('line', PORTION_ROWS)).not.toBeNull();
    expect(texts.find('line', 2 * PORTION_ROWS)).not.toBeNull();
  });

  it('begin anew where a log was cleared', () => {
    const rows = filled(10 * PORTION_ROWS, ...numbered(PORTION_ROWS + 3));
    const texts = madeTexts(rows);
    rows.clear();
    texts.clear();
    for (const each of numbered(2 * PORTION_ROWS)) rows.append(each);
    while (!texts.makeNext(rows));
    expect(texts.find('line', PORTION_ROWS + 4)).toBeNull();
    expect(texts.find('line', 2 * PORTION_ROWS)).not.toBeNull();
    expect(positionsOf(rows, texts, 'line 1999')).toEqual([PORTION_ROWS + 3 + 1_999]);
  });

  it('show what stands for lost lines, whether lines are shown or hidden', () => {
    const lost: LogRow = { type: 'gap', missed: 3, arrivedAtMs: 0 };
    const rows = filled(2 * PORTION_ROWS, lost, ...numbered(PORTION_ROWS));
    const texts = madeTexts(rows);
    expect(positionsOf(rows, texts, 'line 7')[0]).toBe(0);
    expect(positionsOf(rows, texts, 'line', 'hide')).toEqual([0]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barPaths } from '../../src/panels/logs/histogram-bars.ts';
import { moveRange, rangeBetween, sharesOf } from '../../src/panels/logs/histogram-range.ts';
import { LogBook } from '../../src/panels/logs/log-book.ts';
import { LogHistogram, MAX_BINS } from '../../src/panels/logs/log-histogram.ts';
import type { LogRow } from '../../src/panels/logs/log-line.ts';

const lineAt = (timeMs: number): LogRow => ({
  type: 'line',
  arrivedAtMs: timeMs,
  line: { timeMs, level: 'info', service: null, message: 'm', fields: null },
});
const total = (histogram: LogHistogram) =>
  histogram.shown().bins.reduce((all, { counts }) => all + counts.reduce((sum, count) => sum + count, 0), 0);

describe('LogHistogram', () => {
  it('counts each line once in few bins, however long the time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000_000 }), { minLength: 1 }), (times) => {
        const histogram = new LogHistogram();
        for (const timeMs of times) histogram.count(timeMs, 'error', 1);
        const { bins, widthMs } = histogram.shown();
        expect(bins.length).toBeLessThanOrEqual(MAX_BINS);
        for (const [index, { fromMs }] of bins.entries())
          expect(fromMs).toBe((bins[0]?.fromMs ?? 0) + index * widthMs);
        const shown = times.filter((timeMs) => timeMs >= (bins[0]?.fromMs ?? 0));
        expect(total(histogram)).toBe(shown.length);
        expect(shown.length).toBeGreaterThanOrEqual(0.95 * times.length);
      }),
    );
  });

  it.each([
    [100, 60_000],
    [160, 1_000],
    [5, 60_000],
    [3, 86_400_000],
  ])('shows all of %i lines that are %i ms apart', (lines, apartMs) => {
    const histogram = new LogHistogram();
    for (let at = 0; at < lines; at += 1) histogram.count(1e12 + at * apartMs, 'info', 1);
    expect(total(histogram)).toBe(lines);
    expect(histogram.shown().bins.length).toBeGreaterThan(Math.min(lines, MAX_BINS / 2) - 1);
  });

  it('has one bin for one line of another year', () => {
    const histogram = new LogHistogram();
    histogram.count(0, 'info', 1);
    for (let at = 0; at < 100; at += 1) histogram.count(1e12 + at * 250, 'warn', 1);
    expect(histogram.shown().widthMs).toBe(250);
    expect(histogram.shown().bins).toHaveLength(100);
  });

  it('is empty when all lines are gone', () => {
    const histogram = new LogHistogram();
    histogram.count(10, 'info', 1);
    histogram.count(20, 'info', -1);
    expect(histogram.shown().bins).toEqual([]);
  });

  it('counts in narrower bins again when the lines held are close together', () => {
    const book = new LogBook(1_000);
    for (let at = 0; at < 1_000; at += 1) book.append(lineAt(at * 60_000));
    const wide = book.histogram.shown().widthMs;
    for (let at = 0; at < 1_000; at += 1) book.append(lineAt(60_000_000 + at * 10));
    expect(book.histogram.shown().widthMs).toBeLessThan(wide / 16);
    expect(total(book.histogram)).toBe(1_000);
    expect(book.counts).toMatchObject({ info: 1_000, error: 0 });
  });
});

describe('LogBook', () => {
  it('counts the same of lines that came one by one and left in blocks', () => {
    const book = new LogBook(2_500);
    const services = ['shop', 'mail', null];
    for (let at = 0; at < 10_000; at += 1) {
      const row = lineAt(at * 60_000);
      if (row.type === 'line')
        book.append({ ...row, line: { ...row.line, service: services[at % 3] ?? null } });
    }
    expect(book.rows.start).toBe(7_500);
    expect(book.counts).toMatchObject({ info: 2_500, warn: 0 });
    expect(book.services()).toEqual(['mail', 'shop']);
    for (let at = 0; at < 2_500; at += 1) book.append(lineAt(600_000_000 + at));
    expect(book.counts).toMatchObject({ info: 2_500 });
    expect(book.services()).toEqual([]);
    expect(total(book.histogram)).toBe(2_500);
  });

  it('knows the services of the lines that are held', () => {
    const book = new LogBook(2);
    const of = (service: string): LogRow => ({
      type: 'line',
      arrivedAtMs: 1,
      line: { timeMs: null, level: null, service, message: '', fields: null },
    });
    for (const service of ['a', 'c', 'b', 'c']) book.append(of(service));
    expect(book.services()).toEqual(['b', 'c']);
    book.clear();
    expect(book.services()).toEqual([]);
  });
});

describe('a time range', () => {
  const bins = [0, 100, 200, 300].map((fromMs) => ({ fromMs, counts: [] }));
  const right = { key: 'ArrowRight', shiftKey: false };
  const left = { key: 'ArrowLeft', shiftKey: false };

  it.each([
    [[0, 0.1], { fromMs: 0, toMs: 100 }],
    [[0.9, 0.3], { fromMs: 100, toMs: 400 }],
    [[-2, 5], { fromMs: 0, toMs: 400 }],
  ] as const)('dragged over %j is whole bins', (shares, range) => {
    expect(rangeBetween(bins, 100, shares)).toEqual(range);
    expect(rangeBetween([], 100, shares)).toBeNull();
  });

  it('lies over its bars', () => {
    expect(sharesOf({ fromMs: 100, toMs: 300 }, bins, 100)).toEqual([0.25, 0.75]);
    expect(sharesOf({ fromMs: -5, toMs: Number.POSITIVE_INFINITY }, bins, 100)).toEqual([0, 1]);
  });

  it.each([
    [null, left, { fromMs: 300, toMs: 400 }],
    [{ fromMs: Number.NEGATIVE_INFINITY, toMs: 400 }, left, { fromMs: Number.NEGATIVE_INFINITY, toMs: 300 }],
    [{ fromMs: 300, toMs: 400 }, left, { fromMs: 200, toMs: 300 }],
    [
      { fromMs: 100, toMs: 200 },
      { ...right, shiftKey: true },
      { fromMs: 100, toMs: 300 },
    ],
    [
      { fromMs: 100, toMs: 200 },
      { ...left, shiftKey: true },
      { fromMs: 100, toMs: 200 },
    ],
  ])('%j is moved by a key', (range, key, expected) => {
    expect(moveRange(range, key, bins, 100)).toEqual(expected);
  });
});

describe('barPaths', () => {
  it('draws a bar of two levels as two stacked pieces that fill the height', () => {
    const counts = [0, 0, 3, 0, 1, 0, 0];
    const paths = barPaths([{ fromMs: 0, counts }], { width: 10, height: 40 });
    expect(paths).toEqual({
      bad: 'M0.00 40.00h9.00v-10.00h-9.00z',
      info: 'M0.00 30.00h9.00v-30.00h-9.00z',
      warn: '',
      rest: '',
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine, LogRow } from '../../src/panels/logs/log-line.ts';
import { LogRows } from '../../src/panels/logs/log-rows.ts';
import { packLines } from '../../src/panels/logs/pack-lines.ts';

const line = (number: number): LogLine => ({
  timeMs: null,
  level: null,
  service: null,
  message: String(number),
  fields: null,
});

/** The same by an array that keeps everything: slow, and plain to see. */
class Model {
  readonly capacity: number;
  readonly all: (number | null)[] = [];
  held: (number | null)[] = [];
  dropped = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Null stands for a row of lost lines. */
  append(number: number | null): void {
    this.all.push(number);
    this.held.push(number);
    if (this.held.length > this.capacity) {
      this.held.shift();
      this.dropped += 1;
    }
  }
}

const numberOf = (row: LogRow | undefined): number | null | undefined => {
  if (row === undefined) return undefined;
  return row.type === 'line' ? Number(row.line.message) : null;
};

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('rows'), count: fc.integer({ min: 1, max: 1_200 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('block'), count: fc.integer({ min: 0, max: 900 }) }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('loss'), count: fc.constant(1) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('clear'), count: fc.constant(0) }) },
  ),
  { maxLength: 12 },
);

function take(rows: LogRows, model: Model, { type, count }: { type: string; count: number }): void {
  const lines = Array.from({ length: count }, (_, index) => line(model.all.length + index));
  if (type === 'clear') {
    rows.clear();
    model.held = [];
    model.dropped = 0;
  } else if (type === 'block') rows.appendBlock(packLines(lines), 0);
  else if (type === 'loss') rows.append({ type: 'gap', missed: 1, arrivedAtMs: 0 });
  else for (const one of lines) rows.append({ type: 'line', line: one, arrivedAtMs: 0 });
  if (type === 'loss') model.append(null);
  else for (const { message } of lines) model.append(Number(message));
}

describe('LogRows', () => {
  it('agrees with an array through any rows, blocks, losses and clears', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_500 }), steps, (capacity, run) => {
        const rows = new LogRows(capacity);
        const model = new Model(capacity);
        for (const step of run) {
          take(rows, model, step);
          const start = model.all.length - model.held.length;
          expect({ size: rows.size, start: rows.start, end: rows.end, dropped: rows.dropped }).toEqual({
            size: model.held.length,
            start,
            end: model.all.length,
            dropped: model.dropped,
          });
          expect(numberOf(rows.last())).toBe(model.held.at(-1));
          expect([start - 1, model.all.length].map((position) => rows.at(position))).toEqual([
            undefined,
            undefined,
          ]);
        }
        expect([...rows].map(numberOf)).toEqual(model.held);
        const first = rows.start;
        const drawn = model.held.map((_, index) => numberOf(rows.drawnAt(first + index)));
        expect(drawn).toEqual(model.held);
      }),
      { numRuns: 150 },
    );
  });

  const long = (length: number): LogLine => ({ ...line(0), message: 'x'.repeat(length) });
  /** Of what a search reads of a line there is as much again. */
  const maxBytes = 2 * 10_000;

  it('hold fewer blocks of long lines than of short ones, and count what they let go of', () => {
    const left: number[] = [];
    const onLeave = (from: number, end: number) => left.push(from, end);
    const rows = new LogRows(1_000, { maxBytes, onLeave });
    for (let block = 0; block < 12; block += 1) rows.appendBlock(packLines([long(500), long(500)]), 0);
    expect([rows.start, rows.size, rows.dropped]).toEqual([4, 20, 4]);
    expect(left).toEqual([0, 2, 2, 4]);
    for (let block = 0; block < 100; block += 1) rows.appendBlock(packLines([long(5), long(5)]), 0);
    expect(rows.start).toBe(6);
  });

  it('hold the newest line however long it is', () => {
    const rows = new LogRows(1_000, { maxBytes });
    for (const length of [10, 50_000]) rows.appendBlock(packLines([long(length)]), 0);
    expect([...rows].map((row) => row.type === 'line' && row.line.message.length)).toEqual([50_000]);
  });

  it('let go of long lines that come one by one, too', () => {
    const rows = new LogRows(1_000, { maxBytes: 4 * 1024 * 1024 });
    for (let row = 0; row < 40; row += 1)
      rows.append({ type: 'line', line: long(256 * 1024), arrivedAtMs: 0 });
    expect(rows.size).toBeGreaterThanOrEqual(6);
    expect(rows.size).toBeLessThanOrEqual(8);
    expect(rows.dropped).toBe(40 - rows.size);
  });

  it.each([3, 30])('hold of two that are joined what one would of all of it: %i blocks', (blocks) => {
    const [first, all] = [new LogRows(1_000, { maxBytes }), new LogRows(1_000, { maxBytes })];
    for (let block = 0; block < 8; block += 1)
      for (const each of [first, all]) each.appendBlock(packLines([long(500), long(500)]), 0);
    const later = new LogRows(1_000, { maxBytes, first: first.end });
    for (let block = 0; block < blocks; block += 1)
      for (const each of [later, all]) each.appendBlock(packLines([long(500), long(500)]), 0);
    const joined = LogRows.joined(first, later);
    expect([joined.start, joined.end, joined.dropped]).toEqual([all.start, all.end, all.dropped]);
  });
});

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
});

import { describe, expect, it } from 'vitest';
import { parameterError } from '../../src/contract/endpoint.ts';
import { exportQuerySchema } from '../../src/contract/exports.ts';
import {
  applyExport,
  endedEarly,
  initialExport,
  meanRowsPerSecond,
  PREVIEW_ROWS,
} from '../../src/panels/exports/exports-store.ts';
import { chunkOf, requestAt, statusAt } from '../fixtures/stream-events.ts';

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: from + index, name: 'n' }));
const complete = statusAt(2_000, { status: 'ended', reason: 'complete' });

describe('applyExport', () => {
  it('numbers rows through, newest first', () => {
    const state = applyExport(initialExport, [chunkOf(1, rows(1, 2)), chunkOf(2, rows(3, 1))]);
    expect(state.preview.map(({ number, row }) => [number, row.id])).toEqual([
      [3, 3],
      [2, 2],
      [1, 1],
    ]);
    expect(state.columns).toEqual(['id', 'name']);
  });

  it('keeps a bounded preview of any number of rows, and counts them all', () => {
    const state = applyExport(applyExport(initialExport, [chunkOf(1, rows(1, 5_000))]), [
      chunkOf(2, rows(5_001, 10)),
    ]);
    expect(state.rows).toBe(5_010);
    expect(state.preview).toHaveLength(PREVIEW_ROWS);
    expect(state.preview[0]).toMatchObject({ number: 5_010, row: { id: 5_010 } });
    expect(state.preview.at(-1)?.number).toBe(5_010 - PREVIEW_ROWS + 1);
  });

  it('measures rows a second from the request to the last row', () => {
    const state = applyExport(initialExport, [requestAt(1_000), chunkOf(3_000, rows(1, 100))]);
    expect(meanRowsPerSecond(state)).toBe(50);
    expect(meanRowsPerSecond(initialExport)).toBeNull();
  });

  it('notices an end before the last row that was asked for', () => {
    const whole = applyExport(initialExport, [chunkOf(1, rows(1, 10)), complete]);
    expect(endedEarly(whole, 10)).toBe(false);
    expect(endedEarly(whole, 11)).toBe(true);
    const stopped = applyExport(whole, [statusAt(3, { status: 'ended', reason: 'stopped' })]);
    expect(endedEarly(stopped, 11)).toBe(false);
    const broken = { type: 'malformed', reason: 'no', sample: '{', atMs: 1 } as const;
    expect(endedEarly(applyExport(whole, [broken]), 11)).toBe(false);
  });
});

describe('parameterError', () => {
  it.each([
    ['1', null],
    ['200000', null],
    ['0', 'must be at least 1'],
    ['200001', 'must be at most 200000'],
    ['1.5', 'must be a whole number from 1 to 200000'],
    ['', 'must be a number'],
    ['1e3', 'must be a number'],
    ['-1', 'must be a number'],
    ['ten', 'must be a number'],
  ])('rows %j', (text, expected) => {
    expect(parameterError(exportQuerySchema.shape.rows, text)).toBe(expected);
  });
});

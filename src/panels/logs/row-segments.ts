import { BlockSearch } from './block-search.ts';
import { byteLengthOfBlock, byteLengthOfLine, type HeldLines, type LineBlock, lineOf } from './line-block.ts';
import type { LogLine, LogRow } from './log-line.ts';
import { packLines } from './pack-lines.ts';

/** Rows that came one by one, or few at a time. */
export interface RowSegment {
  readonly first: number;
  readonly rows: LogRow[];
  /** About what they hold, in bytes. */
  byteLength: number;
}

/** Lines that came many at once, or of which many have come. */
export interface BlockSegment {
  readonly first: number;
  readonly block: HeldLines;
  readonly search: BlockSearch;
  /** One for all, or one for each. */
  readonly arrivedAtMs: number | Float64Array;
  readonly byteLength: number;
}

export type Segment = RowSegment | BlockSegment;

/** So many rows become a block, or so much text. */
const MAX_SEGMENT_ROWS = 1_000;
const MAX_SEGMENT_BYTES = 1024 * 1024;

export const lengthOf = (segment: Segment): number =>
  'rows' in segment ? segment.rows.length : segment.block.count;

/** When a line of a block came, in milliseconds since 1970. */
export const arrivalOf = ({ arrivedAtMs }: BlockSegment, index: number): number =>
  typeof arrivedAtMs === 'number' ? arrivedAtMs : (arrivedAtMs[index] ?? Number.NaN);

export function rowIn(segment: Segment, position: number): LogRow | undefined {
  const offset = position - segment.first;
  if ('rows' in segment) return segment.rows[offset];
  return { type: 'line', line: lineOf(segment.block, offset), arrivedAtMs: arrivalOf(segment, offset) };
}

/** What a row holds, in bytes. */
export const byteLengthOfRow = (row: LogRow): number =>
  row.type === 'line' ? byteLengthOfLine(row.line) : 0;

export const isFull = ({ rows, byteLength }: RowSegment): boolean =>
  rows.length >= MAX_SEGMENT_ROWS || byteLength >= MAX_SEGMENT_BYTES;

export function blockSegment(
  first: number,
  block: LineBlock,
  arrivedAtMs: number | Float64Array,
): BlockSegment {
  const { ids, lowered, ...held } = block;
  const byteLength = byteLengthOfBlock(block);
  return { first, block: held, search: new BlockSearch(lowered), arrivedAtMs, byteLength };
}

/** The same rows as a block; null where some of them stand for lost lines. */
export function packed({ first, rows }: RowSegment): BlockSegment | null {
  const lines: LogLine[] = [];
  const arrivedAtMs = new Float64Array(rows.length);
  for (const [index, row] of rows.entries()) {
    if (row.type !== 'line') return null;
    lines.push(row.line);
    arrivedAtMs[index] = row.arrivedAtMs;
  }
  return blockSegment(first, packLines(lines), arrivedAtMs);
}

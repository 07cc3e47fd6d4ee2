import { BlockSearch } from './block-search.ts';
import { type HeldLines, type LineBlock, lineOf } from './line-block.ts';
import type { LogLine, LogRow } from './log-line.ts';
import { packLines } from './pack-lines.ts';

/** Rows that came one by one, or few at a time. */
interface RowSegment {
  readonly first: number;
  readonly rows: LogRow[];
}

/** Lines that came many at once, or of which many have come. */
export interface BlockSegment {
  readonly first: number;
  readonly block: HeldLines;
  readonly search: BlockSearch;
  /** One for all, or one for each. */
  readonly arrivedAtMs: number | Float64Array;
}

/** When a line of a block came, in milliseconds since 1970. */
export const arrivalOf = ({ arrivedAtMs }: BlockSegment, index: number): number =>
  typeof arrivedAtMs === 'number' ? arrivedAtMs : (arrivedAtMs[index] ?? Number.NaN);

type Segment = RowSegment | BlockSegment;

/** So many rows become a block. */
const MAX_SEGMENT_ROWS = 1_000;
/** More than are ever in sight. */
const MAX_DRAWN = 256;

const lengthOf = (segment: Segment): number =>
  'rows' in segment ? segment.rows.length : segment.block.count;

/**
 * The last `capacity` rows, in order. Every row keeps the position at which it was appended (0, 1, 2, …), so that a view can
 * name a row that has since been dropped. Lines are kept in blocks, but for the newest and for a thousand that has a loss
 * among it: an object is made for one that is asked for.
 */
export class LogRows {
  readonly capacity: number;
  /** Those that are let go leave their places empty, until many have. */
  #segments: (Segment | undefined)[] = [];
  /** Where those begin that are still held. */
  #head = 0;
  #end = 0;
  #cleared = 0;
  #dropped = 0;
  /** The segment that was asked for last: the next question is mostly about the same. */
  #recent: Segment | null = null;
  readonly #drawn = new Map<number, LogRow>();

  /** @param first the position that the first row gets */
  constructor(capacity: number, first = 0) {
    this.capacity = capacity;
    this.#cleared = first;
    this.#end = first;
  }

  get size(): number {
    return this.#end - this.start;
  }

  /** The position of the oldest row held. */
  get start(): number {
    return Math.max(this.#cleared, this.#end - this.capacity);
  }

  /** The position that the next row gets: how many were ever appended. */
  get end(): number {
    return this.#end;
  }

  /** How many were pushed out by newer ones since the last `clear`. */
  get dropped(): number {
    return this.#dropped;
  }

  append(row: LogRow): void {
    const last = this.#segments.at(-1);
    if (last !== undefined && 'rows' in last && last.rows.length < MAX_SEGMENT_ROWS) last.rows.push(row);
    else {
      this.#packLast();
      this.#segments.push({ first: this.#end, rows: [row] });
    }
    this.#advance(1);
  }

  appendBlock(block: LineBlock, arrivedAtMs: number): void {
    if (block.count === 0) return;
    this.#packLast();
    this.#segments.push({ first: this.#end, ...searchable(block), arrivedAtMs });
    this.#advance(block.count);
  }

  /**
   * Takes over the rows that were kept elsewhere from this one's end on. What is held then is what would be held had they all come
   * here.
   */
  join(later: LogRows): void {
    const before = this.start;
    this.#packLast();
    for (const segment of later.#segments.slice(later.#head)) this.#segments.push(segment);
    this.#end = later.#end;
    // Where those elsewhere have let go of some, all that is older than these goes as well.
    if (later.#dropped > 0) this.#cleared = Math.max(this.#cleared, later.start);
    this.#dropped += this.start - before;
    this.#forget();
  }

  /** The row at a position, or undefined where it is dropped, cleared or not yet there. */
  at(position: number): LogRow | undefined {
    const segment = this.#segmentAt(position);
    return segment && rowIn(segment, position);
  }

  /** As `at`, and the same object as long as it is asked for: what is drawn of a row that has not changed stays. */
  drawnAt(position: number): LogRow | undefined {
    const segment = this.#segmentAt(position);
    if (segment === undefined || 'rows' in segment) return segment && rowIn(segment, position);
    const known = this.#drawn.get(position);
    if (known !== undefined) return known;
    if (this.#drawn.size >= MAX_DRAWN) this.#drawn.clear();
    // Each holds its block.
    for (const old of this.#drawn.keys()) if (old < this.start) this.#drawn.delete(old);
    const row = rowIn(segment, position);
    if (row !== undefined) this.#drawn.set(position, row);
    return row;
  }

  /** The block that holds the row at a position; null where it is in none. */
  blockAt(position: number): BlockSegment | null {
    const segment = this.#segmentAt(position);
    return segment !== undefined && 'block' in segment ? segment : null;
  }

  last(): LogRow | undefined {
    return this.at(this.#end - 1);
  }

  clear(): void {
    this.#segments = [];
    this.#head = 0;
    this.#recent = null;
    this.#drawn.clear();
    this.#cleared = this.#end;
    this.#dropped = 0;
  }

  *[Symbol.iterator](): Generator<LogRow> {
    for (let position = this.start; position < this.#end; position += 1) {
      const row = this.at(position);
      if (row !== undefined) yield row;
    }
  }

  /** Rows that are full are a block from now on, unless some stand for lost lines. */
  #packLast(): void {
    const last = this.#segments.at(-1);
    if (last === undefined || !('rows' in last) || last.rows.length < MAX_SEGMENT_ROWS) return;
    const lines: LogLine[] = [];
    const arrivedAtMs = new Float64Array(last.rows.length);
    for (const [index, row] of last.rows.entries()) {
      if (row.type !== 'line') return;
      lines.push(row.line);
      arrivedAtMs[index] = row.arrivedAtMs;
    }
    this.#segments[this.#segments.length - 1] = {
      first: last.first,
      ...searchable(packLines(lines)),
      arrivedAtMs,
    };
    this.#recent = null;
  }

  #advance(count: number): void {
    const before = this.start;
    this.#end += count;
    this.#dropped += this.start - before;
    this.#forget();
  }

  #forget(): void {
    let head = this.#segments[this.#head];
    while (head !== undefined && head.first + lengthOf(head) <= this.start) {
      this.#segments[this.#head] = undefined;
      this.#head += 1;
      head = this.#segments[this.#head];
    }
    if (this.#head > 100 && this.#head > this.#segments.length / 2) {
      this.#segments = this.#segments.slice(this.#head);
      this.#head = 0;
    }
  }

  #segmentAt(position: number): Segment | undefined {
    if (position < this.start || position >= this.#end) return undefined;
    const recent = this.#recent;
    if (recent !== null && position >= recent.first && position < recent.first + lengthOf(recent))
      return recent;
    let low = this.#head;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#segments[middle]?.first ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    const found = this.#segments[low];
    this.#recent = found ?? null;
    return found;
  }
}

function searchable(block: LineBlock): Pick<BlockSegment, 'block' | 'search'> {
  const { ids, lowered, ...held } = block;
  return { block: held, search: new BlockSearch(lowered) };
}

function rowIn(segment: Segment, position: number): LogRow | undefined {
  const offset = position - segment.first;
  if ('rows' in segment) return segment.rows[offset];
  return { type: 'line', line: lineOf(segment.block, offset), arrivedAtMs: arrivalOf(segment, offset) };
}

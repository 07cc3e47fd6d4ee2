import type { LineBlock } from './line-block.ts';
import type { LogRow } from './log-line.ts';
import {
  type BlockSegment,
  blockSegment,
  byteLengthOfRow,
  isFull,
  lengthOf,
  packed,
  rowIn,
  type Segment,
} from './row-segments.ts';

/** More than are ever in sight. */
const MAX_DRAWN = 256;

/**
 * So many bytes of text are held, those included that a search reads: with them, 200,000 lines of 1,300 bytes, ten times as long as
 * lines of a log mostly are. Without this bound, 200,000 lines of 4 kB would be two gigabytes.
 */
const MAX_BYTES = 512 * 1024 * 1024;

interface LogRowsOptions {
  /** The position that the first row gets. */
  readonly first?: number;
  readonly maxBytes?: number;
  /** Called with the positions that are about to be pushed out, the last one not among them. */
  readonly onLeave?: (from: number, end: number) => void;
}

/**
 * The last `capacity` rows, in order, and of very long ones fewer. Every row keeps the position at which it was appended (0, 1, 2, …), so that a view can
 * name a row that has since been dropped. Lines are kept in blocks, but for the newest and for a thousand that has a loss
 * among it: an object is made for one that is asked for.
 */
export class LogRows {
  readonly capacity: number;
  /** Those that are let go leave their places empty, until many have. */
  #segments: (Segment | undefined)[] = [];
  /** Where those begin that are still held. */
  #head = 0;
  #start: number;
  #end: number;
  #dropped = 0;
  #byteLength = 0;
  readonly #maxBytes: number;
  readonly #onLeave: (from: number, end: number) => void;
  /** The segment that was asked for last: the next question is mostly about the same. */
  #recent: Segment | null = null;
  readonly #drawn = new Map<number, LogRow>();

  constructor(
    capacity: number,
    { first = 0, maxBytes = MAX_BYTES, onLeave = () => undefined }: LogRowsOptions = {},
  ) {
    this.capacity = capacity;
    this.#maxBytes = maxBytes;
    this.#onLeave = onLeave;
    this.#start = first;
    this.#end = first;
  }

  get size(): number {
    return this.#end - this.#start;
  }

  /** The position of the oldest row held. */
  get start(): number {
    return this.#start;
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
    const byteLength = byteLengthOfRow(row);
    if (last !== undefined && 'rows' in last && !isFull(last)) {
      last.rows.push(row);
      last.byteLength += byteLength;
    } else {
      this.#packLast();
      this.#segments.push({ first: this.#end, rows: [row], byteLength });
    }
    this.#advance(1, byteLength);
  }

  appendBlock(block: LineBlock, arrivedAtMs: number): void {
    if (block.count === 0) return;
    this.#packLast();
    const segment = blockSegment(this.#end, block, arrivedAtMs);
    this.#segments.push(segment);
    this.#advance(block.count, segment.byteLength);
  }

  /**
   * Joins two of which the one goes on where the other ended, and returns the one that holds them from now on: what it would hold
   * had they all come there. The other one is not to be used any more.
   */
  static joined(earlier: LogRows, later: LogRows): LogRows {
    if (later.#dropped === 0) {
      earlier.#packLast();
      for (const segment of later.#segments) if (segment !== undefined) earlier.#segments.push(segment);
      earlier.#advance(later.#end - earlier.#end, later.#byteLength);
      return earlier;
    }
    // Where rows in between are gone, so are all that are older.
    later.#dropped += earlier.#dropped + earlier.size;
    return later;
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
    for (const old of this.#drawn.keys()) if (old < this.#start) this.#drawn.delete(old);
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
    this.#start = this.#end;
    this.#dropped = 0;
    this.#byteLength = 0;
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
    if (last === undefined || !('rows' in last) || !isFull(last)) return;
    const block = packed(last);
    if (block === null) return;
    this.#segments[this.#segments.length - 1] = block;
    this.#byteLength += block.byteLength - last.byteLength;
    this.#recent = null;
  }

  #advance(count: number, byteLength: number): void {
    const before = this.#end;
    this.#end += count;
    this.#byteLength += byteLength;
    this.#leaveBefore(Math.max(this.#end - this.capacity, this.#firstWithinBytes()), before);
  }

  /** @param countedEnd those from here on have only just come */
  #leaveBefore(start: number, countedEnd: number): void {
    if (start <= this.#start) return;
    this.#onLeave(this.#start, Math.min(start, countedEnd));
    this.#dropped += start - this.#start;
    this.#start = start;
    this.#forget();
  }

  /** Where those rows begin whose texts are no more than is held. Memory is let go of by the segment, and so are they. */
  #firstWithinBytes(): number {
    let { first } = this.#segments[this.#head] ?? { first: this.#start };
    let left = this.#byteLength;
    for (let at = this.#head; left > this.#maxBytes && at < this.#segments.length - 1; at += 1) {
      left -= this.#segments[at]?.byteLength ?? 0;
      first = this.#segments[at + 1]?.first ?? first;
    }
    return first;
  }

  #forget(): void {
    let head = this.#segments[this.#head];
    while (head !== undefined && head.first + lengthOf(head) <= this.#start) {
      this.#byteLength -= head.byteLength;
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
    if (position < this.#start || position >= this.#end) return undefined;
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

import type { RingBuffer } from '../../store/ring-buffer.ts';
import { type LogFilter, rowPredicate } from './log-filter.ts';
import type { LogRow } from './log-line.ts';

/**
 * The positions of the rows that a filter shows, oldest first. It only ever looks at rows that are new since it last
 * looked; a new filter is a new object of this class, which looks at all that is held once.
 */
export class LogMatches {
  readonly #shows: ((row: LogRow) => boolean) | null;
  #positions: number[] = [];
  /** Where in `#positions` the rows that are still held begin. */
  #first = 0;
  /** Rows from here on have not been looked at. */
  #end = 0;
  #start = 0;

  constructor(filter: LogFilter) {
    this.#shows = rowPredicate(filter);
  }

  /** Looks at what is new, up to the position `until`, and lets go of what the book has dropped. */
  catchUp(rows: RingBuffer<LogRow>, until: number): void {
    this.#start = rows.start;
    const from = Math.max(this.#end, rows.start);
    this.#end = Math.max(from, until);
    if (this.#shows === null) return;
    for (let position = from; position < this.#end; position += 1) {
      const row = rows.at(position);
      if (row && this.#shows(row)) this.#positions.push(position);
    }
    while ((this.#positions[this.#first] ?? Number.POSITIVE_INFINITY) < this.#start) this.#first += 1;
    if (this.#first > 10_000 && this.#first > this.#positions.length / 2) {
      this.#positions = this.#positions.slice(this.#first);
      this.#first = 0;
    }
  }

  get filtering(): boolean {
    return this.#shows !== null;
  }

  get count(): number {
    return this.#shows === null ? this.#end - this.#start : this.#positions.length - this.#first;
  }

  /** The position of the row that is shown at this index; -1 where there is none. */
  positionAt(index: number): number {
    if (index < 0 || index >= this.count) return -1;
    return this.#shows === null ? this.#start + index : (this.#positions[this.#first + index] ?? -1);
  }

  /** How many of the rows shown are at this position or after it. */
  countFrom(position: number): number {
    if (this.#shows === null) return Math.max(0, this.#end - Math.max(position, this.#start));
    let low = this.#first;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#positions[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return this.#positions.length - low;
  }
}

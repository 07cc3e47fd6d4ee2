import type { ExpressionAnswers } from './expression-answers.ts';
import { type LogFilter, rowTest, type SearchHelpers } from './log-filter.ts';
import type { LogRow } from './log-line.ts';
import type { LogRows } from './log-rows.ts';
import { firstFrom } from './row-layout.ts';

/**
 * The positions of the rows that a filter shows, oldest first. It only ever looks at rows that are new since it last
 * looked; a new filter is a new object of this class, which looks at all that is held once.
 */
export class LogMatches {
  /** What a worker finds by a regular expression; null where the filter has none to ask for. */
  readonly answers: ExpressionAnswers | null;
  readonly #shows: ((row: LogRow, position: number) => boolean) | null;
  #positions: number[] = [];
  /** Where in `#positions` the rows that are still held begin. */
  #first = 0;
  /** How many left `#positions` at its beginning. */
  #cut = 0;
  /** Rows from here on have not been looked at. */
  #end = 0;
  #start = 0;

  constructor(filter: LogFilter, helpers: SearchHelpers) {
    this.answers = helpers.answers;
    this.#shows = rowTest(filter, helpers);
  }

  /**
   * Looks at what is new, up to the position `until`, and lets go of what the book has dropped.
   * Returns whether it has seen it all: it stops after `maxRows`, and where a worker has not answered yet.
   */
  catchUp(rows: LogRows, until: number, maxRows = Number.POSITIVE_INFINITY): boolean {
    this.#start = rows.start;
    const from = Math.max(this.#end, rows.start);
    const known = Math.min(until, from + maxRows, this.answers?.end ?? until);
    this.#end = Math.max(from, known);
    if (this.#shows !== null) this.#look(rows, from, this.#end, this.#shows);
    return this.#end >= until;
  }

  #look(rows: LogRows, from: number, end: number, shows: (row: LogRow, position: number) => boolean): void {
    for (let position = from; position < end; position += 1) {
      const row = rows.at(position);
      if (row && shows(row, position)) this.#positions.push(position);
    }
    while ((this.#positions[this.#first] ?? Number.POSITIVE_INFINITY) < this.#start) this.#first += 1;
    if (this.#first > 10_000 && this.#first > this.#positions.length / 2) {
      this.#positions = this.#positions.slice(this.#first);
      this.#cut += this.#first;
      this.#first = 0;
    }
  }

  get filtering(): boolean {
    return this.#shows !== null;
  }

  get count(): number {
    return this.#shows === null ? this.#end - this.#start : this.#positions.length - this.#first;
  }

  /** The how-manieth row ever shown the first one is: it grows by one for each that is let go. */
  get firstOrdinal(): number {
    return this.#shows === null ? this.#start : this.#cut + this.#first;
  }

  /** The position of the row that is shown at this index; -1 where there is none. */
  positionAt(index: number): number {
    if (index < 0 || index >= this.count) return -1;
    return this.#shows === null ? this.#start + index : (this.#positions[this.#first + index] ?? -1);
  }

  /** The index at which the row of this position is shown, or the next one after it where it isn't. */
  indexFrom(position: number): number {
    return this.count - this.countFrom(position);
  }

  /** How many of the rows shown are at this position or after it. */
  countFrom(position: number): number {
    if (this.#shows === null) return Math.max(0, this.#end - Math.max(position, this.#start));
    const held = this.#positions.length - this.#first;
    return held - firstFrom(held, (at) => (this.#positions[this.#first + at] ?? 0) >= position);
  }
}

import { maskOf } from './block-mask.ts';
import type { ExpressionAnswers } from './expression-answers.ts';
import { type LogFilter, rowTest, showsAll } from './log-filter.ts';
import type { LogRow } from './log-line.ts';
import type { BlockSegment, LogRows } from './log-rows.ts';
import { Positions } from './positions.ts';

/**
 * The positions of the rows that a filter shows, oldest first. It only ever looks at rows that are new since it last
 * looked; a new filter is a new object of this class, which looks at all that is held once.
 */
export class LogMatches {
  /** What a worker finds by a regular expression; null where the filter has none to ask for. */
  readonly answers: ExpressionAnswers | null;
  readonly #filter: LogFilter;
  readonly #shows: (row: LogRow) => boolean;
  /** Whether a line that the expression finds is shown or hidden. */
  readonly #wanted: boolean;
  /** The positions of what is shown; null where all is. */
  readonly #positions: Positions | null;
  /** Rows from here on have not been looked at. */
  #end = 0;
  #start = 0;
  /** What was found in the block that was looked at last. */
  #masked: { readonly segment: BlockSegment; readonly mask: Uint8Array } | null = null;

  constructor(filter: LogFilter, answers: ExpressionAnswers | null) {
    this.answers = answers;
    this.#filter = filter;
    this.#shows = rowTest(filter);
    this.#wanted = filter.search.type !== 'none' && filter.search.effect === 'show';
    this.#positions = showsAll(filter) ? null : new Positions();
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
    if (this.#positions !== null) this.#look(rows, from, this.#end, this.#positions);
    return this.#end >= until;
  }

  #look(rows: LogRows, from: number, end: number, positions: Positions): void {
    let position = from;
    while (position < end) {
      const segment = rows.blockAt(position);
      const last = segment === null ? position + 1 : Math.min(end, segment.first + segment.block.count);
      if (segment !== null) this.#lookInBlock(segment, position, last, positions);
      else this.#lookAtRow(rows.at(position), position, positions);
      position = last;
    }
    positions.forgetBefore(this.#start);
  }

  #lookInBlock(segment: BlockSegment, from: number, end: number, positions: Positions): void {
    if (this.#masked?.segment !== segment) this.#masked = { segment, mask: maskOf(this.#filter, segment) };
    const { mask } = this.#masked;
    const { answers } = this;
    const { first } = segment;
    if (answers === null) positions.addMarked(mask, from - first, end - first, first);
    else {
      for (let position = from; position < end; position += 1) {
        // Asked in rising order, of all: answers are let go as they are taken.
        const answered = answers.matches(position) === this.#wanted;
        if (answered && mask[position - first] === 1) positions.add(position);
      }
    }
  }

  #lookAtRow(row: LogRow | undefined, position: number, positions: Positions): void {
    if (row === undefined) return;
    const answered = row.type !== 'line' || this.#isAnswered(position);
    if (answered && this.#shows(row)) positions.add(position);
  }

  #isAnswered(position: number): boolean {
    return this.answers === null || this.answers.matches(position) === this.#wanted;
  }

  get filtering(): boolean {
    return this.#positions !== null;
  }

  get count(): number {
    return this.#positions === null ? this.#end - this.#start : this.#positions.count;
  }

  /** The how-manieth row ever shown the first one is: it grows by one for each that is let go. */
  get firstOrdinal(): number {
    return this.#positions === null ? this.#start : this.#positions.forgotten;
  }

  /** The position of the row that is shown at this index; -1 where there is none. */
  positionAt(index: number): number {
    if (this.#positions !== null) return this.#positions.at(index);
    return index < 0 || index >= this.count ? -1 : this.#start + index;
  }

  /** The index at which the row of this position is shown, or the next one after it where it isn't. */
  indexFrom(position: number): number {
    return this.count - this.countFrom(position);
  }

  /** How many of the rows shown are at this position or after it. */
  countFrom(position: number): number {
    if (this.#positions !== null) return this.#positions.countFrom(position);
    return Math.max(0, this.#end - Math.max(position, this.#start));
  }
}

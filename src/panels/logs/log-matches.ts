import { maskOf } from './block-mask.ts';
import type { ExpressionAnswers } from './expression-answers.ts';
import { type LogFilter, rowTest, showsAll } from './log-filter.ts';
import type { LogRow } from './log-line.ts';
import type { LogRows } from './log-rows.ts';
import type { BlockSegment } from './row-segments.ts';
import { ShownRows } from './shown-rows.ts';

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
  /** Which rows are shown; null where all are. */
  readonly #shown: ShownRows | null;
  /** Rows from here on have not been looked at. */
  #end = 0;
  #start = 0;
  /** The block that was looked at last, with what it shows; of an expression, as far as that is answered. */
  #masked: { readonly segment: BlockSegment; readonly mask: Uint8Array } | null = null;

  constructor(filter: LogFilter, answers: ExpressionAnswers | null) {
    this.answers = answers;
    this.#filter = filter;
    this.#shows = rowTest(filter);
    this.#wanted = filter.search.type !== 'none' && filter.search.effect === 'show';
    this.#shown = showsAll(filter) ? null : new ShownRows();
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
    if (this.#shown !== null) this.#look(rows, from, this.#end, this.#shown);
    return this.#end >= until;
  }

  #look(rows: LogRows, from: number, end: number, shown: ShownRows): void {
    let position = from;
    while (position < end) {
      const segment = rows.blockAt(position);
      const last = segment === null ? position + 1 : Math.min(end, segment.first + segment.block.count);
      if (segment !== null) this.#lookInBlock(segment, position - segment.first, last - segment.first, shown);
      else shown.addRow(position, this.#showsRow(rows.at(position), position));
      position = last;
    }
    shown.forgetBefore(this.#start);
  }

  #lookInBlock(segment: BlockSegment, from: number, end: number, shown: ShownRows): void {
    if (this.#masked?.segment !== segment) this.#masked = { segment, mask: maskOf(this.#filter, segment) };
    const { mask } = this.#masked;
    const { answers } = this;
    if (answers !== null) {
      for (let index = from; index < end; index += 1) {
        // Asked in rising order, of all: answers are let go as they are taken. With an expression the mask is this filter's own.
        if (answers.matches(segment.first + index) !== this.#wanted) mask[index] = 0;
      }
    }
    shown.addMask(segment.first, mask, from, end);
  }

  #showsRow(row: LogRow | undefined, position: number): boolean {
    if (row === undefined) return false;
    const answered = row.type !== 'line' || this.#isAnswered(position);
    return answered && this.#shows(row);
  }

  #isAnswered(position: number): boolean {
    return this.answers === null || this.answers.matches(position) === this.#wanted;
  }

  /** Whether a worker has not answered for any of these rows yet. */
  isUnanswered({ start, end }: LogRows): boolean {
    return end > start && this.answers !== null && this.answers.end <= start;
  }

  get filtering(): boolean {
    return this.#shown !== null;
  }

  get count(): number {
    return this.#shown === null ? this.#end - this.#start : this.#shown.count;
  }

  /** The how-manieth row ever shown the first one is: it grows by one for each that is let go. */
  get firstOrdinal(): number {
    return this.#shown === null ? this.#start : this.#shown.forgotten;
  }

  /** The position of the row that is shown at this index; -1 where there is none. */
  positionAt(index: number): number {
    if (this.#shown !== null) return this.#shown.positionAt(index);
    return index < 0 || index >= this.count ? -1 : this.#start + index;
  }

  /** The index at which the row of this position is shown, or the next one after it where it isn't. */
  indexFrom(position: number): number {
    return this.count - this.countFrom(position);
  }

  /** How many of the rows shown are at this position or after it. */
  countFrom(position: number): number {
    if (this.#shown !== null) return this.#shown.countFrom(position);
    return Math.max(0, this.#end - Math.max(position, this.#start));
  }
}

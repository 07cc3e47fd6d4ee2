import { MAX_ROWS } from './log-book.ts';

/** What a worker has found by a regular expression so far: which positions match, oldest first. */
export class ExpressionAnswers {
  readonly source: string;
  #found: number[] = [];
  #next = 0;
  #end = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Positions from here on have no answer yet. */
  get end(): number {
    return this.#end;
  }

  /** Takes the positions found among those before `end`. */
  take(found: Iterable<number>, end: number): void {
    for (const position of found) this.#found.push(position);
    this.#end = end;
    // While the view is paused nobody asks, and the feed goes on: of rows that are held no more, nobody will.
    this.#passBy(end - MAX_ROWS);
    if (this.#next > 10_000) {
      this.#found = this.#found.slice(this.#next);
      this.#next = 0;
    }
  }

  /** Whether the row at this position matches. Positions are asked for in rising order, each once. */
  matches(position: number): boolean {
    this.#passBy(position);
    return this.#found[this.#next] === position;
  }

  #passBy(position: number): void {
    while ((this.#found[this.#next] ?? Number.POSITIVE_INFINITY) < position) this.#next += 1;
  }
}

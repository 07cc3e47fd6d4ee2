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
    if (this.#next > 10_000) {
      this.#found = this.#found.slice(this.#next);
      this.#next = 0;
    }
  }

  /** Whether the row at this position matches. Positions are asked for in rising order, each once. */
  matches(position: number): boolean {
    while ((this.#found[this.#next] ?? Number.POSITIVE_INFINITY) < position) this.#next += 1;
    return this.#found[this.#next] === position;
  }
}

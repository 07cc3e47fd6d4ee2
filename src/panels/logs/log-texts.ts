import type { LogRows } from './log-rows.ts';

/** Rows whose texts are put together: a few milliseconds of work, and a tenth of one to search. */
export const PORTION_ROWS = 1_000;

/** The texts of `PORTION_ROWS` rows as one, in lower case, and where in it each ends. */
interface Portion {
  readonly text: string;
  readonly ends: Uint32Array;
}

/**
 * What a text search reads instead of the rows: a long string is searched some fifty times as fast as many short ones.
 * Portions are made while nothing else has to be done, and let go with their rows.
 */
export class LogTexts {
  readonly #portions = new Map<number, Portion>();
  #next = 0;

  /** Makes one portion of rows that have all come. Returns whether there is none left to make. */
  makeNext(rows: LogRows): boolean {
    this.#forget(rows.start);
    const first = this.#next * PORTION_ROWS;
    if (first + PORTION_ROWS > rows.end) return true;
    this.#portions.set(this.#next, makePortion(rows, first));
    this.#next += 1;
    return this.#next * PORTION_ROWS + PORTION_ROWS > rows.end;
  }

  /**
   * Which rows of the portion around this position hold the needle, from its first row on; null where it is not made.
   *
   * @param needle in lower case
   */
  find(needle: string, position: number): Uint8Array | null {
    const portion = this.#portions.get(Math.floor(position / PORTION_ROWS));
    return portion ? rowsHolding(needle, portion) : null;
  }

  clear(): void {
    this.#portions.clear();
  }

  #forget(start: number): void {
    for (const index of this.#portions.keys()) {
      if ((index + 1) * PORTION_ROWS > start) break;
      this.#portions.delete(index);
    }
    // A portion whose beginning is gone already would be half empty, and soon gone.
    this.#next = Math.max(this.#next, Math.ceil(start / PORTION_ROWS));
  }
}

function makePortion(rows: LogRows, first: number): Portion {
  const texts: string[] = [];
  const ends = new Uint32Array(PORTION_ROWS);
  let length = 0;
  for (let offset = 0; offset < PORTION_ROWS; offset += 1) {
    const text = rows.searchedAt(first + offset);
    texts.push(text);
    length += text.length;
    ends[offset] = length;
  }
  return { text: texts.join(''), ends };
}

function rowsHolding(needle: string, { text, ends }: Portion): Uint8Array {
  const found = new Uint8Array(PORTION_ROWS);
  let offset = 0;
  let at = text.indexOf(needle);
  while (at !== -1) {
    while ((ends[offset] ?? 0) <= at) offset += 1;
    const end = ends[offset] ?? text.length;
    // What begins in one row and ends in the next is in neither.
    const inRow = at + needle.length <= end;
    if (inRow) found[offset] = 1;
    at = text.indexOf(needle, inRow ? end : at + 1);
  }
  return found;
}

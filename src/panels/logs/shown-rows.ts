import { countOnes } from './count-ones.ts';
import { firstFrom } from './row-layout.ts';

/** A stretch of rows with a mask that says which of them are shown. */
interface Part {
  /** The position of the row that the mask begins with. */
  readonly first: number;
  mask: Uint8Array;
  /** Where in the mask those begin that count, and where they end. */
  readonly begin: number;
  end: number;
  /** How many were shown before this part, of all there ever were. */
  readonly before: number;
  count: number;
  /** How many of this part are shown before every `STEP` rows. */
  readonly sums: number[];
  /** Whether single rows may be added: then the mask is this part's own. */
  readonly isOpen: boolean;
}

const FIRST_CAPACITY = 16;
const MAX_CAPACITY = 1_024;
/** So many rows of a mask are gone through for an answer. A power of 2. */
const STEP = 128;

/**
 * Which rows are shown, by position; the newest come at the end and the oldest are let go. It keeps the masks that it is given, and
 * counts: a list of the positions would be megabytes to write and to collect for each filter of 200,000 rows.
 */
export class ShownRows {
  #parts: Part[] = [];
  /** Where those parts begin that are still held. */
  #head = 0;
  #total = 0;
  #forgotten = 0;

  get count(): number {
    return this.#total - this.#forgotten;
  }

  /** How many shown rows were let go. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Adds the row after the last one, shown or not. */
  addRow(position: number, isShown: boolean): void {
    const last = this.#parts.at(-1);
    const fits = last?.isOpen === true && position === last.first + last.end && last.end < MAX_CAPACITY;
    const part = fits ? last : this.#addPart(position, new Uint8Array(FIRST_CAPACITY), 0, true);
    if (part.end === part.mask.length) {
      const mask = new Uint8Array(2 * part.mask.length);
      mask.set(part.mask);
      part.mask = mask;
    }
    part.mask[part.end] = isShown ? 1 : 0;
    this.#extend(part, part.end + 1);
  }

  /**
   * Adds the rows `first + index` for each index from `from` to before `end`, after those that are here. The mask is kept, and what
   * it says of these rows must not change any more.
   */
  addMask(first: number, mask: Uint8Array, from: number, end: number): void {
    const last = this.#parts.at(-1);
    const goesOn = last !== undefined && last.mask === mask && last.end === from;
    this.#extend(goesOn ? last : this.#addPart(first, mask, from, false), end);
  }

  #addPart(first: number, mask: Uint8Array, begin: number, isOpen: boolean): Part {
    const part = { first, mask, begin, end: begin, before: this.#total, count: 0, sums: [], isOpen };
    this.#parts.push(part);
    return part;
  }

  #extend(part: Part, end: number): void {
    const { mask, begin, sums } = part;
    let { count } = part;
    for (let index = part.end; index < end; index += 1) {
      if (((index - begin) & (STEP - 1)) === 0) sums.push(count);
      count += mask[index] ?? 0;
    }
    this.#total += count - part.count;
    part.count = count;
    part.end = end;
  }

  /** Lets go of those before this position. */
  forgetBefore(start: number): void {
    let part = this.#parts[this.#head];
    while (part !== undefined && part.first < start) {
      this.#forgotten = Math.max(this.#forgotten, part.before + countBefore(part, start));
      if (part.first + part.end > start || this.#head === this.#parts.length - 1) break;
      this.#head += 1;
      part = this.#parts[this.#head];
    }
    if (this.#head > 100 && this.#head > this.#parts.length / 2) {
      this.#parts = this.#parts.slice(this.#head);
      this.#head = 0;
    }
  }

  /** The position of the how-manieth shown row of those held; -1 where there is none. */
  positionAt(index: number): number {
    if (index < 0 || index >= this.count) return -1;
    const ordinal = this.#forgotten + index;
    const part = this.#lastPart(({ before }) => before <= ordinal);
    if (part === undefined) return -1;
    const { mask, begin, end, before, sums } = part;
    const step = firstFrom(sums.length, (each) => (sums[each] ?? 0) > ordinal - before) - 1;
    let missing = ordinal - before - (sums[step] ?? 0);
    for (let at = begin + step * STEP; at < end; at += 1) {
      if (mask[at] !== 1) continue;
      if (missing === 0) return part.first + at;
      missing -= 1;
    }
    return -1;
  }

  /** How many of those held are at this position or after it. */
  countFrom(position: number): number {
    const part = this.#lastPart(({ first, begin }) => first + begin <= position);
    if (part === undefined) return this.count;
    return this.#total - Math.max(part.before + countBefore(part, position), this.#forgotten);
  }

  /** The last of the parts held for which `passes` holds, as it does for all before it. */
  #lastPart(passes: (part: Part) => boolean): Part | undefined {
    const held = this.#parts.length - this.#head;
    const next = firstFrom(held, (at) => {
      const part = this.#parts[this.#head + at];
      return part === undefined || !passes(part);
    });
    return next === 0 ? undefined : this.#parts[this.#head + next - 1];
  }
}

/** How many rows of a part are shown before a position. */
function countBefore({ first, mask, begin, end, count, sums }: Part, position: number): number {
  const until = position - first;
  if (until <= begin) return 0;
  if (until >= end) return count;
  const step = Math.floor((until - begin) / STEP);
  return (sums[step] ?? 0) + countOnes(mask, begin + step * STEP, until);
}

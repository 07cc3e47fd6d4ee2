import { firstFrom } from './row-layout.ts';

/** A stretch of rows with a mask that says which of them are marked. */
interface Part {
  /** The position of the row that the mask begins with. */
  readonly first: number;
  mask: Uint8Array;
  /** Where in the mask those begin that count, and where they end. */
  readonly begin: number;
  end: number;
  /** How many were marked before this part, of all there ever were. */
  readonly before: number;
  count: number;
  /** Whether single rows may be added: then the mask is this part's own. */
  readonly isOpen: boolean;
}

const FIRST_CAPACITY = 16;
const MAX_CAPACITY = 1_024;

/** How many of a mask are 1, from an index to before another. */
export function countOnes(mask: Uint8Array, from: number, end: number): number {
  let ones = 0;
  for (let index = from; index < end; index += 1) ones += mask[index] ?? 0;
  return ones;
}

/**
 * Which rows are marked, by position; the newest come at the end and the oldest are let go. It keeps the masks that it is given, and
 * counts: that costs a search of 200,000 rows nothing, where a list of what it found is megabytes to write and to collect.
 */
export class MarkedRows {
  #parts: Part[] = [];
  /** Where those parts begin that are still held. */
  #head = 0;
  #total = 0;
  #forgotten = 0;
  /** Rows before this position are let go. */
  #start = 0;
  /** The row that was asked for last: the next question is mostly about one soon after it. */
  #recent: { readonly part: Part; readonly ordinal: number; readonly index: number } | null = null;

  get count(): number {
    return this.#total - this.#forgotten;
  }

  /** How many marked rows were let go. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Adds the row after the last one, marked or not. */
  addRow(position: number, isMarked: boolean): void {
    const last = this.#parts.at(-1);
    const fits = last?.isOpen === true && position === last.first + last.end && last.end < MAX_CAPACITY;
    const part = fits ? last : this.#addPart(position, new Uint8Array(FIRST_CAPACITY), 0, true);
    if (part.end === part.mask.length) {
      const mask = new Uint8Array(2 * part.mask.length);
      mask.set(part.mask);
      part.mask = mask;
    }
    part.mask[part.end] = isMarked ? 1 : 0;
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
    const part = { first, mask, begin, end: begin, before: this.#total, count: 0, isOpen };
    this.#parts.push(part);
    return part;
  }

  #extend(part: Part, end: number): void {
    const more = countOnes(part.mask, part.end, end);
    part.end = end;
    part.count += more;
    this.#total += more;
  }

  /** Lets go of those before this position. */
  forgetBefore(start: number): void {
    let part = this.#parts[this.#head];
    while (part !== undefined && part.first < start) {
      const from = Math.max(part.begin, this.#start - part.first);
      this.#forgotten += countOnes(part.mask, from, Math.min(part.end, start - part.first));
      if (part.first + part.end > start || this.#head === this.#parts.length - 1) break;
      this.#head += 1;
      part = this.#parts[this.#head];
    }
    this.#start = Math.max(this.#start, start);
    if (this.#head > 100 && this.#head > this.#parts.length / 2) {
      this.#parts = this.#parts.slice(this.#head);
      this.#head = 0;
    }
  }

  /** The position of the how-manieth marked row of those held; -1 where there is none. */
  positionAt(index: number): number {
    if (index < 0 || index >= this.count) return -1;
    const ordinal = this.#forgotten + index;
    const part = this.#lastPart(({ before }) => before <= ordinal);
    if (part === undefined) return -1;
    const { mask, begin, before } = part;
    const recent = this.#recent;
    const goesOn = recent !== null && recent.part === part && recent.ordinal <= ordinal;
    let at = goesOn ? recent.index : begin;
    let missing = ordinal - (goesOn ? recent.ordinal : before);
    while (missing > 0 || mask[at] !== 1) {
      missing -= mask[at] ?? 0;
      at += 1;
    }
    this.#recent = { part, ordinal, index: at };
    return part.first + at;
  }

  /** How many of those held are at this position or after it. */
  countFrom(position: number): number {
    const part = this.#lastPart(({ first, begin }) => first + begin <= position);
    if (part === undefined) return this.count;
    const before = part.before + countOnes(part.mask, part.begin, Math.min(part.end, position - part.first));
    return this.#total - Math.max(before, this.#forgotten);
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

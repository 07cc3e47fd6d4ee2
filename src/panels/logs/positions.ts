import { firstFrom } from './row-layout.ts';

const FIRST_CAPACITY = 1_024;

/** Rising positions of rows. New ones come at the end, and the oldest are let go: both cost the same however many are held. */
export class Positions {
  /** Doubles: a log of 100,000 lines a second has more than 2³² after twelve hours. */
  #values = new Float64Array(FIRST_CAPACITY);
  /** Where in `#values` those begin that are still held, and where they end. */
  #first = 0;
  #end = 0;
  /** How many left `#values` at its beginning. */
  #cut = 0;

  get count(): number {
    return this.#end - this.#first;
  }

  /** How many were let go. */
  get forgotten(): number {
    return this.#cut + this.#first;
  }

  add(position: number): void {
    this.#reserve(1);
    this.#values[this.#end] = position;
    this.#end += 1;
  }

  /** Adds `first + index` for each index from `from` to before `end` that is 1 in the mask. */
  addMarked(mask: Uint8Array, from: number, end: number, first: number): void {
    this.#reserve(end - from);
    const values = this.#values;
    let at = this.#end;
    for (let index = from; index < end; index += 1) {
      if (mask[index] !== 1) continue;
      values[at] = first + index;
      at += 1;
    }
    this.#end = at;
  }

  /** Lets go of those before this position. */
  forgetBefore(position: number): void {
    while (this.#first < this.#end && this.#valueAt(this.#first) < position) this.#first += 1;
  }

  /** -1 where there is none. */
  at(index: number): number {
    return index < 0 || index >= this.count ? -1 : this.#valueAt(this.#first + index);
  }

  /** How many are at this position or after it. */
  countFrom(position: number): number {
    const { count } = this;
    return count - firstFrom(count, (index) => this.#valueAt(this.#first + index) >= position);
  }

  #valueAt(place: number): number {
    return this.#values[place] ?? Number.NaN;
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#values.length) return;
    const held = this.#values.subarray(this.#first, this.#end);
    // Half of it stays free, so that it is moved once for as many as it holds.
    const values = new Float64Array(Math.max(FIRST_CAPACITY, 2 * (held.length + more)));
    values.set(held);
    this.#values = values;
    this.#cut += this.#first;
    this.#end = held.length;
    this.#first = 0;
  }
}

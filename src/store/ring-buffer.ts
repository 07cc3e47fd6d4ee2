/**
 * The last `capacity` items, in order, in one array that never moves: an append is O(1) and allocates nothing.
 * Every item keeps the position at which it was appended (0, 1, 2, …), so that a view can name an item that has since
 * been dropped.
 */
export class RingBuffer<T> {
  readonly capacity: number;
  readonly #slots: (T | undefined)[] = [];
  #appended = 0;
  #dropped = 0;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError(`capacity ${capacity} is not a positive integer`);
    this.capacity = capacity;
  }

  /** How many items are held. */
  get size(): number {
    return this.end - this.start;
  }

  /** The position of the oldest item held. */
  get start(): number {
    return Math.max(0, this.#appended - this.capacity);
  }

  /** The position that the next item gets: how many were ever appended. */
  get end(): number {
    return this.#appended;
  }

  /** How many were pushed out by newer ones. */
  get dropped(): number {
    return this.#dropped;
  }

  append(item: T): void {
    if (this.size === this.capacity) this.#dropped += 1;
    this.#slots[this.#appended % this.capacity] = item;
    this.#appended += 1;
  }

  /** The item at a position, or undefined where it is dropped or not yet there. */
  at(position: number): T | undefined {
    if (position < this.start || position >= this.end) return undefined;
    return this.#slots[position % this.capacity];
  }

  *[Symbol.iterator](): Generator<T> {
    for (let position = this.start; position < this.end; position += 1) {
      yield this.#slots[position % this.capacity] as T;
    }
  }
}

import { RESUMABLE_EVENTS } from '../contract/endpoint.ts';

/**
 * The last `capacity` events of a feed, numbered 1, 2, 3, … without a hole. Readers hold a cursor
 * (the number of the last event they took) and nothing else.
 */
export class EventRing<T> {
  readonly capacity: number;
  #slots: T[] = [];
  #oldest = 1;
  #last = 0;

  constructor(capacity: number = RESUMABLE_EVENTS) {
    this.capacity = capacity;
  }

  /** The number of the oldest event kept; one past `last` where none is. */
  get oldest(): number {
    return this.#oldest;
  }

  /** The number of the newest event, 0 before the first. */
  get last(): number {
    return this.#last;
  }

  append(event: T): void {
    this.#last += 1;
    this.#slots[this.#last % this.capacity] = event;
    if (this.#last - this.#oldest >= this.capacity) this.#oldest = this.#last - this.capacity + 1;
  }

  /** Forgets everything kept; the next event is `sequence + 1`. */
  restartAfter(sequence: number): void {
    this.#slots = [];
    this.#oldest = sequence + 1;
    this.#last = sequence;
  }

  /** Undefined outside `oldest` to `last`. */
  at(sequence: number): T | undefined {
    if (sequence < this.#oldest || sequence > this.#last) return undefined;
    return this.#slots[sequence % this.capacity];
  }
}

import type { StreamEvent } from '../types.ts';

interface Entry<T> {
  readonly event: StreamEvent<T>;
  /** How many messages were appended before it. */
  readonly before: number;
}

/** Messages that wait for the slowest reader at most… */
const MAX_MESSAGES = 20_000;
/** …and events of any kind. */
const MAX_EVENTS = 5_000;

/**
 * What a feed told last, once for all readers: each has a cursor in it, which costs a number and not a queue. Bounded: a
 * reader that is overtaken learns so.
 */
export class EventLog<T> {
  readonly #maxMessages: number;
  readonly #maxEvents: number;
  #entries: Entry<T>[] = [];
  #start = 0;
  #appended = 0;

  constructor({ maxMessages = MAX_MESSAGES, maxEvents = MAX_EVENTS } = {}) {
    this.#maxMessages = maxMessages;
    this.#maxEvents = maxEvents;
  }

  /** The cursor of a reader that has everything. */
  get end(): number {
    return this.#start + this.#entries.length;
  }

  append(event: StreamEvent<T>): void {
    this.#entries.push({ event, before: this.#appended });
    if (event.type === 'chunk') this.#appended += event.messages.length;
    const isFull = this.#entries.length > this.#maxEvents || this.waiting(this.#start) > this.#maxMessages;
    if (isFull) this.#shrink();
  }

  /** What was told from this cursor on; null where some of it is not there any more. */
  since(cursor: number): readonly StreamEvent<T>[] | null {
    if (cursor < this.#start) return null;
    return this.#entries.slice(cursor - this.#start).map(({ event }) => event);
  }

  /** How many messages wait for a reader with this cursor. */
  waiting(cursor: number): number {
    const next = this.#entries[Math.max(0, cursor - this.#start)];
    return next === undefined ? 0 : this.#appended - next.before;
  }

  /** Lets go what every reader has. */
  forgetBefore(cursor: number): void {
    const count = Math.min(cursor, this.end) - this.#start;
    if (count > 0) this.#cut(count);
  }

  /** Lets go an eighth and, if that is not enough, as many as it takes; never the newest. */
  #shrink(): void {
    const newest = this.#entries.length - 1;
    let count = Math.min(newest, Math.max(1, this.#entries.length >> 3));
    while (count < newest && this.waiting(this.#start + count) > this.#maxMessages) count += 1;
    this.#cut(count);
  }

  #cut(count: number): void {
    this.#entries.splice(0, count);
    this.#start += count;
  }
}

import { eventDistance } from './shared/event-order.ts';
import type { RawMessage, StreamEvent } from './types.ts';

/**
 * Whether a stream goes on where it was. A server that can't resume may say so, and one that does not know how says nothing:
 * then IDs that do not follow one another tell it.
 */
export class Continuity {
  #after: string | null = null;
  #isAskedInHeader = true;
  /** The last ID of the chunk before, of the same connection. */
  #lastId: string | null = null;
  /** Until it is seen otherwise: times, offsets and keys of a database leave numbers out, and nothing is missing. */
  #countsByOne = true;

  /**
   * A connection was opened to go on after this event.
   *
   * @param asked.inHeader false where the query alone says so, which the standard does not know
   */
  expect(after: string | null, asked: { readonly inHeader: boolean }): void {
    this.#after = after;
    this.#isAskedInHeader = asked.inHeader;
    this.#lastId = null;
  }

  /** What a chunk was read as, and before it that nobody knows what is missing, where that is so. */
  told<T>(raw: readonly RawMessage[], events: readonly StreamEvent<T>[]): readonly StreamEvent<T>[] {
    const after = this.#after;
    const serverSpoke = events.some(({ type }) => type === 'gap' || type === 'repeated');
    this.#watch(raw, serverSpoke);
    if (after === null) return events;
    if (serverSpoke) {
      this.#after = null;
      return events;
    }
    // A browser that reconnects by itself gives the last ID to what comes before the first new one.
    const first = raw.find(({ id }) => id !== null && id !== '' && id !== after);
    if (first === undefined || first.id === null) return events;
    this.#after = null;
    const distance = eventDistance(after, first.id);
    const tellsNothing = distance === null || (distance > 0 && !this.#countsByOne);
    const goesOn = tellsNothing ? this.#isAskedInHeader : distance === 1;
    return goesOn ? events : [{ type: 'gap', missed: null, atMs: events[0]?.atMs ?? 0 }, ...events];
  }

  /** From one chunk to the next, which is enough, and costs nothing where there are many messages. */
  #watch(raw: readonly RawMessage[], serverSpoke: boolean): void {
    const first = raw.find(({ id }) => id !== null && id !== '' && id !== this.#lastId)?.id ?? null;
    if (this.#lastId !== null && first !== null && !serverSpoke)
      this.#countsByOne &&= eventDistance(this.#lastId, first) === 1;
    this.#lastId = raw.at(-1)?.id ?? this.#lastId;
  }
}

import { RESUMABLE_EVENTS } from '../contract/endpoint.ts';
import type { RawMessage } from './types.ts';

/** Says of each message of a connection, in order, whether the consumer has it from an earlier one. */
export type IsRepeated = (message: RawMessage) => boolean;

/** How much text of past messages is kept to know them again. */
const MAX_KEPT_CHARACTERS = 4 * 1024 * 1024;

interface Kept {
  readonly messages: readonly RawMessage[];
  readonly characters: number;
}

/** Where to go on after a reconnect, and what not to take twice. */
export class ResumePoint {
  readonly #kept: Kept[] = [];
  #keptMessages = 0;
  #keptCharacters = 0;
  #handedId: string | null = null;
  #takenId: string | null;

  /** @param lastEventId the last event that another subscription of the same consumer had. */
  constructor(lastEventId: string | null = null) {
    this.#takenId = lastEventId;
  }

  /** The ID of the last message that the consumer took; null before the first. */
  get lastEventId(): string | null {
    return this.#takenId;
  }

  /** These were handed to the consumer, and this was the last event ID after them; null where there was none. */
  hand(messages: readonly RawMessage[], lastEventId: string | null): void {
    if (lastEventId !== null) this.#handedId = lastEventId;
    if (messages.some(({ id }) => id !== null)) this.#keep(messages);
  }

  /** The consumer has everything that was handed over. */
  confirmTaken(): void {
    // A server takes an ID back with an empty one.
    if (this.#handedId !== null) this.#takenId = this.#handedId === '' ? null : this.#handedId;
  }

  /**
   * For a new connection. A server that does not resume begins with what it sent before: that is left out, up to the
   * first message that is new. From there on the server's numbering is its own, and so it is where the same ID comes
   * with other content: a backend that was started again counts from the start.
   */
  startConnection(): IsRepeated {
    const resumedAfter = this.#takenId;
    if (resumedAfter === null) return () => false;
    let taken: ReadonlyMap<string, readonly unknown[]> | null = null;
    let replaying = true;
    /** How much of what was taken under the ID resumed after has come again, in order. */
    let again = 0;
    return ({ id, data }) => {
      if (!replaying || id === null) return false;
      taken ??= this.#taken();
      if (id === resumedAfter) {
        // A browser that reconnects by itself gives this ID to what names none, too: the first that is new ends it.
        const last = taken.get(id) ?? [data];
        const repeated = again < last.length && last[again] === data;
        again = repeated ? again + 1 : last.length;
        return repeated;
      }
      replaying = taken.get(id)?.includes(data) ?? false;
      return replaying;
    };
  }

  #keep(messages: readonly RawMessage[]): void {
    const characters = messages.reduce(
      (sum, { data }) => sum + (typeof data === 'string' ? data.length : 0),
      0,
    );
    this.#kept.push({ messages, characters });
    this.#keptMessages += messages.length;
    this.#keptCharacters += characters;
    while (
      this.#kept.length > 1 &&
      (this.#keptMessages > RESUMABLE_EVENTS || this.#keptCharacters > MAX_KEPT_CHARACTERS)
    ) {
      const oldest = this.#kept.shift();
      this.#keptMessages -= oldest?.messages.length ?? 0;
      this.#keptCharacters -= oldest?.characters ?? 0;
    }
  }

  /** Several events may have one ID: those after it that name none keep it. */
  #taken(): ReadonlyMap<string, readonly unknown[]> {
    const taken = new Map<string, unknown[]>();
    for (const { id, data } of this.#kept.flatMap(({ messages }) => messages)) {
      const known = id === null ? undefined : taken.get(id);
      if (known !== undefined) known.push(data);
      else if (id !== null) taken.set(id, [data]);
    }
    return taken;
  }
}

import { randomBytes } from 'node:crypto';
import { EventRing } from './event-ring.ts';

/**
 * How a feed's events look on the wire. `payload` is one line of text.
 *
 * A `gap` carries the ID of the last event it stands for, so that a client whose connection drops straight after it
 * resumes behind the gap: what was counted as missed is neither counted again nor lost twice. No other event of the
 * feed ever gets to that client under that ID.
 */
export interface FeedFormat {
  event(id: string, payload: string): string;
  gap(id: string, missed: number | null): string;
}

const eventStreamFormat: FeedFormat = {
  event: (id, payload) => `id: ${id}\ndata: ${payload}\n\n`,
  gap: (id, missed) => `id: ${id}\nevent: gap\ndata: {"missed":${missed}}\n\n`,
};

/** Where a reader starts. */
export interface FeedPosition {
  /** Resume after this event ID; null for a fresh reader. */
  readonly lastEventId: string | null;
  /** How many of the newest events a reader gets first that can't resume. */
  readonly backlog: number;
}

export interface LiveFeedOptions {
  readonly capacity?: number;
  readonly format?: FeedFormat;
  /** Tells this instance's numbering from that of any other. */
  readonly run?: string;
  /** Called before the first reader's place is looked up. */
  readonly onFirstReader?: () => void;
  readonly onLastReader?: () => void;
}

interface Reader {
  /** The number of the last event taken. */
  cursor: number;
  wake: () => void;
}

/** What one pull gives at most, in characters. A longer event still goes out whole. */
const MAX_PULL_LENGTH = 65_536;
const EVENT_ID_PATTERN = /^([a-z0-9]+)-(\d{1,15})$/;

/**
 * The text itself. V8 keeps what was concatenated as a tree until a character of it is asked for; kept 10,000 times over
 * and flattened by each reader, trees cost twice the time and several times the memory (measured).
 */
const inOnePiece = (text: string): string => (Number.isNaN(text.charCodeAt(0)) ? '' : text);

const newRun = (): string => randomBytes(5).toString('hex');

/**
 * One producer, one ring of encoded events, any number of readers with a cursor each: a reader costs a number, not a
 * copy or a queue. One that is overtaken by the ring is told how many it missed and goes on at the oldest event kept.
 */
export class LiveFeed {
  readonly run: string;
  /** The last events, each encoded once for all readers. */
  readonly ring: EventRing<string>;
  readonly #format: FeedFormat;
  readonly #options: LiveFeedOptions;
  readonly #waiting = new Set<Reader>();
  #readers = 0;

  constructor(options: LiveFeedOptions = {}) {
    this.run = options.run ?? newRun();
    this.ring = new EventRing(options.capacity);
    this.#format = options.format ?? eventStreamFormat;
    this.#options = options;
  }

  get readers(): number {
    return this.#readers;
  }

  /** Adds an event. Readers see it at the next `wake`, so that many events cost one wake-up. */
  append(payload: string): void {
    this.ring.append(inOnePiece(this.#format.event(`${this.run}-${this.ring.last + 1}`, payload)));
  }

  wake(): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reader of waiting) reader.wake();
  }

  /**
   * Yields what is due, several events in one string, and waits for more until the signal is aborted.
   *
   * The reader has its place from this call on, whenever it is pulled first: what falls due in between is its own. The
   * place is given up at the abort, or when a reading that was begun ends.
   */
  read(position: FeedPosition, signal: AbortSignal): AsyncGenerator<string, void, void> {
    const reader: Reader = { cursor: 0, wake: () => undefined };
    if (signal.aborted) return this.#follow(reader, '', signal, () => undefined);
    this.#readers += 1;
    const leave = () => {
      signal.removeEventListener('abort', leave);
      this.#leave(reader);
    };
    signal.addEventListener('abort', leave);
    if (this.#readers === 1) this.#options.onFirstReader?.();
    return this.#follow(reader, this.#start(reader, position), signal, leave);
  }

  async *#follow(
    reader: Reader,
    opening: string,
    signal: AbortSignal,
    leave: () => void,
  ): AsyncGenerator<string, void, void> {
    try {
      if (opening !== '') yield opening;
      while (!signal.aborted) {
        const text = this.#take(reader);
        if (text === '') await this.#next(reader);
        else yield text;
      }
    } finally {
      if (!signal.aborted) leave();
    }
  }

  #leave(reader: Reader): void {
    this.#waiting.delete(reader);
    this.#readers -= 1;
    if (this.#readers === 0) this.#options.onLastReader?.();
    reader.wake();
  }

  /** Puts the cursor where the reader goes on; what it can't have is a gap (returned where nobody knows how long). */
  #start(reader: Reader, position: FeedPosition): string {
    const resumed = position.lastEventId === null ? null : this.#sequenceOf(position.lastEventId);
    reader.cursor = resumed ?? Math.max(this.ring.oldest - 1, this.ring.last - position.backlog);
    const unknown = position.lastEventId !== null && resumed === null;
    return unknown ? this.#format.gap(`${this.run}-${reader.cursor}`, null) : '';
  }

  #sequenceOf(eventId: string): number | null {
    const [, run, digits] = EVENT_ID_PATTERN.exec(eventId) ?? [];
    if (run !== this.run || digits === undefined) return null;
    const sequence = Number(digits);
    return sequence <= this.ring.last ? sequence : null;
  }

  #take(reader: Reader): string {
    const { ring } = this;
    let text = '';
    const missed = ring.oldest - 1 - reader.cursor;
    if (missed > 0) {
      reader.cursor += missed;
      text = this.#format.gap(`${this.run}-${reader.cursor}`, missed);
    }
    while (reader.cursor < ring.last && text.length < MAX_PULL_LENGTH) {
      reader.cursor += 1;
      text += ring.at(reader.cursor) ?? '';
    }
    return text;
  }

  #next(reader: Reader): Promise<void> {
    return new Promise((resolve) => {
      reader.wake = resolve;
      this.#waiting.add(reader);
    });
  }
}

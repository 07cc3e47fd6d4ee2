import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { FeedPosition } from '../../src/backend/live-feed.ts';

export interface ReadableFeed {
  read(position: FeedPosition, signal: AbortSignal): AsyncGenerator<string, void, void>;
}

/** Reads a feed's text into events; what has arrived is there after `settled()`. */
export class FeedClient {
  readonly events: EventSourceMessage[] = [];
  readonly ended: Promise<void>;
  readonly #controller = new AbortController();

  constructor(feed: ReadableFeed, lastEventId: string | null = null, backlog = 0) {
    const parser = createParser({ onEvent: (event) => this.events.push(event) });
    this.ended = (async () => {
      for await (const text of feed.read({ lastEventId, backlog }, this.#controller.signal))
        parser.feed(text);
    })();
  }

  get lastEventId(): string | null {
    return this.events.at(-1)?.id ?? null;
  }

  /** The number of each event, gaps left out. */
  get sequences(): number[] {
    return this.events.filter((event) => event.event !== 'gap').map((event) => sequenceOf(event.id));
  }

  /** What each gap says was missed. */
  get gaps(): (number | null)[] {
    return this.events
      .filter((event) => event.event === 'gap')
      .map((event) => (JSON.parse(event.data) as { missed: number | null }).missed);
  }

  async leave(): Promise<void> {
    this.#controller.abort();
    await this.ended;
  }
}

export const sequenceOf = (id: string | undefined): number => Number(id?.split('-')[1]);

/** Lets everything run that waits for nothing but its turn. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** From `first` to `last`, both included. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

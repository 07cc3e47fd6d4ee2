import { createReconnectTrigger } from '../reconnect-trigger.ts';
import { subscribe } from '../subscribe.ts';
import type { StreamEvent } from '../types.ts';
import { afterPlace, type ChangeOver } from './after-place.ts';
import type { FeedKind, FeedPlace, FeedSource } from './feed-kind.ts';
import { feedOptions } from './feed-options.ts';
import { unpacked } from './merge-events.ts';
import type { ConnectionSlots } from './slots.ts';
import type { FeedPost, WorkerReading } from './worker-link.ts';
import type { WorkerLinks } from './worker-links.ts';

/**
 * One who reads a shared feed again and again, and keeps what it read: it remembers how far it was, and gets no message twice.
 */
export interface FeedReader<T> {
  /** The same as `subscribe()`, whoever holds the connection. Ends at the abort. */
  read(source: FeedSource, signal: AbortSignal): AsyncIterable<StreamEvent<T>>;
  /** Connects again without waiting, for all who read the feed. */
  reconnect(): void;
}

export interface FeedReaderOptions {
  readonly links: WorkerLinks;
  readonly slots: ConnectionSlots;
  readonly subscribe?: typeof subscribe;
}

export function createFeedReader<T>(kind: FeedKind<T>, options: FeedReaderOptions): FeedReader<T> {
  let place: FeedPlace | null = null;
  /** What the place is in: URL and token, in memory alone. */
  let placeKey: string | null = null;
  let reconnect: (() => void) | null = null;

  /** A place in one stream says nothing of another; its IDs may even look alike. */
  function begin({ url, token }: FeedSource): void {
    const key = JSON.stringify([url, token]);
    if (placeKey !== key) place = null;
    placeKey = key;
  }

  async function* read(source: FeedSource, signal: AbortSignal): AsyncGenerator<StreamEvent<T>, void> {
    begin(source);
    // Once a link is gone, and not because of this reader, it wants every message that comes after its last.
    let from: FeedPlace | null = null;
    let resumed = kind.resumesWhenReadAgain ? place : null;
    while (!signal.aborted) {
      const link = await options.links.open(signal);
      if (signal.aborted) return;
      if (link === null) {
        yield* readInPage(source, signal, lastEventIdOf(resumed));
        return;
      }
      const reading = link.join(kind.name, source, place, resumed !== null, signal);
      reconnect = reading.reconnect;
      try {
        yield* readPosts(reading as WorkerReading<T>, from, resumed);
      } finally {
        reading.leave();
      }
      from = place;
      resumed = place;
    }
  }

  /**
   * @param from where the reader was in the feed that it read before; null for one that begins
   * @param again where it stopped, for one that begins again
   */
  async function* readPosts(
    reading: WorkerReading<T>,
    from: FeedPlace | null,
    again: FeedPlace | null,
  ): AsyncGenerator<StreamEvent<T>, void> {
    let known = from;
    let changeOver: ChangeOver<T> | null = null;
    for await (const post of reading.posts()) {
      known ??= stoppedBefore(post, again);
      // The worker may have opened another feed meanwhile: for one that slept, or after it died itself.
      if (known !== null && post.place.feedId !== known.feedId) {
        changeOver = afterPlace<T>(known, { conflates: kind.conflate !== undefined });
      }
      known = post.place;
      const events =
        changeOver === null || changeOver.isOver
          ? post.events
          : changeOver.through({ ...post, events: post.events.map((event) => unpacked(event, kind)) });
      for (const event of events) yield event;
      place = post.place;
      reading.acknowledge();
    }
  }

  /** With no worker the page holds the connection itself. */
  async function* readInPage(
    source: FeedSource,
    signal: AbortSignal,
    lastEventId: string | null,
  ): AsyncGenerator<StreamEvent<T>, void> {
    const reconnectTrigger = createReconnectTrigger();
    reconnect = reconnectTrigger.reconnectNow;
    const events = (options.subscribe ?? subscribe)({
      ...feedOptions(kind, source),
      slots: options.slots,
      lastEventId,
      reconnectTrigger,
      signal,
    });
    for await (const event of events) {
      yield event;
      const id = event.type === 'chunk' ? (event.lastEventId ?? event.messages.at(-1)?.id ?? null) : null;
      if (id !== null) place = { ...IN_PAGE, lastEventId: id };
    }
  }

  return {
    read: (source, signal) => ({ [Symbol.asyncIterator]: () => read(source, signal) }),
    reconnect: () => reconnect?.(),
  };
}

/** Where a reader that begins again stopped, if another tab opened the feed meanwhile, and not from there; else null. */
const stoppedBefore = (post: FeedPost<unknown>, again: FeedPlace | null): FeedPlace | null =>
  again !== null && startsElsewhere(post, again) && namesItsRun(again) ? again : null;

/** Whether the feed that a reader has joined had messages before it, or will begin elsewhere than where the reader stopped. */
const startsElsewhere = ({ events: [first], place }: FeedPost<unknown>, again: FeedPlace): boolean =>
  first?.type === 'joined' && (first.view.wire.events > 0 || place.lastEventId !== again.lastEventId);

/** A bare number may be counted anew by each connection: of such IDs nobody can say that they came before. */
const namesItsRun = ({ lastEventId }: FeedPlace): boolean => lastEventId !== null && /\D/.test(lastEventId);

/** In no feed of a worker's. */
const IN_PAGE = { feedId: 'in-page', position: 0, firstEventId: null } as const;

const lastEventIdOf = (place: FeedPlace | null): string | null => place?.lastEventId ?? null;

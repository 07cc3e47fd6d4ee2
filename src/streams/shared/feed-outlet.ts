import type { Clock } from '../clock.ts';
import { weightOfEvent } from '../count-messages.ts';
import type { StreamEvent } from '../types.ts';
import type { FeedPlace } from './feed-kind.ts';
import { mergeEvents } from './merge-events.ts';
import { brokenDown, type FeedReading, type SharedFeed } from './shared-feed.ts';

/** So many posts may be under way to a page that has not said that it took them. */
const MAX_IN_FLIGHT = 2;
/** A post a frame: more would cost the page more than they tell. */
const POST_INTERVAL_MS = 16;
/** After one that held much: where so much comes, nobody sees each frame of it, and fewer posts cost less. */
const HEAVY_POST_INTERVAL_MS = 50;
const HEAVY_POST_MESSAGES = 100;
/** A page that took nothing for so long is frozen or dead, and holds the feed no more. */
export const PATIENCE_MS = 30_000;
/** A feed that is silent asks its readers now and then whether they are there. */
const PROBE_INTERVAL_MS = 10_000;

export interface OutletOptions<T> {
  readonly feed: SharedFeed<T>;
  readonly tabId: string;
  /** The reader's place in this or another feed; null for a newcomer. */
  readonly place: FeedPlace | null;
  readonly clock: Clock;
  readonly post: (events: readonly StreamEvent<T>[], place: FeedPlace) => void;
  readonly onSilent: () => void;
}

/** The end of a shared feed at one page: it posts as the page takes, and lets wait in the feed's log what it does not. */
export class FeedOutlet<T> implements FeedReading {
  readonly tabId: string;
  readonly #options: OutletOptions<T>;
  #cursor: number;
  #caughtUp = false;
  #place: FeedPlace;
  #inFlight = 0;
  #dropped = 0;
  #isBroken = false;
  readonly #joinedAt: number;
  #nextPostMs = Number.NEGATIVE_INFINITY;
  #cancelPost: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;

  constructor(options: OutletOptions<T>) {
    const { feed, place } = options;
    this.#options = options;
    this.tabId = options.tabId;
    this.#cursor = feed.log.end;
    this.#joinedAt = feed.position;
    this.#place = place?.feedId === feed.id ? place : { ...feed.place, position: 0 };
    this.#dropped = place?.feedId === feed.id ? 0 : -1;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get place(): FeedPlace {
    return this.#place;
  }

  notify(): void {
    if (this.#isBroken || this.#inFlight >= MAX_IN_FLIGHT || this.#cancelPost !== null) return;
    const { clock } = this.#options;
    const waitMs = this.#nextPostMs - clock.nowMs();
    if (waitMs <= 0) this.#post();
    else {
      this.#cancelPost = clock.after(waitMs, () => {
        this.#cancelPost = null;
        this.#post();
      });
    }
  }

  /** The page took one post. */
  acknowledge(): void {
    this.#inFlight = Math.max(0, this.#inFlight - 1);
    this.#watch();
    this.notify();
  }

  close(): void {
    this.#cancelPost?.();
    this.#cancelWatch?.();
  }

  #post(): void {
    // What was before a newcomer's time is not lost to it.
    const from = this.#caughtUp || this.#dropped >= 0 ? this.#place.position : this.#joinedAt;
    try {
      const events = this.#take();
      if (events.length > 0) this.#send(events);
    } catch (error) {
      this.#breakDown(error, from);
    }
  }

  /**
   * What can't be made ready or cloned ends this reading, not the feed of all others, and its page is told what it lost. It may
   * read again: that goes on behind it.
   */
  #breakDown(error: unknown, from: number): void {
    const { clock, feed, post } = this.#options;
    this.#isBroken = true;
    this.close();
    this.#place = feed.place;
    // It holds nothing any more: neither what waits in the log, nor the connection.
    feed.leave(this);
    const atMs = clock.nowMs();
    const count = feed.position - from;
    const lost = count > 0 ? [{ type: 'dropped', count, atMs } as const] : [];
    post([...lost, brokenDown(error, atMs)], this.#place);
  }

  #send(events: readonly StreamEvent<T>[]): void {
    const { clock, post } = this.#options;
    this.#inFlight += 1;
    const messages = events.reduce((sum, event) => sum + weightOfEvent(event), 0);
    this.#nextPostMs =
      clock.nowMs() + (messages > HEAVY_POST_MESSAGES ? HEAVY_POST_INTERVAL_MS : POST_INTERVAL_MS);
    this.#watch();
    post(events, this.#place);
  }

  #take(): readonly StreamEvent<T>[] {
    const { feed } = this.#options;
    const told = this.#caughtUp ? feed.log.since(this.#cursor) : null;
    const events = told === null ? this.#catchUp() : mergeEvents(told, feed.kind);
    this.#cursor = feed.log.end;
    this.#caughtUp = true;
    this.#place = feed.place;
    feed.trim();
    return events;
  }

  /** The feed's state instead of its story: for one who comes, and for one who was overtaken. */
  #catchUp(): readonly StreamEvent<T>[] {
    const { feed } = this.#options;
    const { position } = this.#place;
    // What was before a newcomer's time is not lost to it.
    const isNewcomer = this.#dropped < 0;
    const count = isNewcomer ? 0 : feed.droppedFrom(position);
    const before = Math.max(0, this.#dropped);
    this.#dropped = before + count;
    return feed.catchUp(position, { before, now: count });
  }

  #watch(): void {
    const { clock, onSilent } = this.#options;
    this.#cancelWatch?.();
    if (this.#isBroken) return;
    this.#cancelWatch =
      this.#inFlight > 0
        ? clock.after(PATIENCE_MS, onSilent)
        : clock.after(PROBE_INTERVAL_MS, () => this.#send([]));
  }
}

import type { TimedFeed } from './timed-feed.ts';

/** Feeds nobody reads cost next to nothing; the bound is there because anyone can ask for any parameters. */
const MAX_FEEDS = 256;

/**
 * Feeds by their parameters, so that readers with the same ones share a feed and a reconnecting one finds its own.
 * Past the bound the one unused for longest goes, and starts a new run if it is asked for again; one that is being
 * read never goes.
 */
export class FeedRegistry {
  readonly #feeds = new Map<string, TimedFeed>();
  readonly #capacity: number;

  constructor(capacity: number = MAX_FEEDS) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#feeds.size;
  }

  get(key: string, create: () => TimedFeed): TimedFeed {
    const feed = this.#feeds.get(key) ?? create();
    // A map iterates in the order of insertion: the first key is the one asked for longest ago.
    this.#feeds.delete(key);
    this.#feeds.set(key, feed);
    if (this.#feeds.size > this.#capacity) this.#evict(feed);
    return feed;
  }

  #evict(newest: TimedFeed): void {
    for (const [key, feed] of this.#feeds) {
      if (this.#feeds.size <= this.#capacity) return;
      if (feed.readers === 0 && feed !== newest) this.#feeds.delete(key);
    }
  }
}

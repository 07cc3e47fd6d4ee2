import { type Clock, systemClock } from '../clock.ts';
import { subscribe } from '../subscribe.ts';
import type { FeedKind, FeedPlace, FeedSource } from './feed-kind.ts';
import { FeedOutlet } from './feed-outlet.ts';
import { newId } from './new-id.ts';
import type { FeedPort, PageMessage, WorkerMessage } from './port-messages.ts';
import { type FeedEnvironment, SharedFeed } from './shared-feed.ts';
import type { ConnectionSlots } from './slots.ts';
import { holdLockIfAllowed, type WebLocks } from './web-lock.ts';

export type PagePort = FeedPort<WorkerMessage, PageMessage>;
type EventOf<E extends PageMessage['type']> = Extract<PageMessage, { type: E }>;

export interface FeedHubOptions {
  // biome-ignore lint/suspicious/noExplicitAny: each kind's messages are its own; only its panel reads them
  readonly kinds: readonly FeedKind<any>[];
  readonly slots: ConnectionSlots;
  readonly locks: WebLocks | null;
  readonly clock?: Clock;
  readonly timeOriginMs?: number;
  readonly subscribe?: FeedEnvironment['subscribe'];
}

/** Holds each live feed once, for all the pages that connect. */
export interface FeedHub {
  connect(port: PagePort): void;
}

export function createFeedHub(options: FeedHubOptions): FeedHub {
  const life = holdLifeLock(options.locks);
  const feeds = new FeedShelf(options);
  return {
    connect(port) {
      const page = new ConnectedPage(port, feeds, options);
      port.receive((message) => page.receive(message));
      const { timeOriginMs = performance.timeOrigin, clock = systemClock } = options;
      // Said only once the lock is held: a page that asks for it earlier would take it for a dead worker's.
      void life.then((lock) => port.send({ type: 'welcome', timeOriginMs, nowMs: clock.nowMs(), lock }));
    },
  };
}

/** The name of a lock that is held as long as the worker lives; null where there are none to be had. */
async function holdLifeLock(locks: WebLocks | null): Promise<string | null> {
  if (locks === null) return null;
  const name = `streamscope-feeds-${newId()}`;
  return (await holdLockIfAllowed(locks, name)) === null ? null : name;
}

/** The feeds that are open: one for each kind, URL and token. */
class FeedShelf {
  readonly #kinds: ReadonlyMap<string, FeedKind<unknown>>;
  readonly #environment: FeedEnvironment;
  readonly #feeds = new Map<string, SharedFeed<unknown>>();

  constructor({ kinds, slots, clock = systemClock, ...options }: FeedHubOptions) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#environment = { slots, nowMs: clock.nowMs, subscribe: options.subscribe ?? subscribe };
  }

  open(kindName: string, source: FeedSource, resumeAfter: string | null): SharedFeed<unknown> {
    const kind = this.#kinds.get(kindName);
    if (kind === undefined) throw new Error(`no feed is called ${kindName}`);
    // In memory alone, as the token is.
    const key = JSON.stringify([kindName, source.url, source.token, source.fast]);
    const open = this.#feeds.get(key);
    if (open && open.readers > 0) return open;
    const feed = new SharedFeed(kind, source, this.#environment, resumeAfter);
    this.#feeds.set(key, feed);
    return feed;
  }

  forgetUnread(): void {
    for (const [key, feed] of this.#feeds) if (feed.readers === 0) this.#feeds.delete(key);
  }
}

/** What a page reads: `asleep` is one that was not heard of for so long that it holds no feed. */
interface PageReading {
  readonly kind: string;
  readonly source: FeedSource;
  feed: SharedFeed<unknown>;
  outlet: FeedOutlet<unknown>;
  status: 'awake' | 'asleep';
}

class ConnectedPage {
  readonly #port: PagePort;
  readonly #feeds: FeedShelf;
  readonly #clock: Clock;
  readonly #locks: WebLocks | null;
  readonly #readings = new Map<number, PageReading>();
  readonly #gone = new AbortController();
  #tabId = newId();

  constructor(port: PagePort, feeds: FeedShelf, { clock = systemClock, locks }: FeedHubOptions) {
    this.#port = port;
    this.#feeds = feeds;
    this.#clock = clock;
    this.#locks = locks;
  }

  receive(message: PageMessage): void {
    switch (message.type) {
      case 'hello':
        this.#tabId = message.tabId;
        break;
      case 'page-lock':
        void this.#watch(message.name);
        break;
      case 'join':
        this.#join(message);
        break;
      case 'leave':
        this.#leave(message.reading);
        break;
      case 'reconnect':
        this.#readings.get(message.reading)?.feed.reconnect();
        break;
      case 'acknowledge':
        this.#acknowledge(message.reading);
        break;
      case 'bye':
        this.#end();
        break;
    }
  }

  /** The browser gives the lock to the worker when the page has died, however it did. */
  async #watch(name: string): Promise<void> {
    if (this.#locks === null) return;
    const release = await holdLockIfAllowed(this.#locks, name, { signal: this.#gone.signal });
    if (release === null) return;
    release();
    this.#end();
  }

  #join({ reading, kind, source, place, resume }: EventOf<'join'>): void {
    const feed = this.#feeds.open(kind, source, resume ? (place?.lastEventId ?? null) : null);
    const outlet = this.#openOutlet(reading, feed, place);
    this.#readings.set(reading, { kind, source, feed, outlet, status: 'awake' });
    feed.join(outlet, resume ? (place?.lastEventId ?? null) : null);
    outlet.notify();
  }

  #openOutlet(reading: number, feed: SharedFeed<unknown>, place: FeedPlace | null): FeedOutlet<unknown> {
    return new FeedOutlet({
      feed,
      place,
      tabId: this.#tabId,
      clock: this.#clock,
      post: (events, after) => this.#port.send({ type: 'post', reading, events, place: after }),
      onSilent: () => this.#putToSleep(reading),
    });
  }

  #acknowledge(number: number): void {
    const reading = this.#readings.get(number);
    if (reading?.status === 'awake') reading.outlet.acknowledge();
    else if (reading) this.#wake(number, reading);
  }

  #putToSleep(number: number): void {
    const reading = this.#readings.get(number);
    if (reading === undefined) return;
    reading.status = 'asleep';
    this.#close(reading);
  }

  /** It is there after all: it goes on where it was, on the same feed or on a new one. */
  #wake(number: number, { kind, source, outlet }: PageReading): void {
    this.#join({ type: 'join', reading: number, kind, source, place: outlet.place, resume: true });
  }

  #leave(number: number): void {
    const reading = this.#readings.get(number);
    if (reading === undefined) return;
    this.#readings.delete(number);
    this.#close(reading);
  }

  #close({ feed, outlet }: PageReading): void {
    outlet.close();
    feed.leave(outlet);
    this.#feeds.forgetUnread();
  }

  #end(): void {
    for (const number of [...this.#readings.keys()]) this.#leave(number);
    this.#gone.abort();
    this.#port.close();
  }
}

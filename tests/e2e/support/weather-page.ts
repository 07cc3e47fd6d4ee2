/**
 * The stream layer alone, in a page of its own: what the weather tests drive by `window.weather`. Bundled by
 * `weather-bundle.ts`.
 */
import { EVENT_STREAM } from '../../../src/streams/checked-response.ts';
import type { Clock } from '../../../src/streams/clock.ts';
import { foldConnection, initialConnectionView } from '../../../src/streams/connection-view.ts';
import { createSseDecoder } from '../../../src/streams/decoders/sse.ts';
import { subscribe } from '../../../src/streams/subscribe.ts';
import { createEventSourceTransport } from '../../../src/streams/transports/event-source.ts';
import { createFetchEventSourceTransport } from '../../../src/streams/transports/fetch-event-source.ts';
import { createFetchTransport } from '../../../src/streams/transports/fetch-stream.ts';
import type {
  ConnectionState,
  ConnectionView,
  RawMessage,
  StreamEvent,
  Transport,
} from '../../../src/streams/types.ts';

export type TransportChoice = 'EventSource' | 'fetch-event-source' | 'fetch';

export interface FeedOptions {
  readonly url: string;
  readonly transport: TransportChoice;
  /** How many times faster than the wall clock the waits of the connection machine pass. */
  readonly timesFaster?: number;
  /** Null where time passes too fast for a silence to mean anything. */
  readonly inactivityTimeoutMs?: null;
}

/** IDs in order: a stretch with none lost and none twice, or what the server said is missing. */
export type Stretch =
  | { readonly run: string; readonly first: number; to: number }
  | { readonly missed: number | null };

export interface FeedLook {
  readonly stretches: readonly Stretch[];
  /** With the wait that each promised, in milliseconds of the feed's clock. */
  readonly states: readonly { readonly state: ConnectionState; readonly waitMs: number | null }[];
  readonly view: ConnectionView;
}

export interface ReadOutcome {
  readonly events: readonly RawMessage[];
  readonly lastEventId: string | null;
  readonly retryMs: number | null;
}

export interface WeatherPage {
  open(name: string, options: FeedOptions): void;
  look(name: string): FeedLook;
  /** Resolves as soon as the feed has got so far in its run. */
  untilSequence(name: string, sequence: number): Promise<void>;
  untilStatus(name: string, status: ConnectionState['status']): Promise<void>;
  untilMissed(name: string): Promise<void>;
  /** Until its first connection is over, or refused. */
  untilSettled(name: string): Promise<void>;
  close(name: string): void;
  /** One connection, to its end. */
  read(url: string, transport: TransportChoice, eventTypes: readonly string[]): Promise<ReadOutcome>;
  /** Many, a few of them at a time. */
  readAll(
    urls: readonly string[],
    transport: TransportChoice,
    eventTypes: readonly string[],
  ): Promise<readonly ReadOutcome[]>;
}

declare global {
  interface Window {
    weather: WeatherPage;
  }
}

const ownNow = () => performance.now();

const transports: Record<TransportChoice, (eventTypes: readonly string[], nowMs: () => number) => Transport> =
  {
    EventSource: (eventTypes, nowMs) => createEventSourceTransport({ eventTypes, nowMs }),
    'fetch-event-source': () => createFetchEventSourceTransport(),
    fetch: () => createFetchTransport({ decoder: createSseDecoder, expect: EVENT_STREAM }),
  };

class Feed {
  readonly #controller = new AbortController();
  readonly #waiters = new Set<() => void>();
  readonly stretches: Stretch[] = [];
  readonly states: { state: ConnectionState; waitMs: number | null }[] = [];
  view = initialConnectionView;

  constructor({ url, transport, timesFaster = 1, inactivityTimeoutMs }: FeedOptions) {
    const clock: Clock = {
      nowMs: () => performance.now() * timesFaster,
      after(delayMs, callback) {
        const timer = setTimeout(callback, delayMs / timesFaster);
        return () => clearTimeout(timer);
      },
    };
    const events = subscribe<string>({
      request: { url },
      transport: transports[transport]([], clock.nowMs),
      parse: ({ data }) => ({ ok: true, value: String(data) }),
      signal: this.#controller.signal,
      lifetime: 'endless',
      reconnect: 'always',
      clock,
      inactivityTimeoutMs,
    });
    void this.#take(events);
  }

  get sequence(): number {
    const last = this.stretches.at(-1);
    return last !== undefined && 'to' in last ? last.to : 0;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  close(): void {
    this.#controller.abort();
  }

  async #take(events: AsyncIterable<StreamEvent<string>>): Promise<void> {
    for await (const event of events) {
      this.view = foldConnection(this.view, [event]);
      if (event.type === 'status') this.#takeState(event.state, event.atMs);
      else if (event.type === 'gap') this.stretches.push({ missed: event.missed });
      else if (event.type === 'chunk') for (const { id } of event.messages) this.#takeId(id ?? '');
      for (const resolve of this.#waiters) resolve();
      this.#waiters.clear();
    }
  }

  #takeState(state: ConnectionState, atMs: number): void {
    this.states.push({ state, waitMs: state.status === 'reconnecting' ? state.retryAtMs - atMs : null });
  }

  #takeId(id: string): void {
    const [run = '', digits = ''] = id.split('-');
    const sequence = Number(digits);
    const last = this.stretches.at(-1);
    if (last !== undefined && 'to' in last && last.run === run && last.to + 1 === sequence)
      last.to = sequence;
    else this.stretches.push({ run, first: sequence, to: sequence });
  }
}

/** A browser has six for one host. */
const CONNECTIONS = 5;

const feeds = new Map<string, Feed>();

function feed(name: string): Feed {
  const found = feeds.get(name);
  if (found === undefined) throw new Error(`no feed ${name}`);
  return found;
}

window.weather = {
  open: (name, options) => void feeds.set(name, new Feed(options)),
  look: (name) => {
    const { stretches, states, view } = feed(name);
    return { stretches, states, view };
  },
  untilSequence: (name, sequence) => feed(name).until(() => feed(name).sequence >= sequence),
  untilStatus: (name, status) => feed(name).until(() => feed(name).view.state.status === status),
  untilMissed: (name) =>
    feed(name).until(() => {
      const { stretches } = feed(name);
      const last = stretches.at(-1);
      return stretches.some((one) => 'missed' in one) && last !== undefined && 'to' in last;
    }),
  untilSettled: (name) =>
    feed(name).until(() => ['reconnecting', 'ended', 'failed'].includes(feed(name).view.state.status)),
  close: (name) => feed(name).close(),
  async read(url, transport, eventTypes) {
    const { signal } = new AbortController();
    const events: RawMessage[] = [];
    let lastEventId: string | null = null;
    let retryMs: number | null = null;
    for await (const event of transports[transport](eventTypes, ownNow).open(
      { url },
      { signal, lastEventId: null },
    )) {
      if (event.type === 'reconnection-time') retryMs = event.delayMs;
      if (event.type !== 'chunk') continue;
      events.push(...event.messages);
      lastEventId = event.lastEventId ?? event.messages.at(-1)?.id ?? lastEventId;
    }
    return { events, lastEventId, retryMs };
  },
  async readAll(urls, transport, eventTypes) {
    const outcomes: ReadOutcome[] = [];
    let next = 0;
    const readOn = async () => {
      for (let index = next++; index < urls.length; index = next++)
        outcomes[index] = await window.weather.read(urls[index] ?? '', transport, eventTypes);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, readOn));
    return outcomes;
  },
};

import { childController } from '../abort.ts';
import { EVENT_STREAM, fetchChecked } from '../checked-response.ts';
import { systemClock } from '../clock.ts';
import {
  type RawMessage,
  type ResponseFacts,
  StreamError,
  type StreamRequest,
  type Transport,
  type TransportEvent,
  type TransportOptions,
} from '../types.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { type ScheduleTask, scheduleTask } from './schedule-task.ts';

/** What of `EventSource` is used, so that a test can stand in for it. */
export type EventSourceConstructor = new (
  url: string,
) => {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
};

export interface EventSourceOptions {
  /** The event types to listen for beside `message`, `gap` and `error`: `EventSource` delivers no others. */
  readonly eventTypes?: readonly string[];
  /** How many events wait for a reader that does not pull; older ones are dropped, and counted. */
  readonly maxWaiting?: number;
  readonly EventSource?: EventSourceConstructor;
  /** Asks the same URL after a refusal, because `EventSource` does not tell the status. */
  readonly fetch?: typeof fetch;
  readonly nowMs?: () => number;
  /** When events that came together are handed over together. */
  readonly schedule?: ScheduleTask;
}

const DEFAULT_MAX_WAITING = 20_000;
/**
 * What a browser took to reconnect is its reconnection time and the way to the server: of a host that is switched off, minutes.
 * No more of it than this is asked of the tries after it.
 */
const MAX_BROWSER_WAIT_MS = 30_000;
/** `EventSource.CLOSED`: the browser will not try again, because the answer was no event stream. */
const CLOSED = 2;

/** The browser's own `EventSource`, in a page or a worker. It hides status, headers, comments and bytes. */
export function createEventSourceTransport(config: EventSourceOptions = {}): Transport {
  const browserWait: BrowserWait = { lastMs: null };
  return {
    name: 'EventSource',
    seesBytes: false,
    open: (request, options) => openConnection(request, options, config, browserWait),
  };
}

/** How long the browser last took to reconnect, or to fail to: its reconnection time, and the way to the server. */
interface BrowserWait {
  lastMs: number | null;
}

async function* openConnection(
  request: StreamRequest,
  { signal, lastEventId, mayBrowserReconnect = () => false }: TransportOptions,
  config: EventSourceOptions,
  browserWait: BrowserWait,
): AsyncGenerator<TransportEvent, void> {
  if (signal.aborted) return;
  const { nowMs = systemClock.nowMs, schedule = scheduleTask } = config;
  const url = resumeUrl(request.url, lastEventId);
  const { controller, release } = childController(signal);
  const inbox = createInbox(config.maxWaiting ?? DEFAULT_MAX_WAITING, nowMs, schedule);
  controller.signal.addEventListener('abort', inbox.end, { once: true });
  const source = connect(url, { inbox, config, nowMs, browserWait, lastEventId, mayBrowserReconnect });
  controller.signal.addEventListener('abort', source.close, { once: true });
  try {
    for (;;) {
      await inbox.filled();
      if (controller.signal.aborted) return;
      // Looked at first: what comes while the reader has the events is taken in the next turn, the end after it.
      const closing = inbox.closing();
      yield* inbox.takeEvents();
      if (closing === null) continue;
      if (closing === 'refused') {
        const asked = resumeUrl(request.url, source.lastEventId());
        const response = await askWhyRefused(request, asked, controller.signal, config);
        if (response !== null) yield { type: 'response', response, atMs: nowMs() };
        return;
      }
      if (closing === 'unreachable')
        throw new StreamError('network', `No answer from ${new URL(url).origin}.`);
      return;
    }
  } finally {
    source.close();
    inbox.close();
    release();
  }
}

interface ConnectOptions {
  readonly inbox: Inbox;
  readonly config: EventSourceOptions;
  readonly nowMs: () => number;
  readonly browserWait: BrowserWait;
  readonly lastEventId: string | null;
  readonly mayBrowserReconnect: () => boolean;
}

interface NativeSource {
  close(): void;
  /** The one that the browser knows, or else the one that was asked for. */
  lastEventId(): string | null;
}

function connect(
  url: string,
  { inbox, config, nowMs, browserWait, lastEventId, mayBrowserReconnect }: ConnectOptions,
): NativeSource {
  const { eventTypes = [], EventSource = globalThis.EventSource } = config;
  const source = new EventSource(url);
  let opened = false;
  let interruptedAtMs: number | null = null;
  let id: string | null = null;

  const receive = (event: Event) => {
    const message = event as MessageEvent<string>;
    // The browser says '' before the first ID as well as after a reset.
    if (message.lastEventId !== '') id = message.lastEventId;
    else if (id !== null) id = '';
    inbox.put({ id, event: event.type, data: message.data } satisfies RawMessage);
  };

  /** The browser hides a stream's `retry`: this is as near as a page comes to it. */
  const endBrowserWait = (hasFailed: boolean) => {
    if (interruptedAtMs === null) return;
    const atMs = nowMs();
    // The way to a host that is not there says nothing of what the server asks for.
    const mostMs = hasFailed ? (browserWait.lastMs ?? MAX_BROWSER_WAIT_MS) : MAX_BROWSER_WAIT_MS;
    const delayMs = Math.min(mostMs, atMs - interruptedAtMs);
    interruptedAtMs = null;
    browserWait.lastMs = delayMs;
    inbox.tell({ type: 'reconnection-time', delayMs, atMs });
  };
  const leaveToBrowser = () => {
    const atMs = nowMs();
    const expectedAtMs = browserWait.lastMs === null ? null : atMs + browserWait.lastMs;
    opened = false;
    interruptedAtMs = atMs;
    inbox.tell({ type: 'interrupted', expectedAtMs, atMs });
  };

  for (const type of new Set(['message', 'gap', ...eventTypes])) {
    if (type !== 'error' && type !== 'open') source.addEventListener(type, receive);
  }
  source.addEventListener('open', (event) => {
    // An event stream may have an event type `open`, too.
    if ('data' in event) return receive(event);
    endBrowserWait(false);
    opened = true;
    inbox.tell({ type: 'response', response: null, atMs: nowMs() });
  });
  source.addEventListener('error', (event) => {
    if ('data' in event) return receive(event);
    const refused = source.readyState === CLOSED;
    // Once, and not again before the reader knows: a reconnection time of 0 must not become a hot loop.
    if (opened && !refused && !inbox.holds('interrupted') && mayBrowserReconnect()) {
      leaveToBrowser();
      return;
    }
    // The browser would reconnect all the same.
    source.close();
    endBrowserWait(true);
    if (refused && !opened) inbox.close('refused');
    else inbox.close(opened ? 'closed' : 'unreachable');
  });
  return { close: () => source.close(), lastEventId: () => id ?? lastEventId };
}

/** `EventSource` can't set the Last-Event-ID header of its first request. */
function resumeUrl(url: string, lastEventId: string | null): string {
  let resumed: URL;
  try {
    resumed = new URL(url);
  } catch (cause) {
    throw new StreamError('request', `${url} is no URL.`, { cause });
  }
  if (lastEventId !== null) resumed.searchParams.set('lastEventId', lastEventId);
  return resumed.href;
}

/**
 * What was wrong with the answer: the facts of one that ends the stream in good order (204), or null when the signal
 * aborts first.
 *
 * @throws StreamError for any other. Where the same request is fine a moment later, a new connection may help.
 */
async function askWhyRefused(
  request: StreamRequest,
  url: string,
  signal: AbortSignal,
  { fetch = globalThis.fetch.bind(globalThis) }: EventSourceOptions,
): Promise<ResponseFacts | null> {
  const probe = childController(signal);
  try {
    const answer = await fetchChecked({ ...request, url }, EVENT_STREAM, {
      fetch,
      signal: probe.controller.signal,
      headers: { accept: 'text/event-stream' },
    });
    if (answer === null || answer.facts.status === 204) return answer?.facts ?? null;
  } finally {
    probe.release();
    probe.controller.abort();
  }
  throw new StreamError('network', 'The browser refused the stream, but the same request is fine now.');
}

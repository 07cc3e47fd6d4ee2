/**
 * The words that transports, the connection machine and the panels share.
 *
 * Times named `…AtMs` are milliseconds on `performance.now()`'s clock of the context that read the bytes.
 */

/** How the bytes are fetched, as the *Transport* term of a wire view shows it. */
export type TransportName = 'EventSource' | 'fetch-event-source' | 'fetch';

/** The status line and headers of a response. `null` stands where a transport can't see them (EventSource). */
export interface ResponseFacts {
  readonly status: number;
  readonly url: string;
  readonly contentType: string | null;
  /** Of `Content-Length`; null where the length is not known or the body is compressed. */
  readonly contentLength: number | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** One message as its decoder cut it: an event of an event stream, or a row, line or piece of text. */
export interface RawMessage {
  /** The last event ID at its dispatch; null for formats that have none, and before the first. */
  readonly id: string | null;
  /** The event type; `message` for formats that have none. */
  readonly event: string;
  /** Text for event streams, lines and text; bytes for files; a parsed value for JSON arrays and CSV rows. */
  readonly data: unknown;
}

/** A message that passed its schema. */
export interface StreamMessage<T> {
  readonly id: string | null;
  readonly event: string;
  readonly value: T;
}

/** What a transport says of one connection, in order. Its end is a clean close; a failure is a thrown `StreamError`. */
export type TransportEvent =
  | { readonly type: 'response'; readonly response: ResponseFacts | null; readonly atMs: number }
  /** One `read()`: its bytes (null where they can't be seen) and the messages that it completed. */
  | {
      readonly type: 'chunk';
      readonly byteLength: number | null;
      readonly messages: readonly RawMessage[];
      readonly atMs: number;
      /** The last event ID after this chunk, where a block with no data moved it on after the last message. */
      readonly lastEventId?: string;
      /** How many comments it held, where there were any. */
      readonly comments?: number;
    }
  /** A valid `retry` field, or how long a browser took until it reconnected by itself. */
  | { readonly type: 'reconnection-time'; readonly delayMs: number; readonly atMs: number }
  /**
   * The connection is gone, and the browser opens it again by itself: a response follows, or the end. `expectedAtMs` is
   * when, as far as earlier times tell; null where there was none.
   */
  | { readonly type: 'interrupted'; readonly expectedAtMs: number | null; readonly atMs: number }
  /** Messages that a bounded queue had to let go because nobody pulled. */
  | { readonly type: 'dropped'; readonly count: number; readonly atMs: number };

/** What to ask for. `url` is absolute. */
export interface StreamRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One way of opening a connection. Each call is one connection, unless a browser that may reconnects it by itself. */
export interface Transport {
  readonly name: TransportName;
  /** False where response headers, bytes and comments are hidden from the page (EventSource). */
  readonly seesBytes: boolean;
  /**
   * Opens a connection, and yields what comes. Pulling is reading: while nobody pulls, a transport that can does not
   * read. Aborting the signal closes the connection and ends the iteration without an error.
   */
  open(request: StreamRequest, options: TransportOptions): AsyncIterable<TransportEvent>;
}

export interface TransportOptions {
  readonly signal: AbortSignal;
  /** Where to go on: the ID of the last message that the consumer took. */
  readonly lastEventId: string | null;
  /** Asked at the moment when an open connection is gone: whether a browser that would reconnect it may. Default: no. */
  readonly mayBrowserReconnect?: () => boolean;
}

/** What of a connection can go wrong, and whether a new connection may help. */
export type StreamErrorKind =
  /** No connection, or one that broke. */
  | 'network'
  /** A status other than 200. */
  | 'status'
  /** Not the media type that the stream has. */
  | 'content-type'
  /** The request itself can't be made: a URL that is none, a method with no body. */
  | 'request'
  /** A body that can't be decoded. */
  | 'decode';

/** The one error of this layer. Aborting is not an error. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly kind: StreamErrorKind;
  /** The HTTP status, for `status`; else null. */
  readonly status: number | null;
  /** Milliseconds of a `Retry-After` header, where there is one. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: StreamErrorKind,
    message: string,
    options: { status?: number; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Why a stream is in the state it is in, as plain values that cross a port. */
export interface Failure {
  readonly kind: StreamErrorKind;
  /** The stream had begun: it is not that nobody answers. */
  readonly interrupted?: true;
  readonly status: number | null;
  readonly message: string;
}

/** One word each, on screen and in code. */
export type ConnectionStatus =
  | 'idle'
  | 'connecting'
  | 'live'
  | 'stalled'
  | 'reconnecting'
  | 'paused'
  | 'ended'
  | 'failed';

/** What a next try waits for that is no time of ours. */
export type ReconnectWait = 'network' | 'page' | 'browser';

/** The state of a connection: `status` tags it. */
export type ConnectionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'live'; readonly attempt: number }
  | { readonly status: 'stalled'; readonly attempt: number; readonly silentSinceMs: number }
  /** `failure` is null where the server closed the stream cleanly. `retryAtMs` is on `performance.now()`'s clock. */
  | {
      readonly status: 'reconnecting';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly failure: Failure | null;
      /**
       * Left out while `retryAtMs` is what it waits for. Else there is no network, the page is put away, or the browser
       * reconnects by itself, and `retryAtMs` is when it is expected to: not later than now where nobody knows.
       */
      readonly waitingFor?: ReconnectWait;
    }
  | { readonly status: 'paused'; readonly attempt: number }
  | { readonly status: 'ended'; readonly reason: 'complete' | 'stopped' | 'no-content' }
  | { readonly status: 'failed'; readonly failure: Failure };

/** Everything a subscription tells, in the order in which it happened. Plain values that cross a port. */
export type StreamEvent<T> =
  | { readonly type: 'status'; readonly state: ConnectionState; readonly atMs: number }
  /** A request was sent. TTFB and time to first event count from here. */
  | {
      readonly type: 'request';
      readonly transport: TransportName;
      readonly seesBytes: boolean;
      readonly atMs: number;
      /** The browser sent it by itself: `atMs` is when it was answered. */
      readonly byBrowser?: true;
    }
  | { readonly type: 'response'; readonly response: ResponseFacts | null; readonly atMs: number }
  /** One chunk: its bytes and the messages that it completed (none, where it ends in the middle of one). */
  | {
      readonly type: 'chunk';
      readonly byteLength: number | null;
      readonly messages: readonly StreamMessage<T>[];
      readonly atMs: number;
      /** The last event ID after this chunk, where it is not the one of its last message. */
      readonly lastEventId?: string;
      /** Messages beside these that later ones stand for: they were counted, and let go on purpose. */
      readonly conflated?: number;
      /** Messages instead of these, as the feed's own kind packed them for the way between two threads. */
      readonly packed?: PackedMessages;
      /** Where it stands for several chunks: how they came. `atMs` is the time of the first. */
      readonly joined?: JoinedChunks;
    }
  /** A message that its schema refused. The stream goes on. */
  | { readonly type: 'malformed'; readonly reason: string; readonly sample: string; readonly atMs: number }
  /** The server said that it can't resume without loss. */
  | { readonly type: 'gap'; readonly missed: number | null; readonly atMs: number }
  | { readonly type: 'dropped'; readonly count: number; readonly atMs: number }
  /** Messages that came again after a reconnect, and were left out. */
  | { readonly type: 'repeated'; readonly count: number; readonly atMs: number }
  /** A feed that is held for several tabs was joined: how it stands, and what it keeps for those who come later. */
  | {
      readonly type: 'joined';
      readonly view: ConnectionView;
      readonly retained: readonly RetainedChunk<T>[];
      /** By one who read another feed of the same before: what that one lost is lost still. */
      readonly rejoined?: true;
      readonly atMs: number;
    };

/** How chunks came that go on as one. */
export interface JoinedChunks {
  readonly count: number;
  /** When the first of them came that had a message; null where none had. */
  readonly firstMessageAtMs: number | null;
  /** Between two of them that came one after the other, in milliseconds. */
  readonly longestGapMs: number;
  /** The last of them, oldest first, at most `MAX_ARRIVALS`. */
  readonly arrivals: readonly Arrival[];
}

/** Many messages in a form that costs little to hand on. What else there is to it, its feed knows. */
export interface PackedMessages {
  readonly count: number;
}

/** Messages of the past, for one who was not there. The view that comes with them counts them already. */
export interface RetainedChunk<T> {
  readonly atMs: number;
  readonly messages: readonly StreamMessage<T>[];
  /** What was lost just before these. */
  readonly losses?: readonly Loss[];
}

/** Messages that are gone; null where nobody knows how many. */
export type Loss =
  | { readonly type: 'gap'; readonly missed: number | null }
  | { readonly type: 'dropped'; readonly count: number };

/** Reads one raw message. A refusal is a value: it is counted and shown, not thrown. */
export type ParseResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };
export type ParseMessage<T> = (message: RawMessage) => ParseResult<T>;

/** Where the API is. */
export interface BackendTarget {
  /** Absolute, without a slash at its end. The page's own origin stands for the backend that serves the page. */
  readonly baseUrl: string;
  /** A bearer token, kept in this tab's memory alone. */
  readonly token: string | null;
  /** How its streams are to misbehave: a value of `fault=` (contract/faults.ts). Left out or empty: not at all. */
  readonly fault?: string;
}

/** One chunk's arrival, as the wire view draws it. */
export interface Arrival {
  readonly atMs: number;
  readonly byteLength: number | null;
  readonly messages: number;
}

/** A moment that a wire view marks: events are missing, or may be. */
export type WireMark =
  /** The server said how many are gone, or that it can't know. */
  | { readonly type: 'gap'; readonly atMs: number; readonly missed: number | null }
  /** Events have no IDs: what was sent between two connections is gone, and nobody can say whether there was any. */
  | { readonly type: 'hole'; readonly atMs: number; readonly durationMs: number };

/** What the wire did, as far as the transport can see it: `null` stands for what it can't. */
export interface WireMeasurements {
  readonly transport: TransportName | null;
  readonly seesBytes: boolean;
  /** When the last request was sent, on `performance.now()`'s clock. */
  readonly requestedAtMs: number | null;
  /** False where the browser sent the last request by itself: `requestedAtMs` is when it was answered. */
  readonly requestSeen: boolean;
  readonly response: ResponseFacts | null;
  /** Request start to first byte, of the last connection. Null before, and where bytes can't be seen. */
  readonly ttfbMs: number | null;
  /** Request start to the first message dispatched, of the last connection. Null where the request was not seen. */
  readonly firstEventMs: number | null;
  readonly events: number;
  readonly chunks: number;
  readonly bytes: number | null;
  /** Events a second over the last seconds, at the time of the last chunk. */
  readonly eventsPerSecond: number;
  readonly bytesPerSecond: number | null;
  readonly longestGapMs: number | null;
  readonly reconnects: number;
  readonly lastEventId: string | null;
  readonly malformed: number;
  readonly dropped: number;
  /** Events that never arrived, as far as the server could count them. */
  readonly missed: number;
  /** True once a server could not say how many were missed. */
  readonly missedUnknown: boolean;
  /** Events that came again after a reconnect, and were left out. */
  readonly repeated: number;
  /** Reconnects over which events may have been lost, because they have no IDs to resume from. */
  readonly holes: number;
  /** How long those were together: from the last arrival before each to the answer after it. */
  readonly holesMs: number;
  /** Since when there is a hole that no answer has ended yet. */
  readonly holeSinceMs: number | null;
  /** The last losses, oldest first, at most `MAX_MARKS`. */
  readonly marks: readonly WireMark[];
  /** The last arrivals, oldest first, at most `MAX_ARRIVALS`. */
  readonly arrivals: readonly Arrival[];
}

/** How many arrivals a wire view keeps. */
export const MAX_ARRIVALS = 240;

/** How many losses a wire view keeps to mark. */
export const MAX_MARKS = 60;

/** A subscription as a panel shows it beside its own content: where the connection is, and what the wire did. */
export interface ConnectionView {
  readonly state: ConnectionState;
  readonly wire: WireMeasurements;
  /** The last message that was refused, so that a panel can say what was wrong with it. */
  readonly lastMalformed: { readonly reason: string; readonly sample: string } | null;
}

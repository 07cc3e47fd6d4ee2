import type { PackedMessages, ParseMessage, StreamMessage } from '../types.ts';

/** One message that a feed keeps, and which it was: the first of a feed has the position 0. */
export interface Retained<T> {
  readonly position: number;
  readonly atMs: number;
  readonly message: StreamMessage<T>;
}

/** What a feed keeps for those who come later: bounded, whatever comes. */
export interface FeedWindow<T> {
  add(retained: Retained<T>): void;
  /** Oldest first, from this position on. */
  from(position: number): readonly Retained<T>[];
  /** How many from this position on are let go and stand for nothing that is kept. */
  droppedFrom(position: number): number;
}

/** A live feed that tabs share, as its panel describes it. It runs in a worker: no page, no React. */
export interface FeedKind<T> {
  /** What it is called between page and worker. */
  readonly name: string;
  /** What its connection is called on screen. */
  readonly label: string;
  /** Called for each subscription: what it returns may remember the messages before. */
  createParse(): ParseMessage<T>;
  createWindow(): FeedWindow<T>;
  /**
   * Of the messages that came between two looks, those that still matter, in order. Left out: every message counts, a reader
   * who is too slow is told what it lost.
   */
  conflate?(messages: readonly StreamMessage<T>[]): readonly StreamMessage<T>[];
  /**
   * Who stops reading and begins again goes on after its last message where the server can: what it has does not come twice, and
   * what it lacks comes or is said to be missing. Left out: it begins with the present.
   */
  readonly resumesWhenReadAgain?: true;
  /** In what form messages that come many at once go from the worker to a page. Left out: an object each. */
  readonly packing?: Packing<T>;
}

export interface Packing<T> {
  /** Null where these can't be packed: then they go by themselves, each made plain. */
  pack(messages: readonly StreamMessage<T>[]): PackedMessages | null;
  unpack(packed: PackedMessages): readonly StreamMessage<T>[];
  /** A value that goes by itself, as a port can clone it. */
  plain(value: T): T;
}

/** Where a feed comes from. The token is held in memory alone, goes into a header, and is never part of a URL. */
export interface FeedSource {
  /** Absolute. */
  readonly url: string;
  readonly token: string | null;
  /** More is asked for than `EventSource` can carry: it is read by `fetch` and a parser. */
  readonly fast: boolean;
}

/** How far a reader is. */
export interface FeedPlace {
  /** Positions count within one feed: one that was closed and opened again counts anew. */
  readonly feedId: string;
  readonly position: number;
  readonly lastEventId: string | null;
  /** Of the first message that the feed had: what came before it, none of its readers ever gets. */
  readonly firstEventId: string | null;
}

import { isArrivalShown } from '../connection-view.ts';
import { countedMessages } from '../count-messages.ts';
import {
  type Arrival,
  type JoinedChunks,
  MAX_ARRIVALS,
  type StreamEvent,
  type StreamMessage,
} from '../types.ts';
import type { FeedKind, Packing } from './feed-kind.ts';

type Chunk<T> = Extract<StreamEvent<T>, { type: 'chunk' }>;

/** As many chunks a post keep their own arrival times: a person sees no more of them in one frame. */
const CHUNKS_KEPT_APART = 64;
/** Fewer messages than this are not worth it. */
const CONFLATE_FROM = 64;
const PACK_FROM = 32;

/**
 * Makes one post of many events: neighbouring chunks become one where they are many, and conflated or packed where the kind
 * says how.
 */
export function mergeEvents<T>(
  events: readonly StreamEvent<T>[],
  kind: Pick<FeedKind<T>, 'conflate' | 'packing'>,
): readonly StreamEvent<T>[] {
  const merged = events.length > CHUNKS_KEPT_APART ? joinChunks(events) : events;
  return merged.map((event) => packed(conflated(event, kind), kind.packing));
}

function joinChunks<T>(events: readonly StreamEvent<T>[]): readonly StreamEvent<T>[] {
  const joined: StreamEvent<T>[] = [];
  let run: Chunk<T>[] = [];
  const close = () => {
    const chunk = oneOf(run);
    if (chunk) joined.push(chunk);
    run = [];
  };
  for (const event of events) {
    if (event.type === 'chunk') run.push(event);
    else {
      close();
      joined.push(event);
    }
  }
  close();
  return joined;
}

function oneOf<T>(chunks: readonly Chunk<T>[]): Chunk<T> | undefined {
  const [first] = chunks;
  if (first === undefined || chunks.length === 1) return first;
  const byteLength = chunks.reduce<number | null>(
    (sum, chunk) => (chunk.byteLength === null ? sum : (sum ?? 0) + chunk.byteLength),
    null,
  );
  const conflated = chunks.reduce((sum, chunk) => sum + (chunk.conflated ?? 0), 0);
  const { lastEventId: _, ...rest } = first;
  const lastEventId = chunks.at(-1)?.lastEventId;
  return {
    ...rest,
    byteLength,
    messages: chunks.flatMap(({ messages }) => messages),
    joined: joinedFrom(chunks),
    ...(conflated > 0 && { conflated }),
    ...(lastEventId === undefined ? {} : { lastEventId }),
  };
}

/** What a wire view would have measured of each: the time that a page was busy is no gap of the wire. */
function joinedFrom(chunks: readonly Chunk<unknown>[]): JoinedChunks {
  const arrivals: Arrival[] = chunks
    .map((chunk) => ({ atMs: chunk.atMs, byteLength: chunk.byteLength, messages: countedMessages(chunk) }))
    .filter(isArrivalShown);
  // What is no arrival of its own ends no gap.
  const arrived = arrivals.filter(({ byteLength }) => byteLength !== 0);
  let longestGapMs = 0;
  for (const [index, { atMs }] of arrived.entries())
    longestGapMs = Math.max(longestGapMs, atMs - (arrived[index - 1]?.atMs ?? atMs));
  return {
    count: arrived.length,
    firstMessageAtMs: arrivals.find(({ messages }) => messages > 0)?.atMs ?? null,
    longestGapMs,
    arrivals: arrivals.slice(-MAX_ARRIVALS),
  };
}

/** The same with fewer messages, where it has many and the kind says which still matter; those let go stay counted. */
export function conflated<T>(
  event: StreamEvent<T>,
  { conflate }: Pick<FeedKind<T>, 'conflate'>,
): StreamEvent<T> {
  if (event.type !== 'chunk' || event.messages.length < CONFLATE_FROM || conflate === undefined) return event;
  const messages = conflate(event.messages);
  const letGo = event.messages.length - messages.length;
  return { ...event, messages, conflated: (event.conflated ?? 0) + letGo };
}

function packed<T>(event: StreamEvent<T>, packing: Packing<T> | undefined): StreamEvent<T> {
  if (event.type !== 'chunk' || packing === undefined || event.messages.length === 0) return event;
  const messages = event.messages.length < PACK_FROM ? null : packing.pack(event.messages);
  if (messages === null) return { ...event, messages: event.messages.map((each) => plain(each, packing)) };
  const lastEventId = event.lastEventId ?? event.messages.at(-1)?.id ?? null;
  return { ...event, messages: [], packed: messages, ...(lastEventId !== null && { lastEventId }) };
}

/** A message that is sent by itself. */
export function plain<T>(
  message: StreamMessage<T>,
  packing: Pick<Packing<T>, 'plain'> | undefined,
): StreamMessage<T> {
  return packing === undefined ? message : { ...message, value: packing.plain(message.value) };
}

/** The messages themselves, for a reader that has to look at each. */
export function unpacked<T>(
  event: StreamEvent<T>,
  { packing }: Pick<FeedKind<T>, 'packing'>,
): StreamEvent<T> {
  if (event.type !== 'chunk' || event.packed === undefined || packing === undefined) return event;
  const { packed: messages, ...chunk } = event;
  return { ...chunk, messages: packing.unpack(messages) };
}

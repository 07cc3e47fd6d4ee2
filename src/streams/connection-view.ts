import { initialConnectionState, transition } from './connection.ts';
import { countedMessages } from './count-messages.ts';
import { rateAt } from './rate.ts';
import {
  type Arrival,
  type ConnectionView,
  type JoinedChunks,
  MAX_ARRIVALS,
  MAX_MARKS,
  type StreamEvent,
  type WireMark,
  type WireMeasurements,
} from './types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type EventOf<E extends StreamEvent<unknown>['type']> = Extract<StreamEvent<unknown>, { type: E }>;

/** A fold at work: the next view, and the arrivals that it adds. */
interface Fold {
  readonly wire: Mutable<WireMeasurements>;
  readonly arrivals: Arrival[];
  /** When the last chunk of the present connection came; null before the first. */
  lastChunkAtMs: number | null;
}

export const initialConnectionView: ConnectionView = {
  state: initialConnectionState,
  wire: {
    transport: null,
    seesBytes: false,
    requestedAtMs: null,
    requestSeen: true,
    response: null,
    ttfbMs: null,
    firstEventMs: null,
    events: 0,
    chunks: 0,
    bytes: null,
    eventsPerSecond: 0,
    bytesPerSecond: null,
    longestGapMs: null,
    reconnects: 0,
    lastEventId: null,
    malformed: 0,
    dropped: 0,
    missed: 0,
    missedUnknown: false,
    repeated: 0,
    holes: 0,
    holesMs: 0,
    holeSinceMs: null,
    marks: [],
    arrivals: [],
  },
  lastMalformed: null,
};

/** What a subscription told since the last look, added to what it told before. Its cost is that of the new events. */
export function foldConnection(
  view: ConnectionView,
  events: readonly StreamEvent<unknown>[],
): ConnectionView {
  if (events.length === 0) return view;
  const joined = events.findLastIndex(({ type }) => type === 'joined');
  if (joined >= 0) return foldJoined(view, events, joined);
  let { state, lastMalformed } = view;
  const fold: Fold = {
    wire: { ...view.wire },
    arrivals: [],
    lastChunkAtMs: lastChunkOf(view.wire),
  };
  for (const event of events) {
    if (event.type === 'status') state = event.state;
    else if (event.type === 'malformed') lastMalformed = { reason: event.reason, sample: event.sample };
    measure(fold, event);
  }
  if (fold.arrivals.length > 0) addArrivals(fold);
  return { state, wire: fold.wire, lastMalformed };
}

/** What was before a join is in the view that it brought. */
function foldJoined(
  view: ConnectionView,
  events: readonly StreamEvent<unknown>[],
  index: number,
): ConnectionView {
  const event = events[index];
  if (event?.type !== 'joined') return view;
  const before = event.rejoined ? foldConnection(view, events.slice(0, index)) : view;
  const joined = event.rejoined ? withLossesOf(before.wire, event) : event.view;
  return foldConnection(joined, events.slice(index + 1));
}

/** A reader that changed over to another feed has lost what it had lost, and without IDs nobody knows what lay between. */
function withLossesOf(before: WireMeasurements, { view, atMs }: EventOf<'joined'>): ConnectionView {
  const wire: Mutable<WireMeasurements> = {
    ...view.wire,
    // One who has just begun to read again was not connected before.
    reconnects: before.reconnects + view.wire.reconnects + (before.requestedAtMs === null ? 0 : 1),
    missed: before.missed + view.wire.missed,
    missedUnknown: before.missedUnknown || view.wire.missedUnknown,
    repeated: before.repeated + view.wire.repeated,
    dropped: before.dropped + view.wire.dropped,
    holes: before.holes + view.wire.holes,
    holesMs: before.holesMs + view.wire.holesMs,
    marks: [...before.marks, ...view.wire.marks].slice(-MAX_MARKS),
  };
  const lastArrival = before.arrivals.at(-1);
  const hasIds = before.lastEventId !== null && before.lastEventId !== '';
  if (lastArrival !== undefined && !hasIds) {
    wire.holeSinceMs = lastArrival.atMs;
    endHole(wire, Math.max(lastArrival.atMs, view.wire.arrivals[0]?.atMs ?? atMs));
  }
  return { ...view, wire };
}

interface WithConnection {
  readonly connection: ConnectionView;
}

/** What a person waits for: another status, and the first that comes. */
export function isConnectionNews(
  { connection: before }: WithConnection,
  { connection }: WithConnection,
): boolean {
  return connection.state !== before.state || (before.wire.events === 0 && connection.wire.events > 0);
}

/** The view of a subscription that its reader stopped: after an abort a subscription tells nothing more. */
export function stoppedConnectionView(view: ConnectionView): ConnectionView {
  return { ...view, state: transition(view.state, { type: 'stop' }) };
}

function measure(fold: Fold, event: StreamEvent<unknown>): void {
  const { wire } = fold;
  switch (event.type) {
    case 'request':
      measureRequest(fold, event);
      break;
    case 'response':
      wire.response = event.response;
      endHole(wire, event.atMs);
      break;
    case 'chunk':
      measureChunk(fold, event);
      break;
    case 'malformed':
      wire.malformed += 1;
      break;
    case 'gap':
      if (event.missed === null) wire.missedUnknown = true;
      else wire.missed += event.missed;
      addMark(wire, { type: 'gap', atMs: event.atMs, missed: event.missed });
      break;
    case 'dropped':
      wire.dropped += event.count;
      break;
    case 'repeated':
      wire.repeated += event.count;
      break;
    case 'status':
    case 'joined':
      break;
  }
}

function measureRequest(fold: Fold, { atMs, transport, seesBytes, byBrowser }: EventOf<'request'>): void {
  const { wire } = fold;
  if (wire.requestedAtMs !== null) {
    wire.reconnects += 1;
    beginHole(fold, wire.requestedAtMs);
  }
  wire.transport = transport;
  wire.seesBytes = seesBytes;
  wire.requestedAtMs = atMs;
  wire.requestSeen = byBrowser !== true;
  wire.response = null;
  wire.ttfbMs = null;
  wire.firstEventMs = null;
  if (seesBytes) {
    wire.bytes ??= 0;
    wire.bytesPerSecond ??= 0;
  }
  fold.lastChunkAtMs = null;
}

/** Without IDs nobody knows what was sent since the last arrival: it is said, and how long that was. */
function beginHole({ wire, arrivals }: Fold, lastRequestedAtMs: number): void {
  const canResume = wire.lastEventId !== null && wire.lastEventId !== '';
  if (wire.events === 0 || canResume) return;
  const lastArrival = arrivals.at(-1) ?? wire.arrivals.at(-1);
  wire.holeSinceMs ??= Math.max(lastRequestedAtMs, lastArrival?.atMs ?? lastRequestedAtMs);
}

function endHole(wire: Mutable<WireMeasurements>, atMs: number): void {
  if (wire.holeSinceMs === null) return;
  const durationMs = atMs - wire.holeSinceMs;
  wire.holes += 1;
  wire.holesMs += durationMs;
  wire.holeSinceMs = null;
  addMark(wire, { type: 'hole', atMs, durationMs });
}

function addMark(wire: Mutable<WireMeasurements>, mark: WireMark): void {
  wire.marks = [...wire.marks.slice(1 - MAX_MARKS), mark];
}

function measureChunk(fold: Fold, chunk: EventOf<'chunk'>): void {
  const { wire } = fold;
  const { atMs, byteLength } = chunk;
  const came = chunk.joined ?? alone(chunk);
  wire.events += countedMessages(chunk);
  if (byteLength !== null) wire.bytes = (wire.bytes ?? 0) + byteLength;
  wire.lastEventId = chunk.lastEventId ?? chunk.messages.at(-1)?.id ?? wire.lastEventId;
  timeFirst(wire, atMs, came.firstMessageAtMs);
  fold.arrivals.push(...came.arrivals.filter(isArrivalShown));
  const lastAtMs = came.arrivals.findLast(hasArrived)?.atMs;
  if (lastAtMs === undefined) return;
  wire.chunks += came.count;
  if (fold.lastChunkAtMs !== null) addGap(wire, atMs - fold.lastChunkAtMs);
  if (came.count > 1) addGap(wire, came.longestGapMs);
  fold.lastChunkAtMs = lastAtMs;
}

/** One chunk, told as several are that were joined. */
function alone(chunk: EventOf<'chunk'>): JoinedChunks {
  const { atMs, byteLength } = chunk;
  const messages = countedMessages(chunk);
  return {
    count: 1,
    firstMessageAtMs: messages > 0 ? atMs : null,
    longestGapMs: 0,
    arrivals: [{ atMs, byteLength, messages }],
  };
}

function timeFirst(wire: Mutable<WireMeasurements>, atMs: number, firstMessageAtMs: number | null): void {
  if (wire.requestedAtMs === null || !wire.requestSeen) return;
  if (firstMessageAtMs !== null) wire.firstEventMs ??= firstMessageAtMs - wire.requestedAtMs;
  if (wire.seesBytes) wire.ttfbMs ??= atMs - wire.requestedAtMs;
}

function addGap(wire: Mutable<WireMeasurements>, gapMs: number): void {
  wire.longestGapMs = Math.max(wire.longestGapMs ?? 0, gapMs);
}

/** A row that the end of the body completed, or the rest of a chunk that a gap split, is no arrival of its own. */
const hasArrived = ({ byteLength }: Arrival) => byteLength !== 0;
/** Whether a wire view draws it. */
export const isArrivalShown = (arrival: Arrival) => hasArrived(arrival) || arrival.messages > 0;

function addArrivals({ wire, arrivals }: Fold): void {
  wire.arrivals = [...wire.arrivals, ...arrivals.slice(-MAX_ARRIVALS)].slice(-MAX_ARRIVALS);
  const rate = rateAt(wire, arrivals[arrivals.length - 1]?.atMs ?? 0);
  wire.eventsPerSecond = rate.eventsPerSecond;
  wire.bytesPerSecond = rate.bytesPerSecond;
}

/** Arrivals older than the last request belong to an earlier connection: no gap is measured across two. */
function lastChunkOf({ arrivals, requestedAtMs }: WireMeasurements): number | null {
  const last = arrivals.findLast(hasArrived);
  return last === undefined || requestedAtMs === null || last.atMs < requestedAtMs ? null : last.atMs;
}

import { initialConnectionState, transition } from '../../streams/connection.ts';
import {
  foldConnection,
  initialConnectionView,
  stoppedConnectionView,
} from '../../streams/connection-view.ts';
import type { ConnectionView, StreamEvent } from '../../streams/types.ts';

/** What a row of either answer tells about itself. */
export interface ComparedRow {
  readonly producedAt?: string | number | undefined;
}

/** One row's way: when the server had it (its own clock, epoch ms) and when the page could show it. */
export interface RowArrival {
  readonly producedAtMs: number | null;
  /** Since the request was sent. */
  readonly arrivedMs: number;
}

export type LaneStatus = 'idle' | 'waiting' | 'receiving' | 'complete' | 'stopped' | 'failed';

/** One of the two requests: every arrival of its run. */
export interface Lane {
  readonly status: LaneStatus;
  readonly requestedAtMs: number | null;
  /** Request start to the answer's headers. */
  readonly headersMs: number | null;
  /** Request start to the whole answer. */
  readonly endMs: number | null;
  readonly rows: readonly RowArrival[];
  readonly problem: string | null;
}

export interface ComparisonState {
  readonly connection: ConnectionView;
  readonly buffered: Lane;
  readonly streamed: Lane;
  /** How many rows were asked for. */
  readonly requestedRows: number;
}

const idleLane: Lane = {
  status: 'idle',
  requestedAtMs: null,
  headersMs: null,
  endMs: null,
  rows: [],
  problem: null,
};

export const initialComparison: ComparisonState = {
  connection: initialConnectionView,
  buffered: idleLane,
  streamed: idleLane,
  requestedRows: 0,
};

/** Both requests are sent now, or as soon as there is room for them: then it begins again. */
export function startComparison(atMs: number, requestedRows: number): ComparisonState {
  const waiting: Lane = { ...idleLane, status: 'waiting', requestedAtMs: atMs };
  return { connection: connectingView, buffered: waiting, streamed: waiting, requestedRows };
}

const connectingView: ConnectionView = {
  ...initialConnectionView,
  state: transition(initialConnectionState, { type: 'connect' }),
};

/** Folds what came on the streamed lane. */
export function applyStreamed(
  state: ComparisonState,
  events: readonly StreamEvent<ComparedRow>[],
): ComparisonState {
  return {
    ...state,
    connection: foldConnection(state.connection, events),
    streamed: events.reduce(foldLane, state.streamed),
  };
}

function foldLane(lane: Lane, event: StreamEvent<ComparedRow>): Lane {
  const sinceRequest = event.atMs - (lane.requestedAtMs ?? event.atMs);
  switch (event.type) {
    case 'request':
      return { ...lane, requestedAtMs: event.atMs };
    case 'response':
      return { ...lane, headersMs: sinceRequest };
    case 'chunk':
      if (event.messages.length === 0) return lane;
      return {
        ...lane,
        status: 'receiving',
        rows: [
          ...lane.rows,
          ...arrivals(
            event.messages.map(({ value }) => value),
            sinceRequest,
          ),
        ],
      };
    case 'status':
      return foldStatus(lane, event.state, sinceRequest);
    default:
      return lane;
  }
}

function foldStatus(lane: Lane, state: ConnectionView['state'], sinceRequestMs: number): Lane {
  if (state.status === 'ended') {
    return { ...lane, status: state.reason === 'stopped' ? 'stopped' : 'complete', endMs: sinceRequestMs };
  }
  if (state.status === 'failed') return { ...lane, status: 'failed', problem: state.failure.message };
  return lane;
}

/** The buffered lane's answer is there: all rows at once. */
export function completeBuffered(
  state: ComparisonState,
  answer: { readonly rows: readonly ComparedRow[]; readonly headersMs: number; readonly endMs: number },
): ComparisonState {
  const { rows, headersMs, endMs } = answer;
  return {
    ...state,
    buffered: { ...state.buffered, status: 'complete', headersMs, endMs, rows: arrivals(rows, endMs) },
  };
}

export function failBuffered(state: ComparisonState, problem: string): ComparisonState {
  return { ...state, buffered: { ...state.buffered, status: 'failed', problem } };
}

export function stopComparison(state: ComparisonState): ComparisonState {
  const stop = (lane: Lane): Lane =>
    lane.status === 'waiting' || lane.status === 'receiving' ? { ...lane, status: 'stopped' } : lane;
  return {
    ...state,
    connection: stoppedConnectionView(state.connection),
    buffered: stop(state.buffered),
    streamed: stop(state.streamed),
  };
}

const arrivals = (rows: readonly ComparedRow[], arrivedMs: number): RowArrival[] =>
  rows.map(({ producedAt }) => ({ producedAtMs: epochMs(producedAt), arrivedMs }));

/** ISO 8601 text, epoch milliseconds or epoch seconds. */
function epochMs(producedAt: string | number | undefined): number | null {
  if (producedAt === undefined) return null;
  if (typeof producedAt === 'number') return producedAt < 1e11 ? producedAt * 1_000 : producedAt;
  const parsed = Date.parse(producedAt);
  return Number.isNaN(parsed) ? null : parsed;
}

/** Which lanes came to their end with fewer rows than were asked for. A row that could not be read came all the same. */
export function shortLanes(state: ComparisonState): readonly ('buffered' | 'streamed')[] {
  const { connection, requestedRows } = state;
  const unread = { buffered: 0, streamed: connection.wire.malformed };
  return (['buffered', 'streamed'] as const).filter(
    (name) => state[name].status === 'complete' && state[name].rows.length + unread[name] < requestedRows,
  );
}

export const isRunning = ({ buffered, streamed }: Pick<ComparisonState, 'buffered' | 'streamed'>) =>
  [buffered, streamed].some(({ status }) => status === 'waiting' || status === 'receiving');

/** A run that the backend never answered: it can be run again as soon as the backend is there. */
export const neverAnswered = ({ buffered, streamed }: Pick<ComparisonState, 'buffered' | 'streamed'>) =>
  [buffered, streamed].every(({ status, rows }) => status === 'failed' && rows.length === 0);

/** The times that the two lanes are compared by. */
export interface LaneSummary {
  readonly firstRowMs: number | null;
  readonly lastRowMs: number | null;
  readonly rows: number;
  /** The longest that a finished row waited before it could be shown: arrival against the server's clock. An estimate. */
  readonly longestWaitMs: number | null;
}

export function summarise(lane: Lane, requestedAtEpochMs: number | null): LaneSummary {
  const waits = lane.rows.flatMap(({ producedAtMs, arrivedMs }) =>
    producedAtMs === null || requestedAtEpochMs === null
      ? []
      : [requestedAtEpochMs + arrivedMs - producedAtMs],
  );
  return {
    firstRowMs: lane.rows[0]?.arrivedMs ?? null,
    lastRowMs: lane.rows.at(-1)?.arrivedMs ?? null,
    rows: lane.rows.length,
    longestWaitMs:
      waits.length === 0
        ? null
        : Math.max(
            0,
            waits.reduce((most, wait) => Math.max(most, wait), 0),
          ),
  };
}

import type { ConnectionState, ConnectionStatus, Failure, ReconnectWait } from './types.ts';

/** What happens to a connection. */
export type ConnectionEvent =
  /** Somebody wants the stream. */
  | { readonly type: 'connect' }
  /** The response is there and is a stream. */
  | { readonly type: 'open' }
  /** Bytes or events came. */
  | { readonly type: 'activity' }
  /** Nothing came for as long as the inactivity timeout. The connection stays. */
  | { readonly type: 'silence'; readonly sinceMs: number }
  /** The server closed a stream that has no end: a new connection follows. */
  | {
      readonly type: 'close';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly waitingFor?: Exclude<ReconnectWait, 'page'>;
    }
  /** It failed, and a new connection may help. */
  | {
      readonly type: 'fail';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly failure: Failure;
      readonly waitingFor?: 'network';
    }
  /** It failed, and a new connection would not help. */
  | { readonly type: 'fail-for-good'; readonly failure: Failure }
  /** The wait before the next try is over. */
  | { readonly type: 'retry-due' }
  /** The reader does not want to wait any longer. */
  | { readonly type: 'reconnect-now' }
  /** There is no network any more. What is open may hold all the same: its own failure tells. */
  | { readonly type: 'offline' }
  | { readonly type: 'online' }
  /** The page is put away (back/forward cache), and its connection closed. */
  | { readonly type: 'suspend'; readonly atMs: number }
  | { readonly type: 'restore' }
  | { readonly type: 'pause' }
  /** `connection` says whether it was held open through the pause. */
  | { readonly type: 'resume'; readonly connection: 'open' | 'none' }
  /** The reader has enough. */
  | { readonly type: 'stop' }
  /** The stream is over. */
  | { readonly type: 'complete'; readonly reason: 'complete' | 'no-content' };

type StateOf<S extends ConnectionStatus> = Extract<ConnectionState, { status: S }>;
type EventOf<E extends ConnectionEvent['type']> = Extract<ConnectionEvent, { type: E }>;
type Cell<S extends ConnectionStatus, E extends ConnectionEvent['type']> = (
  state: StateOf<S>,
  event: EventOf<E>,
) => ConnectionState;
/** Every status against every event: a missing cell does not compile. */
type TransitionTable = {
  readonly [S in ConnectionStatus]: { readonly [E in ConnectionEvent['type']]: Cell<S, E> };
};

const stay = <S extends ConnectionState>(state: S): S => state;
const connectAnew = (): ConnectionState => ({ status: 'connecting', attempt: 1 });
const connectAgain = ({ attempt }: { attempt: number }): ConnectionState => ({
  status: 'connecting',
  attempt,
});
const goLive = ({ attempt }: { attempt: number }): ConnectionState => ({ status: 'live', attempt });
const pause = ({ attempt }: { attempt: number }): ConnectionState => ({ status: 'paused', attempt });
const stop = (): ConnectionState => ({ status: 'ended', reason: 'stopped' });
const complete = (_: unknown, { reason }: EventOf<'complete'>): ConnectionState => ({
  status: 'ended',
  reason,
});
const failForGood = (_: unknown, { failure }: EventOf<'fail-for-good'>): ConnectionState => ({
  status: 'failed',
  failure,
});
const reconnectAfterClose = (_: unknown, { type: _type, ...wait }: EventOf<'close'>): ConnectionState => ({
  status: 'reconnecting',
  failure: null,
  ...wait,
});
const reconnectAfterFailure = (_: unknown, { type: _type, ...wait }: EventOf<'fail'>): ConnectionState => ({
  status: 'reconnecting',
  ...wait,
});
const putAway = ({ attempt }: { attempt: number }, { atMs }: EventOf<'suspend'>): ConnectionState => ({
  status: 'reconnecting',
  attempt,
  retryAtMs: atMs,
  failure: null,
  waitingFor: 'page',
});
/** A page that is put away runs nothing: whatever still reaches it waits until it is back. */
const unlessPutAway = (state: StateOf<'reconnecting'>): ConnectionState =>
  state.waitingFor === 'page' ? state : connectAgain(state);

const waitForNetwork = (state: StateOf<'reconnecting'>): ConnectionState =>
  state.waitingFor === 'network' ? state : { ...state, waitingFor: 'network' };

/** What is around a connection matters to those alone that have one or want one. */
const unmoved = {
  'reconnect-now': stay,
  offline: stay,
  online: stay,
  suspend: stay,
  restore: stay,
};

/** Before the first connection and after the last one only a wish to connect changes anything. */
const atRest = {
  ...unmoved,
  connect: connectAnew,
  open: stay,
  activity: stay,
  silence: stay,
  close: stay,
  fail: stay,
  'fail-for-good': stay,
  'retry-due': stay,
  pause: stay,
  resume: stay,
  stop: stay,
  complete: stay,
};

/** What ends a connection ends it in every status in which there is, or soon will be, one. */
const underWay = {
  ...unmoved,
  suspend: putAway,
  connect: stay,
  close: reconnectAfterClose,
  fail: reconnectAfterFailure,
  'fail-for-good': failForGood,
  stop,
  complete,
};

const table: TransitionTable = {
  idle: { ...atRest, stop },
  connecting: {
    ...underWay,
    open: goLive,
    activity: goLive,
    silence: stay,
    'retry-due': stay,
    pause,
    resume: stay,
  },
  live: {
    ...underWay,
    open: stay,
    activity: stay,
    silence: ({ attempt }, { sinceMs }) => ({ status: 'stalled', attempt, silentSinceMs: sinceMs }),
    'retry-due': stay,
    pause,
    resume: stay,
  },
  stalled: {
    ...underWay,
    'reconnect-now': connectAgain,
    open: goLive,
    activity: goLive,
    silence: stay,
    'retry-due': stay,
    pause,
    resume: stay,
  },
  reconnecting: {
    ...underWay,
    connect: unlessPutAway,
    open: (state) => (state.waitingFor === 'browser' ? goLive(state) : state),
    activity: stay,
    silence: stay,
    'retry-due': (state) => (state.waitingFor === undefined ? connectAgain(state) : state),
    'reconnect-now': unlessPutAway,
    offline: (state) => (state.waitingFor === 'page' ? state : waitForNetwork(state)),
    online: unlessPutAway,
    restore: (state) => (state.waitingFor === 'page' ? connectAgain(state) : state),
    pause,
    resume: stay,
  },
  paused: {
    ...underWay,
    // A pause outlives the connection under it: the new one is made when the reader comes back.
    close: stay,
    fail: stay,
    suspend: stay,
    open: stay,
    activity: stay,
    silence: stay,
    'retry-due': stay,
    pause: stay,
    resume: (state, { connection }) => (connection === 'open' ? goLive(state) : connectAgain(state)),
  },
  ended: atRest,
  failed: { ...atRest, stop },
};

export const initialConnectionState: ConnectionState = { status: 'idle' };

/** The next state; the same object where the event changes nothing. */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  // The table's type ties each cell to its own state and event; indexing by two unions loses that tie.
  const cell = table[state.status][event.type] as (
    state: ConnectionState,
    event: ConnectionEvent,
  ) => ConnectionState;
  return cell(state, event);
}

import type { ConnectionState, ConnectionStatus, Failure } from './types.ts';

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
  | { readonly type: 'close'; readonly attempt: number; readonly retryAtMs: number }
  /** It failed, and a new connection may help. */
  | {
      readonly type: 'fail';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly failure: Failure;
    }
  /** It failed, and a new connection would not help. */
  | { readonly type: 'fail-for-good'; readonly failure: Failure }
  /** The wait before the next try is over. */
  | { readonly type: 'retry-due' }
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
const reconnectAfterClose = (_: unknown, { attempt, retryAtMs }: EventOf<'close'>): ConnectionState => ({
  status: 'reconnecting',
  attempt,
  retryAtMs,
  failure: null,
});
const reconnectAfterFailure = (
  _: unknown,
  { attempt, retryAtMs, failure }: EventOf<'fail'>,
): ConnectionState => ({ status: 'reconnecting', attempt, retryAtMs, failure });

/** Before the first connection and after the last one only a wish to connect changes anything. */
const atRest = {
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
    open: goLive,
    activity: goLive,
    silence: stay,
    'retry-due': stay,
    pause,
    resume: stay,
  },
  reconnecting: {
    ...underWay,
    connect: connectAgain,
    open: stay,
    activity: stay,
    silence: stay,
    'retry-due': connectAgain,
    pause,
    resume: stay,
  },
  paused: {
    ...underWay,
    // A pause outlives the connection under it: the new one is made when the reader comes back.
    close: stay,
    fail: stay,
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

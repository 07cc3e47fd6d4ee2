import {
  foldConnection,
  initialConnectionView,
  stoppedConnectionView,
} from '../../streams/connection-view.ts';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { ConnectionState, ConnectionView, StreamEvent } from '../../streams/types.ts';
import { initialPace, type Pace, paceWith } from './pace-estimate.ts';
import type { JobMessage } from './read-job-event.ts';

/** How a task stands. `status` tags it; what came is kept whatever becomes of it. */
export type JobPhase =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  | { readonly status: 'complete'; readonly message: string | null }
  | { readonly status: 'stopped' }
  /** The stream was closed cleanly before 100 %, without a word. */
  | { readonly status: 'ended-early' }
  | { readonly status: 'failed'; readonly reason: string; readonly advice: string };

/** One progress event, at the time it came. */
export interface JobStep {
  /** Counts the events of a run, so that a list has keys. */
  readonly position: number;
  readonly percent: number;
  readonly step: number | null;
  readonly message: string | null;
  /** Since the request was sent. */
  readonly afterMs: number;
  /** Since the event before. */
  readonly tookMs: number;
}

export interface JobState {
  readonly connection: ConnectionView;
  readonly phase: JobPhase;
  readonly percent: number;
  readonly step: number | null;
  readonly total: number | null;
  readonly message: string | null;
  /** On `performance.now()`'s clock. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly pace: Pace;
  /** Oldest first, the last `MAX_STEPS_KEPT`. */
  readonly steps: readonly JobStep[];
  readonly events: number;
}

export const MAX_STEPS_KEPT = 200;

export const initialJob: JobState = {
  connection: initialConnectionView,
  phase: { status: 'idle' },
  percent: 0,
  step: null,
  total: null,
  message: null,
  startedAtMs: null,
  endedAtMs: null,
  pace: initialPace,
  steps: [],
  events: 0,
};

export const startedJob: JobState = { ...initialJob, phase: { status: 'running' } };

export function stopJob(state: JobState, atMs: number): JobState {
  if (state.phase.status !== 'running') return state;
  return {
    ...state,
    connection: stoppedConnectionView(state.connection),
    phase: { status: 'stopped' },
    endedAtMs: atMs,
  };
}

/** Folds a frame's events into the state. Events that come after the end of a run change nothing. */
export function applyJob(state: JobState, events: readonly StreamEvent<JobMessage>[]): JobState {
  const connection = foldConnection(state.connection, events);
  if (state.phase.status === 'stopped') return state;
  let next: JobState = state;
  for (const event of events) {
    if (next.phase.status !== 'running') break;
    next = applyEvent(next, event);
  }
  return { ...next, connection, steps: next.steps.slice(-MAX_STEPS_KEPT) };
}

function applyEvent(state: JobState, event: StreamEvent<JobMessage>): JobState {
  switch (event.type) {
    case 'request':
      // A task that is asked for again begins again.
      return { ...startedJob, connection: state.connection, startedAtMs: event.atMs };
    case 'chunk':
      return event.messages.reduce((next, { value }) => applyMessage(next, value, event.atMs), state);
    case 'status':
      return applyStatus(state, event.state, event.atMs);
    case 'response':
    case 'malformed':
    case 'gap':
    case 'dropped':
    case 'repeated':
    case 'joined':
      return state;
  }
}

function applyMessage(state: JobState, message: JobMessage, atMs: number): JobState {
  if (state.phase.status !== 'running') return state;
  switch (message.type) {
    case 'progress':
      return progressed(state, message, atMs);
    case 'complete':
      return completed(state, message.message, atMs);
    case 'error':
      return failed(state, message.message, 'The backend reported this.', atMs);
  }
}

function progressed(
  state: JobState,
  { percent, step, total, message }: Extract<JobMessage, { type: 'progress' }>,
  atMs: number,
): JobState {
  const startedAtMs = state.startedAtMs ?? atMs;
  const afterMs = atMs - startedAtMs;
  const before = state.steps.at(-1)?.afterMs ?? 0;
  const entry = { position: state.events, percent, step, message, afterMs, tookMs: afterMs - before };
  return {
    ...state,
    percent,
    step,
    total: total ?? state.total,
    message: message ?? state.message,
    startedAtMs,
    pace: paceWith(state.pace, percent, atMs),
    steps: [...state.steps.slice(-2 * MAX_STEPS_KEPT), entry],
    events: state.events + 1,
  };
}

function applyStatus(state: JobState, connection: ConnectionState, atMs: number): JobState {
  switch (connection.status) {
    case 'ended':
      if (connection.reason === 'stopped') return { ...state, phase: { status: 'stopped' }, endedAtMs: atMs };
      // A plain backend ends a task by ending its stream: at 100 % that is the end, below it is not.
      return state.percent >= 100
        ? completed(state, null, atMs)
        : { ...state, phase: { status: 'ended-early' }, endedAtMs: atMs };
    case 'failed': {
      const words = describeFailure(connection);
      // Once a step came there was a connection, and what broke it is all there is to say.
      return state.events === 0 && words !== null
        ? failed(state, words.title, words.advice, atMs)
        : failed(state, connection.failure.message, '', atMs);
    }
    case 'idle':
    case 'connecting':
    case 'live':
    case 'stalled':
    case 'reconnecting':
    case 'paused':
      return state;
  }
}

function completed(state: JobState, message: string | null, atMs: number): JobState {
  return { ...state, percent: 100, phase: { status: 'complete', message }, endedAtMs: atMs };
}

function failed(state: JobState, reason: string, advice: string, atMs: number): JobState {
  return { ...state, phase: { status: 'failed', reason, advice }, endedAtMs: atMs };
}

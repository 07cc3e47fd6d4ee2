import { describe, expect, test } from 'vitest';
import { type ConnectionEvent, transition } from '../../src/streams/connection.ts';
import type { ConnectionState, ConnectionStatus, Failure } from '../../src/streams/types.ts';

const failure: Failure = { kind: 'network', status: null, message: 'No answer' };
const other: Failure = { kind: 'status', status: 404, message: 'Not Found' };

const states: { readonly [S in ConnectionStatus]: Extract<ConnectionState, { status: S }> } = {
  idle: { status: 'idle' },
  connecting: { status: 'connecting', attempt: 3 },
  live: { status: 'live', attempt: 3 },
  stalled: { status: 'stalled', attempt: 3, silentSinceMs: 5 },
  reconnecting: { status: 'reconnecting', attempt: 3, retryAtMs: 70, failure },
  paused: { status: 'paused', attempt: 3 },
  ended: { status: 'ended', reason: 'complete' },
  failed: { status: 'failed', failure },
};

type EventName = ConnectionEvent['type'] | 'resume-open';

const events: { readonly [E in EventName]: ConnectionEvent } = {
  connect: { type: 'connect' },
  open: { type: 'open' },
  activity: { type: 'activity' },
  silence: { type: 'silence', sinceMs: 9 },
  close: { type: 'close', attempt: 4, retryAtMs: 90 },
  fail: { type: 'fail', attempt: 4, retryAtMs: 90, failure: other },
  'fail-for-good': { type: 'fail-for-good', failure: other },
  'retry-due': { type: 'retry-due' },
  pause: { type: 'pause' },
  resume: { type: 'resume', connection: 'none' },
  'resume-open': { type: 'resume', connection: 'open' },
  stop: { type: 'stop' },
  complete: { type: 'complete', reason: 'complete' },
};

const first: ConnectionState = { status: 'connecting', attempt: 1 };
const again: ConnectionState = { status: 'connecting', attempt: 3 };
const live: ConnectionState = { status: 'live', attempt: 3 };
const stalled: ConnectionState = { status: 'stalled', attempt: 3, silentSinceMs: 9 };
const paused: ConnectionState = { status: 'paused', attempt: 3 };
const closed: ConnectionState = { status: 'reconnecting', attempt: 4, retryAtMs: 90, failure: null };
const broken: ConnectionState = { status: 'reconnecting', attempt: 4, retryAtMs: 90, failure: other };
const failed: ConnectionState = { status: 'failed', failure: other };
const stopped: ConnectionState = { status: 'ended', reason: 'stopped' };
const complete: ConnectionState = { status: 'ended', reason: 'complete' };

/** Every cell. `same` is the very same object: nothing to tell. */
const expected: {
  readonly [S in ConnectionStatus]: { readonly [E in EventName]: ConnectionState | 'same' };
} = {
  idle: {
    connect: first,
    open: 'same',
    activity: 'same',
    silence: 'same',
    close: 'same',
    fail: 'same',
    'fail-for-good': 'same',
    'retry-due': 'same',
    pause: 'same',
    resume: 'same',
    'resume-open': 'same',
    stop: stopped,
    complete: 'same',
  },
  connecting: {
    connect: 'same',
    open: live,
    activity: live,
    silence: 'same',
    close: closed,
    fail: broken,
    'fail-for-good': failed,
    'retry-due': 'same',
    pause: paused,
    resume: 'same',
    'resume-open': 'same',
    stop: stopped,
    complete,
  },
  live: {
    connect: 'same',
    open: 'same',
    activity: 'same',
    silence: stalled,
    close: closed,
    fail: broken,
    'fail-for-good': failed,
    'retry-due': 'same',
    pause: paused,
    resume: 'same',
    'resume-open': 'same',
    stop: stopped,
    complete,
  },
  stalled: {
    connect: 'same',
    open: live,
    activity: live,
    silence: 'same',
    close: closed,
    fail: broken,
    'fail-for-good': failed,
    'retry-due': 'same',
    pause: paused,
    resume: 'same',
    'resume-open': 'same',
    stop: stopped,
    complete,
  },
  reconnecting: {
    connect: again,
    open: 'same',
    activity: 'same',
    silence: 'same',
    close: closed,
    fail: broken,
    'fail-for-good': failed,
    'retry-due': again,
    pause: paused,
    resume: 'same',
    'resume-open': 'same',
    stop: stopped,
    complete,
  },
  paused: {
    connect: 'same',
    open: 'same',
    activity: 'same',
    silence: 'same',
    close: 'same',
    fail: 'same',
    'fail-for-good': failed,
    'retry-due': 'same',
    pause: 'same',
    resume: again,
    'resume-open': live,
    stop: stopped,
    complete,
  },
  ended: {
    connect: first,
    open: 'same',
    activity: 'same',
    silence: 'same',
    close: 'same',
    fail: 'same',
    'fail-for-good': 'same',
    'retry-due': 'same',
    pause: 'same',
    resume: 'same',
    'resume-open': 'same',
    stop: 'same',
    complete: 'same',
  },
  failed: {
    connect: first,
    open: 'same',
    activity: 'same',
    silence: 'same',
    close: 'same',
    fail: 'same',
    'fail-for-good': 'same',
    'retry-due': 'same',
    pause: 'same',
    resume: 'same',
    'resume-open': 'same',
    stop: stopped,
    complete: 'same',
  },
};

describe.each(Object.keys(states) as ConnectionStatus[])('a connection that is %s', (status) => {
  test.each(Object.keys(events) as EventName[])('at %s', (name) => {
    const before = states[status];
    const after = transition(before, events[name]);
    const wanted = expected[status][name];
    if (wanted === 'same') expect(after).toBe(before);
    else expect(after).toEqual(wanted);
  });
});

import { describe, expect, test } from 'vitest';
import { GOOD_SPELL_MS, MAX_SERVER_DELAY_MS } from '../../src/streams/backoff.ts';
import { createConnectionSlots } from '../../src/streams/connection-slots.ts';
import { createPauseGate } from '../../src/streams/pause-gate.ts';
import { createReconnectTrigger } from '../../src/streams/reconnect-trigger.ts';
import { type SubscribeOptions, subscribe } from '../../src/streams/subscribe.ts';
import { StreamError, type TransportEvent } from '../../src/streams/types.ts';
import { createManualClock } from './doubles/manual-clock.ts';
import { createManualSurroundings } from './doubles/manual-surroundings.ts';
import { createScriptedTransport } from './doubles/scripted-transport.ts';
import { nextTold as next, untilTold as until } from './doubles/told-events.ts';

const response: TransportEvent = { type: 'response', response: null, atMs: 7 };
const interrupted = (expectedAtMs: number | null = null): TransportEvent => ({
  type: 'interrupted',
  expectedAtMs,
  atMs: 5,
});
const chunk = (...ids: string[]): TransportEvent => ({
  type: 'chunk',
  byteLength: null,
  messages: ids.map((id) => ({ id, event: 'message', data: `data of ${id}` })),
  atMs: 1,
});

async function startLive(
  options: Partial<SubscribeOptions<unknown>> = {},
  transport = createScriptedTransport(),
) {
  const clock = createManualClock();
  const surroundings = createManualSurroundings();
  const events = subscribe<unknown>({
    request: { url: 'http://backend.test/feed' },
    transport,
    parse: ({ data }) => ({ ok: true, value: data }),
    signal: new AbortController().signal,
    lifetime: 'endless',
    reconnect: 'always',
    inactivityTimeoutMs: null,
    clock,
    surroundings,
    random: () => 0,
    ...options,
  })[Symbol.asyncIterator]();
  const live = until(events, 'live');
  const connection = await transport.connection(1);
  connection.emit(response);
  await live;
  return { transport, clock, surroundings, events, connection };
}

/** One whose connection is gone, and which the browser is to open again. */
async function startLeft(options: Partial<SubscribeOptions<unknown>> = {}) {
  const started = await startLive(options);
  started.connection.emit(chunk('1', '2'));
  await until(started.events, 'chunk');
  started.connection.emit(interrupted());
  const left = await until(started.events, 'reconnecting');
  return { ...started, left };
}

describe('whether the browser may reconnect', () => {
  test('it may the first time, and not again before a good spell', async () => {
    const { connection, events, clock } = await startLive();
    expect(connection.mayBrowserReconnect).toBe(true);
    connection.emit(interrupted());
    connection.emit(response);
    await until(events, 'live');
    expect(connection.mayBrowserReconnect).toBe(false);
    clock.advance(GOOD_SPELL_MS);
    expect(connection.mayBrowserReconnect).toBe(true);
  });

  test.each([
    ['finite', 'always'],
    ['endless', 'never'],
  ] as const)('it may not where a stream is %s or to be asked for %s', async (lifetime, reconnect) => {
    const { connection } = await startLive({ lifetime, reconnect });
    expect(connection.mayBrowserReconnect).toBe(false);
  });

  test('it may not while the reader pauses, or without a network', async () => {
    const pauseGate = createPauseGate();
    const { connection, surroundings } = await startLive({ pauseGate });
    pauseGate.pause();
    expect(connection.mayBrowserReconnect).toBe(false);
    pauseGate.resume();
    surroundings.change('offline');
    expect(connection.mayBrowserReconnect).toBe(false);
  });
});

describe('a connection that is left to the browser', () => {
  test('says so, with the time that it is expected to take', async () => {
    const { left } = await startLeft();
    expect(left).toMatchObject({
      state: { status: 'reconnecting', attempt: 2, retryAtMs: 5, failure: null, waitingFor: 'browser' },
    });
    const { connection, events } = await startLive();
    connection.emit(interrupted(90));
    expect(await until(events, 'reconnecting')).toMatchObject({ state: { retryAtMs: 90 } });
  });

  test('is live again as a reconnect, and what comes again is left out', async () => {
    const { connection, events, transport } = await startLeft();
    connection.emit(response);
    connection.emit(chunk('2', '3'));
    expect(await next(events)).toMatchObject({ type: 'request', byBrowser: true, atMs: 7 });
    expect(await next(events)).toMatchObject({ type: 'response' });
    expect(await next(events)).toMatchObject({ type: 'status', state: { status: 'live', attempt: 2 } });
    const told = [await next(events), await next(events)];
    expect(told).toContainEqual(expect.objectContaining({ type: 'repeated', count: 1 }));
    expect(told).toContainEqual(
      expect.objectContaining({ messages: [expect.objectContaining({ id: '3' })] }),
    );
    expect(transport.connections).toHaveLength(1);
  });

  const native = () => ({ ...createScriptedTransport(), name: 'EventSource' as const });

  test('is believed to go on under IDs that can not be compared: the header asked', async () => {
    const { connection, events } = await startLive({}, native());
    connection.emit(chunk('abc'));
    await until(events, 'chunk');
    connection.emit(interrupted());
    await until(events, 'reconnecting');
    connection.emit(response);
    connection.emit(chunk('xyz'));
    await until(events, 'live');
    expect(await next(events)).toMatchObject({ type: 'chunk', messages: [{ id: 'xyz' }] });
  });

  test('is not believed to once it is ours: the query alone asked', async () => {
    const { connection, events, transport, clock } = await startLive({}, native());
    connection.emit(chunk('abc'));
    await until(events, 'chunk');
    connection.emit(interrupted());
    await until(events, 'reconnecting');
    connection.fail(new StreamError('network', 'No answer'));
    await until(events, 'reconnecting');
    const live = until(events, 'live');
    clock.advance(1_000);
    const second = await transport.connection(2);
    second.emit(response);
    await live;
    second.emit(chunk('xyz'));
    expect(await next(events)).toMatchObject({ type: 'gap', missed: null });
  });

  test('waits for the network where that is gone by the time that it is known', async () => {
    const { connection, events, surroundings, transport } = await startLive();
    surroundings.change('offline');
    connection.emit(interrupted());
    expect(await until(events, 'reconnecting')).toMatchObject({ state: { waitingFor: 'network' } });
    expect(connection.signal.aborted).toBe(true);
    const request = until(events, 'request');
    surroundings.change('online');
    await request;
    expect(transport.connections).toHaveLength(2);
  });

  test('keeps its place among the long-lived ones meanwhile', async () => {
    const slots = createConnectionSlots();
    await startLeft({ slots, label: 'ticker' });
    expect(slots.snapshot().held).toMatchObject([{ label: 'ticker' }]);
  });

  test('is ours again once the browser failed: after the server’s reconnection time, and from the last event on', async () => {
    const { connection, events, transport, clock } = await startLeft();
    connection.emit({ type: 'reconnection-time', delayMs: 3_000, atMs: 9 });
    connection.fail(new StreamError('network', 'No answer'));
    const state = await until(events, 'reconnecting');
    expect(state).toMatchObject({ state: { attempt: 3, retryAtMs: clock.nowMs() + 3_000 } });
    const request = until(events, 'request');
    clock.advance(3_000);
    await request;
    expect((await transport.connection(2)).lastEventId).toBe('2');
  });

  test('is taken from it after the longest time that there is', async () => {
    const { connection, events, clock } = await startLeft();
    const request = until(events, 'request');
    clock.advance(MAX_SERVER_DELAY_MS - 1);
    expect(connection.signal.aborted).toBe(false);
    clock.advance(1);
    await request;
    expect(connection.signal.aborted).toBe(true);
  });

  test.each(['online', 'wake'] as const)('is taken from it when the machine is %s', async (change) => {
    const { connection, events, surroundings, transport } = await startLeft();
    const request = until(events, 'request');
    surroundings.change(change);
    await request;
    expect(connection.signal.aborted).toBe(true);
    expect((await transport.connection(2)).lastEventId).toBe('2');
  });

  test.each(['offline', 'suspend'] as const)('is closed at once at %s', async (change) => {
    const { connection, surroundings } = await startLeft();
    surroundings.change(change);
    expect(connection.signal.aborted).toBe(true);
  });

  test('is taken from it by a reader who does not want to wait', async () => {
    const reconnectTrigger = createReconnectTrigger();
    const { connection, events, transport } = await startLeft({ reconnectTrigger });
    const request = until(events, 'request');
    reconnectTrigger.reconnectNow();
    await request;
    expect(connection.signal.aborted).toBe(true);
    expect(transport.connections).toHaveLength(2);
  });

  test('is closed by a pause, and made anew after it', async () => {
    const pauseGate = createPauseGate();
    const { connection, events, transport } = await startLeft({ pauseGate });
    const paused = until(events, 'paused');
    pauseGate.pause();
    await paused;
    expect(connection.signal.aborted).toBe(true);
    const request = until(events, 'request');
    pauseGate.resume();
    await request;
    expect(transport.connections).toHaveLength(2);
  });
});

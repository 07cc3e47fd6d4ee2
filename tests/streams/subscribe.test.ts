import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { HEARTBEAT_MS } from '../../src/contract/endpoint.ts';
import { createConnectionSlots } from '../../src/streams/connection-slots.ts';
import { parseJson } from '../../src/streams/parse-json.ts';
import { createPauseGate } from '../../src/streams/pause-gate.ts';
import { createReconnectTrigger } from '../../src/streams/reconnect-trigger.ts';
import { type SubscribeOptions, subscribe } from '../../src/streams/subscribe.ts';
import {
  type RawMessage,
  StreamError,
  type StreamEvent,
  type TransportEvent,
} from '../../src/streams/types.ts';
import { createManualClock } from './doubles/manual-clock.ts';
import { createManualSurroundings } from './doubles/manual-surroundings.ts';
import { createScriptedTransport } from './doubles/scripted-transport.ts';
import { nextTold as next, type Told, untilTold as until } from './doubles/told-events.ts';

type Row = { n: number };
const rowSchema = z.object({ n: z.number() });

const response: TransportEvent = { type: 'response', response: null, atMs: 0 };
const chunk = (...messages: RawMessage[]): TransportEvent => ({
  type: 'chunk',
  byteLength: 10,
  messages,
  atMs: 1,
});
const row = (n: number, id: string | null = null, event = 'message'): RawMessage => ({
  id,
  event,
  data: JSON.stringify({ n }),
});
const gap = (missed: number | null): RawMessage => ({
  id: null,
  event: 'gap',
  data: JSON.stringify({ missed }),
});

function start(options: Partial<SubscribeOptions<Row>> = {}) {
  const transport = createScriptedTransport();
  const clock = createManualClock();
  const controller = new AbortController();
  const events = subscribe<Row>({
    request: { url: 'http://backend.test/feed' },
    transport,
    parse: parseJson(rowSchema),
    signal: controller.signal,
    lifetime: 'endless',
    reconnect: 'always',
    clock,
    random: () => 0,
    ...options,
  })[Symbol.asyncIterator]();
  return { transport, clock, controller, events };
}

/** A subscription whose first connection is live. */
async function startLive(options: Partial<SubscribeOptions<Row>> = {}) {
  const started = start(options);
  const live = until(started.events, 'live');
  const connection = await started.transport.connection(1);
  connection.emit(response);
  await live;
  return { ...started, connection };
}

async function rest(events: Told<Row>): Promise<StreamEvent<Row>[]> {
  const all: StreamEvent<Row>[] = [];
  for (let result = await events.next(); !result.done; result = await events.next()) all.push(result.value);
  return all;
}

const network = new StreamError('network', 'No answer');
const status = (code: number, retryAfterMs?: number) =>
  new StreamError('status', `${code}`, {
    status: code,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('one connection', () => {
  test('is told in order: connecting, request, response, live, chunks, the end', async () => {
    const { events, transport } = start({ lifetime: 'finite', reconnect: 'never' });
    const all = rest(events);
    const connection = await transport.connection(1);
    connection.emit(response);
    connection.emit(chunk(row(1), row(2)));
    connection.end();
    expect(await all).toEqual([
      { type: 'status', state: { status: 'connecting', attempt: 1 }, atMs: 1_000 },
      { type: 'request', transport: 'fetch', seesBytes: true, atMs: 1_000 },
      response,
      { type: 'status', state: { status: 'live', attempt: 1 }, atMs: 1_000 },
      {
        type: 'chunk',
        byteLength: 10,
        atMs: 1,
        messages: [
          { id: null, event: 'message', value: { n: 1 } },
          { id: null, event: 'message', value: { n: 2 } },
        ],
      },
      { type: 'status', state: { status: 'ended', reason: 'complete' }, atMs: 1_000 },
    ]);
  });

  test('tells what its schema refuses, and goes on', async () => {
    const { events, connection } = await startLive();
    connection.emit(chunk({ id: null, event: 'message', data: '{"n":"x"}' }, row(2)));
    expect(await next(events)).toMatchObject({ type: 'chunk', messages: [{ value: { n: 2 } }] });
    expect(await next(events)).toEqual({
      type: 'malformed',
      reason: 'n: expected number, received string',
      sample: '{"n":"x"}',
      atMs: 1,
    });
  });

  test('tells a gap where it was, and the bytes around it once', async () => {
    const { events, connection } = await startLive();
    connection.emit(chunk(row(1), gap(7), row(2)));
    expect(await next(events)).toMatchObject({ byteLength: 10, messages: [{ value: { n: 1 } }] });
    expect(await next(events)).toEqual({ type: 'gap', missed: 7, atMs: 1 });
    expect(await next(events)).toMatchObject({ byteLength: 0, messages: [{ value: { n: 2 } }] });
  });

  test('tells a gap that nobody can count, and no empty chunk after it', async () => {
    const { events, connection } = await startLive();
    connection.emit(chunk(gap(null)));
    connection.emit(chunk(row(1)));
    expect(await next(events)).toEqual({ type: 'gap', missed: null, atMs: 1 });
    expect(await next(events)).toMatchObject({ type: 'chunk', messages: [] });
    expect(await next(events)).toMatchObject({ messages: [{ value: { n: 1 } }] });
  });

  test("reads another backend's gap event as a message", async () => {
    const { events, connection } = await startLive();
    connection.emit(chunk({ id: null, event: 'gap', data: 'mind it' }));
    expect(await next(events)).toMatchObject({ type: 'chunk', messages: [] });
    expect(await next(events)).toMatchObject({ type: 'malformed', sample: 'mind it' });
  });

  test('passes an event of type error on, for the panel to decide', async () => {
    const { events, connection } = await startLive();
    connection.emit(chunk(row(1, null, 'error')));
    expect(await next(events)).toMatchObject({ messages: [{ event: 'error' }] });
  });

  test('passes on what a queue had to drop', async () => {
    const { events, connection } = await startLive();
    connection.emit({ type: 'dropped', count: 3, atMs: 2 });
    expect(await next(events)).toEqual({ type: 'dropped', count: 3, atMs: 2 });
  });

  test('closes the connection at the message that ends the stream, and delivers nothing after it', async () => {
    const { events, connection } = await startLive({ isEnd: ({ value }) => value.n === 2 });
    connection.emit(chunk(row(1), row(2), row(3)));
    expect(await rest(events)).toMatchObject([
      { messages: [{ value: { n: 1 } }, { value: { n: 2 } }] },
      { state: { status: 'ended', reason: 'complete' } },
    ]);
    expect(connection.signal.aborted).toBe(true);
  });

  test('ends for good at 204', async () => {
    const { events, transport } = start();
    const all = rest(events);
    const facts = { status: 204, url: '', contentType: null, contentLength: null, headers: [] };
    (await transport.connection(1)).emit({ type: 'response', response: facts, atMs: 0 });
    expect((await all).at(-1)).toMatchObject({ state: { status: 'ended', reason: 'no-content' } });
  });

  test('reads only when the consumer pulls', async () => {
    const { events, connection } = await startLive();
    for (let n = 1; n <= 5; n += 1) connection.emit(chunk(row(n)));
    await next(events);
    await next(events);
    expect(connection.pulls).toBe(3);
  });
});

describe('an abort', () => {
  test('ends the iteration at once, closes the connection and leaves no timer', async () => {
    const { events, connection, controller, clock } = await startLive();
    const pending = events.next();
    controller.abort();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(connection.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('while waiting for the next try leaves no timer either', async () => {
    const { events, connection, controller, clock } = await startLive();
    connection.fail(network);
    await until(events, 'reconnecting');
    const pending = events.next();
    expect(clock.pending).toBe(1);
    controller.abort();
    expect((await pending).done).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('tells nothing more of what has come already', async () => {
    const { events, connection, controller } = await startLive();
    connection.emit(chunk(row(1)));
    connection.emit(chunk(row(2)));
    await next(events);
    controller.abort();
    expect((await events.next()).done).toBe(true);
  });

  test('before the start opens nothing', async () => {
    const { events, transport } = start({ signal: AbortSignal.abort() });
    expect((await events.next()).done).toBe(true);
    expect(transport.connections).toHaveLength(0);
  });

  test('is the same for a consumer that leaves its loop', async () => {
    const { events, connection, clock } = await startLive();
    await events.return?.();
    expect(connection.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

describe('a new connection', () => {
  test('follows a clean close of an endless stream, after the reconnection time of the server', async () => {
    const { events, connection, transport, clock } = await startLive();
    connection.emit({ type: 'reconnection-time', delayMs: 3_000, atMs: 0 });
    connection.end();
    expect(await until(events, 'reconnecting')).toMatchObject({
      state: { attempt: 2, retryAtMs: 4_000, failure: null },
    });
    const connecting = until(events, 'connecting');
    clock.advance(2_999);
    expect(transport.connections).toHaveLength(1);
    clock.advance(1);
    expect(await connecting).toMatchObject({ state: { attempt: 2 } });
    void events.next();
    await transport.connection(2);
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('follows status %i', async (code) => {
    const { events, transport } = start();
    const reconnecting = until(events, 'reconnecting');
    (await transport.connection(1)).fail(status(code));
    expect(await reconnecting).toMatchObject({ state: { failure: { kind: 'status', status: code } } });
  });

  test.each([
    ['401', status(401)],
    ['404', status(404)],
    ['422', status(422)],
    ['501', status(501)],
    ['another content type', new StreamError('content-type', 'An HTML page')],
    ['a broken body', new StreamError('decode', 'No JSON')],
    ['an impossible request', new StreamError('request', 'No URL')],
    ['a defect of a transport', new TypeError('undefined is not a function')],
  ])('does not follow %s', async (_name, error) => {
    const { events, transport } = start();
    const all = rest(events);
    (await transport.connection(1)).fail(error);
    expect((await all).at(-1)).toMatchObject({ state: { status: 'failed' } });
  });

  test('waits as long as Retry-After says', async () => {
    const { events, transport } = start();
    const reconnecting = until(events, 'reconnecting');
    (await transport.connection(1)).fail(status(503, 9_000));
    expect(await reconnecting).toMatchObject({ state: { retryAtMs: 10_000 } });
  });

  test('recovers by itself when the backend comes up', async () => {
    const { events, transport, clock } = start();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const reconnecting = until(events, 'reconnecting');
      (await transport.connection(attempt)).fail(network);
      expect(await reconnecting).toMatchObject({ state: { attempt: attempt + 1 } });
      const connecting = until(events, 'connecting');
      clock.advance(60_000);
      await connecting;
    }
    const live = until(events, 'live');
    (await transport.connection(6)).emit(response);
    await live;
  });

  test('resumes after the last event ID that the consumer took', async () => {
    const { events, connection, transport, clock } = await startLive();
    connection.emit(chunk(row(1, '1'), row(2, '2')));
    connection.emit(chunk(row(3)));
    await next(events);
    await next(events);
    connection.fail(network);
    await until(events, 'reconnecting');
    const request = until(events, 'request');
    clock.advance(10_000);
    await request;
    expect((await transport.connection(2)).lastEventId).toBe('2');
  });

  test('drops the event that it was asked to go on after', async () => {
    const { events, connection, transport, clock } = await startLive();
    connection.emit(chunk(row(1, '1')));
    await next(events);
    connection.end();
    await until(events, 'reconnecting');
    clock.advance(10_000);
    const chunkAgain = until(events, 'chunk');
    const second = await transport.connection(2);
    second.emit(response);
    second.emit(chunk(row(1, '1'), row(2, '2')));
    expect(await chunkAgain).toMatchObject({ messages: [{ id: '2' }] });
  });

  test('keeps events with no ID and a gap that come before the first ID', async () => {
    const { events, connection, transport, clock } = await startLive();
    connection.emit(chunk(row(1, '1')));
    await next(events);
    connection.end();
    await until(events, 'reconnecting');
    clock.advance(10_000);
    const gapAgain = until(events, 'gap');
    const second = await transport.connection(2);
    second.emit(response);
    second.emit(chunk(gap(2), row(3), row(4, '4'), row(1, '1')));
    expect(await gapAgain).toMatchObject({ missed: 2 });
    expect(await next(events)).toMatchObject({
      messages: [{ value: { n: 3 } }, { value: { n: 4 } }, { value: { n: 1 } }],
    });
  });

  test('sends no ID after the server took it back', async () => {
    const { events, connection, transport, clock } = await startLive();
    connection.emit(chunk(row(1, '1'), row(2, '')));
    await next(events);
    connection.end();
    await until(events, 'reconnecting');
    clock.advance(10_000);
    void until(events, 'chunk');
    expect((await transport.connection(2)).lastEventId).toBeNull();
  });

  test('is not made once bytes have come, where the request must not happen twice', async () => {
    const { events, connection } = await startLive({ lifetime: 'finite', reconnect: 'before-first-byte' });
    connection.emit(chunk(row(1)));
    connection.fail(network);
    expect((await rest(events)).at(-1)).toMatchObject({
      state: { status: 'failed', failure: { kind: 'network' } },
    });
  });

  test('is made before the first byte, where the request must not happen twice', async () => {
    const { events, transport } = start({ lifetime: 'finite', reconnect: 'before-first-byte' });
    const reconnecting = until(events, 'reconnecting');
    (await transport.connection(1)).fail(network);
    await reconnecting;
  });

  test('is never made where that is asked', async () => {
    const { events, transport } = start({ reconnect: 'never' });
    const all = rest(events);
    (await transport.connection(1)).fail(network);
    expect((await all).at(-1)).toMatchObject({ state: { status: 'failed' } });
  });
});

describe('silence', () => {
  test('is called stalled after the inactivity timeout, and is over with the next chunk', async () => {
    const { events, connection, clock } = await startLive({ inactivityTimeoutMs: 10_000 });
    const stalled = next(events);
    clock.advance(10_000);
    expect(await stalled).toMatchObject({ state: { status: 'stalled', silentSinceMs: 1_000 } });
    expect(connection.signal.aborted).toBe(false);
    connection.emit(chunk());
    expect(await next(events)).toMatchObject({ state: { status: 'live' } });
    expect(await next(events)).toMatchObject({ type: 'chunk' });
  });

  test('counts from the last chunk', async () => {
    const { events, connection, clock } = await startLive({ inactivityTimeoutMs: 10_000 });
    const first = next(events);
    clock.advance(4_000);
    connection.emit(chunk());
    await first;
    const stalled = next(events);
    await Promise.resolve();
    clock.advance(9_999);
    clock.advance(1);
    expect(await stalled).toMatchObject({ state: { silentSinceMs: 5_000 }, atMs: 15_000 });
  });

  test('is not the wire’s while the consumer does not pull', async () => {
    const { events, connection, clock } = await startLive({ inactivityTimeoutMs: 10_000 });
    connection.emit(chunk());
    await next(events);
    clock.advance(60_000);
    connection.emit(chunk(row(1)));
    expect(await next(events)).toMatchObject({ type: 'chunk' });
  });
});

describe('heartbeats', () => {
  const comment: TransportEvent = { type: 'chunk', byteLength: 14, messages: [], atMs: 1, comments: 1 };

  test('an inactivity timeout that they would not meet is refused at once', () => {
    expect(() => start({ inactivityTimeoutMs: HEARTBEAT_MS })).toThrow(RangeError);
    expect(() => start({ inactivityTimeoutMs: HEARTBEAT_MS + 1 })).not.toThrow();
    expect(() => start({ inactivityTimeoutMs: null })).not.toThrow();
  });

  /** Live, and a heartbeat has come. */
  async function startBeating(intervalMs: number, options: Partial<SubscribeOptions<Row>> = {}) {
    const started = await startLive(options);
    const greeting = until(started.events, 'chunk');
    started.connection.emit(comment);
    await greeting;
    const beat = until(started.events, 'chunk');
    started.clock.advance(intervalMs);
    started.connection.emit(comment);
    await beat;
    return started;
  }

  test('that were seen to come and then stop mean a dead connection: a new one is made', async () => {
    const { events, connection, clock, transport } = await startBeating(8_000);
    const reconnecting = until(events, 'reconnecting');
    clock.advance(20_000);
    expect(await reconnecting).toMatchObject({
      state: { failure: { kind: 'network', message: expect.stringContaining('not even a heartbeat') } },
    });
    expect(connection.signal.aborted).toBe(true);
    const request = until(events, 'request');
    clock.advance(250);
    await request;
    expect(transport.connections).toHaveLength(2);
  });

  test('that are slower than ours are given twice their time', async () => {
    const { events, connection, clock } = await startBeating(15_000);
    const reconnecting = until(events, 'reconnecting');
    clock.advance(29_999);
    expect(connection.signal.aborted).toBe(false);
    clock.advance(1);
    await reconnecting;
  });

  test('are not what a late comment at the start of a stream is', async () => {
    const { events, connection, clock } = await startLive();
    const greeting = until(events, 'chunk');
    clock.advance(5_000);
    connection.emit(comment);
    await greeting;
    const stalled = until(events, 'stalled');
    clock.advance(20_000);
    await stalled;
    expect(connection.signal.aborted).toBe(false);
  });

  test('that stop do not send a request again whose effect must not happen twice', async () => {
    const { events, connection, clock } = await startBeating(8_000, { reconnect: 'never' });
    const stalled = until(events, 'stalled');
    clock.advance(20_000);
    await stalled;
    expect(connection.signal.aborted).toBe(false);
  });
});

describe('the surroundings', () => {
  function startIn(options: Partial<SubscribeOptions<Row>> = {}) {
    const surroundings = createManualSurroundings();
    return startLive({ surroundings, ...options }).then((started) => ({ ...started, surroundings }));
  }

  test('without a network nothing is tried, and with it at once', async () => {
    const { events, connection, transport, clock, surroundings } = await startIn();
    surroundings.change('offline');
    connection.fail(network);
    expect(await until(events, 'reconnecting')).toMatchObject({ state: { waitingFor: 'network' } });
    const request = until(events, 'request');
    clock.advance(600_000);
    expect(transport.connections).toHaveLength(1);
    surroundings.change('online');
    await request;
    expect(transport.connections).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test('a network that goes while the next try is awaited stops the wait', async () => {
    const { events, connection, transport, clock, surroundings } = await startIn();
    connection.fail(network);
    await until(events, 'reconnecting');
    surroundings.change('offline');
    expect(await next(events)).toMatchObject({ state: { status: 'reconnecting', waitingFor: 'network' } });
    void events.next();
    clock.advance(600_000);
    expect(transport.connections).toHaveLength(1);
  });

  test('a backend on this machine is tried without a network, too', async () => {
    const { events, connection, clock, surroundings } = await startIn({
      request: { url: 'http://127.0.0.1:8000/feed' },
    });
    surroundings.change('offline');
    connection.fail(network);
    const state = await until(events, 'reconnecting');
    expect(state).not.toMatchObject({ state: { waitingFor: 'network' } });
    const connecting = until(events, 'connecting');
    clock.advance(250);
    await connecting;
  });

  test('a page that is put away closes its connection at once, and goes on where it was when it is back', async () => {
    const { events, connection, transport, clock, surroundings } = await startIn();
    connection.emit(chunk(row(1, '1')));
    await until(events, 'chunk');
    const putAway = until(events, 'reconnecting');
    surroundings.change('suspend');
    expect(connection.signal.aborted).toBe(true);
    expect(await putAway).toMatchObject({ state: { waitingFor: 'page' } });
    const request = until(events, 'request');
    clock.advance(600_000);
    surroundings.change('online');
    expect(transport.connections).toHaveLength(1);
    surroundings.change('restore');
    await request;
    expect(transport.connections.map(({ lastEventId }) => lastEventId)).toEqual([null, '1']);
  });

  test.each([
    ['before-first-byte', true],
    ['never', false],
    ['never', true],
  ] as const)(
    'a page that is put away asks nothing twice that must not be (%s, first byte %s)',
    async (reconnect, begun) => {
      const { events, connection, transport, surroundings } = await startIn({
        lifetime: 'finite',
        reconnect,
      });
      if (begun) {
        connection.emit(chunk(row(1)));
        await until(events, 'chunk');
      }
      const failed = until(events, 'failed');
      surroundings.change('suspend');
      expect(await failed).toMatchObject({ state: { failure: { kind: 'network' } } });
      surroundings.change('restore');
      expect(transport.connections).toHaveLength(1);
    },
  );

  test('after a sleep a silent connection that can resume is replaced, once', async () => {
    const { events, connection, transport, clock, surroundings } = await startIn();
    connection.emit(chunk(row(1, '1')));
    await until(events, 'chunk');
    const reconnecting = until(events, 'reconnecting');
    surroundings.change('wake');
    clock.advance(9_999);
    expect(connection.signal.aborted).toBe(false);
    clock.advance(1);
    await reconnecting;
    const live = until(events, 'live');
    clock.advance(250);
    const second = await transport.connection(2);
    second.emit(response);
    await live;
    void until(events, 'reconnecting');
    clock.advance(60_000);
    expect(transport.connections).toHaveLength(2);
    expect(second.signal.aborted).toBe(false);
  });

  test('after a sleep a connection that is heard again stays', async () => {
    const { events, connection, clock, surroundings } = await startIn();
    connection.emit(chunk(row(1, '1')));
    await until(events, 'chunk');
    surroundings.change('wake');
    const second = until(events, 'chunk');
    connection.emit(chunk(row(2, '2')));
    await second;
    const stalled = until(events, 'stalled');
    clock.advance(20_000);
    expect(await stalled).toMatchObject({ atMs: 21_000 });
    expect(connection.signal.aborted).toBe(false);
  });

  test('after a sleep a silent connection that could not resume is left, and called stalled', async () => {
    const { events, connection, clock, surroundings } = await startIn();
    connection.emit(chunk(row(1)));
    await until(events, 'chunk');
    const stalled = until(events, 'stalled');
    surroundings.change('wake');
    clock.advance(10_000);
    await stalled;
    expect(connection.signal.aborted).toBe(false);
  });

  test('after a sleep the next try comes at once', async () => {
    const { events, connection, clock, surroundings, transport } = await startIn();
    connection.fail(status(503, 60_000));
    await until(events, 'reconnecting');
    const request = until(events, 'request');
    surroundings.change('wake');
    await request;
    expect(transport.connections).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});

describe('reconnect now', () => {
  test('does not wait for the next try, and goes on where it was', async () => {
    const reconnectTrigger = createReconnectTrigger();
    const { events, connection, transport, clock } = await startLive({ reconnectTrigger });
    connection.emit(chunk(row(1, '1')));
    connection.fail(status(503, 60_000));
    await until(events, 'reconnecting');
    const request = until(events, 'request');
    reconnectTrigger.reconnectNow();
    await request;
    expect((await transport.connection(2)).lastEventId).toBe('1');
    expect(clock.pending).toBe(0);
  });

  test('replaces a connection that is stalled, and leaves one alone that is live', async () => {
    const reconnectTrigger = createReconnectTrigger();
    const { events, connection, transport, clock } = await startLive({ reconnectTrigger });
    const stalled = until(events, 'stalled');
    reconnectTrigger.reconnectNow();
    expect(connection.signal.aborted).toBe(false);
    clock.advance(20_000);
    await stalled;
    const request = until(events, 'request');
    reconnectTrigger.reconnectNow();
    await request;
    expect(connection.signal.aborted).toBe(true);
    expect(transport.connections).toHaveLength(2);
  });
});

describe('a hidden tab', () => {
  test('changes nothing: no connection is closed, and no request is sent again', async () => {
    const { events, connection, transport } = await startLive();
    const page = Object.assign(new EventTarget(), { hidden: true, visibilityState: 'hidden' });
    vi.stubGlobal('document', page);
    page.dispatchEvent(new Event('visibilitychange'));
    connection.emit(chunk(row(1, '1')));
    expect(await next(events)).toMatchObject({ messages: [{ id: '1' }] });
    Object.assign(page, { hidden: false, visibilityState: 'visible' });
    page.dispatchEvent(new Event('visibilitychange'));
    vi.unstubAllGlobals();
    connection.emit(chunk(row(2, '2')));
    expect(await next(events)).toMatchObject({ messages: [{ id: '2' }] });
    expect(transport.connections).toHaveLength(1);
    expect(connection.signal.aborted).toBe(false);
  });
});

describe('what comes again after a reconnect', () => {
  async function reconnected(taken: readonly RawMessage[]) {
    const started = await startLive();
    started.connection.emit(chunk(...taken));
    await until(started.events, 'chunk');
    started.connection.end();
    await until(started.events, 'reconnecting');
    const live = until(started.events, 'live');
    started.clock.advance(10_000);
    const second = await started.transport.connection(2);
    second.emit(response);
    await live;
    return { ...started, second };
  }

  test('is left out and counted, from a server that begins anew', async () => {
    const { events, second } = await reconnected([row(1, 'a'), row(2, 'b'), row(3, 'b')]);
    second.emit(chunk(row(1, 'a'), row(2, 'b')));
    second.emit(chunk(row(3, 'b'), row(4, 'c'), row(1, 'a')));
    expect(await next(events)).toMatchObject({ type: 'chunk', messages: [] });
    expect(await next(events)).toMatchObject({ type: 'repeated', count: 2 });
    expect(await next(events)).toMatchObject({ messages: [{ value: { n: 4 } }, { value: { n: 1 } }] });
    expect(await next(events)).toMatchObject({ type: 'repeated', count: 1 });
  });

  test('does not move the last event ID back', async () => {
    const { events, second, transport, clock } = await reconnected([row(1, 'a'), row(2, 'b')]);
    second.emit(chunk(row(1, 'a')));
    second.end();
    await until(events, 'reconnecting');
    void until(events, 'live');
    clock.advance(10_000);
    expect((await transport.connection(3)).lastEventId).toBe('b');
  });

  test('is something else where the content differs: a backend was started again and counts anew', async () => {
    const { events, second } = await reconnected([row(1, '1'), row(2, '2')]);
    second.emit(chunk(row(7, '1'), row(2, '2')));
    expect(await next(events)).toMatchObject({ type: 'gap', missed: null });
    expect(await next(events)).toMatchObject({ messages: [{ value: { n: 7 } }, { value: { n: 2 } }] });
  });

  test('is not what names no ID and happens to say the same, which a browser gives the last ID', async () => {
    const { events, second } = await reconnected([row(1, '1'), row(2, '1')]);
    second.emit(chunk(row(3, '1'), row(2, '1'), row(4, '2')));
    expect(await next(events)).toMatchObject({
      messages: [{ value: { n: 3 } }, { value: { n: 2 } }, { value: { n: 4 } }],
    });
  });

  test('goes on after an ID that came with no data', async () => {
    const { events, connection, transport, clock } = await startLive();
    connection.emit({ type: 'chunk', byteLength: 6, messages: [], atMs: 1, lastEventId: '9' });
    expect(await next(events)).toMatchObject({ type: 'chunk', lastEventId: '9' });
    connection.end();
    await until(events, 'reconnecting');
    void until(events, 'live');
    clock.advance(10_000);
    expect((await transport.connection(2)).lastEventId).toBe('9');
  });
});

describe('a pause', () => {
  test('stops the pulling, keeps the connection, and goes on where it was', async () => {
    const pauseGate = createPauseGate();
    const { events, connection } = await startLive({ pauseGate });
    connection.emit(chunk(row(1)));
    await next(events);
    const paused = next(events);
    pauseGate.pause();
    expect(await paused).toMatchObject({ state: { status: 'paused' } });
    const resumed = next(events);
    connection.emit(chunk(row(2)));
    connection.emit(chunk(row(3)));
    const pulls = connection.pulls;
    pauseGate.resume();
    expect(await resumed).toMatchObject({ state: { status: 'live' } });
    expect(pulls).toBe(3);
    expect(await next(events)).toMatchObject({ messages: [{ value: { n: 2 } }] });
    expect(await next(events)).toMatchObject({ messages: [{ value: { n: 3 } }] });
  });

  test('between two connections holds the next one back', async () => {
    const pauseGate = createPauseGate();
    const { events, connection, transport, clock } = await startLive({ pauseGate });
    connection.end();
    await until(events, 'reconnecting');
    const paused = next(events);
    pauseGate.pause();
    await paused;
    clock.advance(60_000);
    expect(transport.connections).toHaveLength(1);
    const connecting = until(events, 'connecting');
    pauseGate.resume();
    await connecting;
    void events.next();
    await transport.connection(2);
  });

  test('before the start holds the first connection back', async () => {
    const pauseGate = createPauseGate();
    pauseGate.pause();
    const { events, transport } = start({ pauseGate });
    await until(events, 'paused');
    const connecting = until(events, 'connecting');
    expect(transport.connections).toHaveLength(0);
    pauseGate.resume();
    await connecting;
  });
});

describe('a connection slot', () => {
  test('is waited for while connecting, and given back at the end', async () => {
    const slots = createConnectionSlots(1);
    const first = await startLive({ slots, label: 'Live logs' });
    const second = start({ slots, label: 'Stock ticker' });
    await until(second.events, 'connecting');
    const request = next(second.events);
    expect(slots.snapshot()).toMatchObject({
      held: [{ label: 'Live logs' }],
      waiting: [{ label: 'Stock ticker' }],
    });
    expect(second.transport.connections).toHaveLength(0);
    await first.events.return?.();
    expect(await request).toMatchObject({ type: 'request' });
    expect(slots.snapshot()).toMatchObject({ held: [{ label: 'Stock ticker' }], waiting: [] });
  });

  test('is not held between two connections', async () => {
    const slots = createConnectionSlots(1);
    const { events, connection } = await startLive({ slots });
    connection.end();
    await until(events, 'reconnecting');
    expect(slots.snapshot().held).toHaveLength(0);
  });

  test('is not waited for any more after an abort', async () => {
    const slots = createConnectionSlots(0);
    const { events, controller } = start({ slots });
    await until(events, 'connecting');
    const pending = events.next();
    controller.abort();
    expect((await pending).done).toBe(true);
    expect(slots.snapshot().waiting).toHaveLength(0);
  });
});

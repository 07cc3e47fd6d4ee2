import { afterEach, describe, expect, test } from 'vitest';
import { createEventSourceTransport } from '../../src/streams/transports/event-source.ts';
import type { TransportEvent } from '../../src/streams/types.ts';
import { FakeEventSource } from './doubles/fake-event-source.ts';
import { createFakeFetch, eventStream } from './doubles/fake-fetch.ts';

const probeRefused = createFakeFetch(() => Promise.reject(new TypeError('Failed to fetch')));

function open(
  options: {
    eventTypes?: string[];
    lastEventId?: string | null;
    maxWaiting?: number;
    signal?: AbortSignal;
    fetch?: typeof fetch;
    mayBrowserReconnect?: () => boolean;
    nowMs?: () => number;
  } = {},
) {
  const transport = createEventSourceTransport({
    eventTypes: options.eventTypes ?? [],
    EventSource: FakeEventSource,
    fetch: options.fetch ?? probeRefused.fetch,
    nowMs: options.nowMs ?? (() => 5),
    schedule: queueMicrotask,
    ...(options.maxWaiting === undefined ? {} : { maxWaiting: options.maxWaiting }),
  });
  const signal = options.signal ?? new AbortController().signal;
  const iterable = transport.open(
    { url: 'http://backend.test/feed?rate=1' },
    {
      signal,
      lastEventId: options.lastEventId ?? null,
      ...(options.mayBrowserReconnect && { mayBrowserReconnect: options.mayBrowserReconnect }),
    },
  );
  return iterable[Symbol.asyncIterator]();
}

async function eventOf(result: Promise<IteratorResult<TransportEvent>>): Promise<TransportEvent> {
  const { done, value } = await result;
  if (done) throw new Error('the stream ended');
  return value;
}

afterEach(() => {
  FakeEventSource.made.length = 0;
});

describe('the EventSource transport', () => {
  test('tells the response as one that it can not see', async () => {
    const events = open();
    const first = events.next();
    FakeEventSource.last().open();
    expect(await eventOf(first)).toEqual({ type: 'response', response: null, atMs: 5 });
  });

  test('hands over what came since the last pull as one chunk', async () => {
    const events = open({ eventTypes: ['update'] });
    const first = events.next();
    const source = FakeEventSource.last();
    source.open();
    await first;
    source.message('a', { id: '1' });
    source.message('b', { event: 'update', id: '1' });
    source.message('c', { event: 'gap' });
    expect(await eventOf(events.next())).toEqual({
      type: 'chunk',
      byteLength: null,
      atMs: 5,
      messages: [
        { id: '1', event: 'message', data: 'a' },
        { id: '1', event: 'update', data: 'b' },
        { id: '', event: 'gap', data: 'c' },
      ],
    });
  });

  test('tells an event of type error from a connection that failed', async () => {
    const events = open();
    const first = events.next();
    const source = FakeEventSource.last();
    source.open();
    source.message('{"message":"x"}', { event: 'error' });
    await first;
    expect(await eventOf(events.next())).toMatchObject({ messages: [{ event: 'error' }] });
    source.fail(0);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  test('drops the oldest where nobody pulls, and says how many', async () => {
    const events = open({ maxWaiting: 3 });
    const first = events.next();
    const source = FakeEventSource.last();
    source.open();
    await first;
    for (let index = 1; index <= 11; index += 1) source.message(`${index}`);
    expect(await eventOf(events.next())).toEqual({ type: 'dropped', count: 8, atMs: 5 });
    const chunk = await eventOf(events.next());
    expect(chunk.type === 'chunk' && chunk.messages.map(({ data }) => data)).toEqual(['9', '10', '11']);
  });

  test('delivers what came before the end', async () => {
    const events = open();
    const first = events.next();
    const source = FakeEventSource.last();
    source.open();
    await first;
    source.message('last');
    source.fail(0);
    expect(await eventOf(events.next())).toMatchObject({ messages: [{ data: 'last' }] });
    expect((await events.next()).done).toBe(true);
  });

  test('puts the last event ID into the query', () => {
    void open({ lastEventId: 'ä 1' }).next();
    expect(FakeEventSource.last().url).toBe('http://backend.test/feed?rate=1&lastEventId=%C3%A4+1');
  });

  test('closes at the first error, so that the browser does not reconnect by itself', async () => {
    const events = open();
    const first = events.next();
    const source = FakeEventSource.last();
    source.fail(0);
    await expect(first).rejects.toMatchObject({ kind: 'network' });
    expect(source.readyState).toBe(2);
  });

  test.each([
    [new Response('no', { status: 401 }), { kind: 'status', status: 401 }],
    [new Response('<html>', { headers: { 'content-type': 'text/html' } }), { kind: 'content-type' }],
    [eventStream(''), { kind: 'network' }],
  ])('asks again what was wrong with a refused answer', async (answer, expected) => {
    const events = open({ fetch: createFakeFetch(() => answer).fetch });
    const first = events.next();
    FakeEventSource.last().fail(2);
    await expect(first).rejects.toMatchObject(expected);
  });

  test('ends in good order where the refused answer is 204: there is nothing to come', async () => {
    const events = open({ fetch: createFakeFetch(() => new Response(null, { status: 204 })).fetch });
    const first = events.next();
    FakeEventSource.last().fail(2);
    expect(await eventOf(first)).toMatchObject({ type: 'response', response: { status: 204 } });
    expect((await events.next()).done).toBe(true);
  });

  test('ends at an abort without an error, and closes', async () => {
    const controller = new AbortController();
    const events = open({ signal: controller.signal });
    const first = events.next();
    const source = FakeEventSource.last();
    source.open();
    await first;
    const second = events.next();
    controller.abort();
    expect((await second).done).toBe(true);
    expect(source.readyState).toBe(2);
  });

  test('opens nothing for a signal that is aborted already', async () => {
    expect((await open({ signal: AbortSignal.abort() }).next()).done).toBe(true);
    expect(FakeEventSource.made).toHaveLength(0);
  });

  test('says that a URL is none', async () => {
    const transport = createEventSourceTransport({ EventSource: FakeEventSource });
    const { signal } = new AbortController();
    const events = transport.open({ url: 'nowhere' }, { signal, lastEventId: null });
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'request' });
  });
});

describe('a connection that the browser may open again by itself', () => {
  const allowed = { mayBrowserReconnect: () => true };

  async function openAndRead(options: Parameters<typeof open>[0]) {
    const events = open(options);
    const first = events.next();
    const source = FakeEventSource.last();
    source.open();
    await first;
    return { events, source };
  }

  test('is told in order, and goes on as the same source', async () => {
    let now = 100;
    const { events, source } = await openAndRead({ ...allowed, nowMs: () => now });
    source.message('a', { id: '1' });
    source.fail(0);
    expect(await eventOf(events.next())).toMatchObject({ type: 'chunk', messages: [{ id: '1' }] });
    expect(await eventOf(events.next())).toEqual({ type: 'interrupted', expectedAtMs: null, atMs: 100 });
    now = 2_100;
    source.open();
    source.message('b', { id: '2' });
    expect(await eventOf(events.next())).toEqual({
      type: 'reconnection-time',
      delayMs: 2_000,
      atMs: 2_100,
    });
    expect(await eventOf(events.next())).toMatchObject({ type: 'response' });
    expect(await eventOf(events.next())).toMatchObject({ type: 'chunk', messages: [{ id: '2' }] });
    expect(FakeEventSource.made).toHaveLength(1);
    source.fail(0);
    expect(await eventOf(events.next())).toEqual({
      type: 'interrupted',
      expectedAtMs: 4_100,
      atMs: 2_100,
    });
    now = 12_100;
    source.open();
    expect(await eventOf(events.next())).toMatchObject({ type: 'reconnection-time', delayMs: 10_000 });
    await events.next();
    source.fail(0);
    await events.next();
    now = 40_000;
    source.fail(0);
    // The way to a host that is not there is none of the server's wishes.
    expect(await eventOf(events.next())).toMatchObject({ type: 'reconnection-time', delayMs: 10_000 });
  });

  test('is ours again when the browser finds nobody: how long it waited is known then', async () => {
    let now = 100;
    const { events, source } = await openAndRead({ ...allowed, nowMs: () => now });
    source.fail(0);
    await events.next();
    now = 3_100;
    source.fail(0);
    expect(await eventOf(events.next())).toMatchObject({ type: 'reconnection-time', delayMs: 3_000 });
    await expect(events.next()).rejects.toMatchObject({ kind: 'network' });
    expect(source.readyState).toBe(2);
  });

  test('is asked about when the answer to the browser was refused', async () => {
    const { events, source } = await openAndRead({
      ...allowed,
      fetch: createFakeFetch(() => new Response('no', { status: 401 })).fetch,
    });
    source.fail(0);
    await events.next();
    source.fail(2);
    await events.next();
    await expect(events.next()).rejects.toMatchObject({ kind: 'status', status: 401 });
  });

  test('is not left to the browser twice before the reader knows: no hot loop', async () => {
    const { events, source } = await openAndRead(allowed);
    source.fail(0);
    source.open();
    source.fail(0);
    expect(source.readyState).toBe(2);
    const told: string[] = [];
    for (let next = await events.next(); !next.done; next = await events.next()) told.push(next.value.type);
    expect(told).toEqual(['interrupted', 'reconnection-time', 'response']);
  });

  test('is closed when the reader leaves while the browser waits', async () => {
    const controller = new AbortController();
    const { events, source } = await openAndRead({ ...allowed, signal: controller.signal });
    source.fail(0);
    await events.next();
    const next = events.next();
    controller.abort();
    expect((await next).done).toBe(true);
    expect(source.readyState).toBe(2);
  });
});

test('an event before the first ID of a resumed connection has none', async () => {
  const events = open({ lastEventId: '7' });
  const first = events.next();
  const source = FakeEventSource.last();
  source.open();
  await first;
  source.message('{"missed":1}', { event: 'gap' });
  expect(await eventOf(events.next())).toMatchObject({ messages: [{ id: null, event: 'gap' }] });
});

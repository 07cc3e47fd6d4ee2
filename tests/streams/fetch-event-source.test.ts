import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventTransportWithHeaders } from '../../src/streams/choose-transport.ts';
import { createFetchEventSourceTransport } from '../../src/streams/transports/fetch-event-source.ts';
import type { RawMessage, StreamRequest, TransportEvent } from '../../src/streams/types.ts';
import { createControlledBody } from './doubles/controlled-body.ts';
import { createFakeFetch, eventStream, type FakeFetch } from './doubles/fake-fetch.ts';
import { growthOver8Times, LINEAR_GROWTH } from './doubles/linear-time.ts';
import { everySplit } from './doubles/splits.ts';

// The library wants a page around it. Its visibility listener is watched: hiding the tab must change nothing.
const page = Object.assign(new EventTarget(), { hidden: false });
const listened = vi.spyOn(page, 'addEventListener');

beforeAll(() => {
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', page);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const url = 'http://backend.test/feed';

function open(
  { fetch }: FakeFetch,
  options: { request?: Partial<StreamRequest>; lastEventId?: string; signal?: AbortSignal } = {},
) {
  const transport = createFetchEventSourceTransport({ fetch, nowMs: () => 5 });
  const events = transport.open(
    { url, ...options.request },
    { signal: options.signal ?? new AbortController().signal, lastEventId: options.lastEventId ?? null },
  );
  return events[Symbol.asyncIterator]();
}

const answerWith = (...chunks: Uint8Array[]) =>
  createFakeFetch(() => {
    const body = createControlledBody();
    for (const chunk of chunks) body.write(chunk);
    body.close();
    return eventStream(body.stream);
  });

async function collect(events: AsyncIterator<TransportEvent>): Promise<TransportEvent[]> {
  const all: TransportEvent[] = [];
  for (let next = await events.next(); !next.done; next = await events.next()) all.push(next.value);
  return all;
}

const messagesOf = (events: readonly TransportEvent[]): RawMessage[] =>
  events.flatMap((event) => (event.type === 'chunk' ? event.messages : []));

async function read(body: string): Promise<readonly RawMessage[]> {
  const [whole = []] = everySplit(body);
  return messagesOf(await collect(open(answerWith(...whole))));
}

describe('the fetch-event-source transport', () => {
  test('tells the response, then each chunk with its bytes and the messages that it completed', async () => {
    const encoder = new TextEncoder();
    const fake = answerWith(encoder.encode(': hi\n\nid: 1\nda'), encoder.encode('ta: é\n\ndata: b\n\ndata:'));
    const [response, ...chunks] = await collect(open(fake));
    expect(response).toMatchObject({
      type: 'response',
      atMs: 5,
      response: { status: 200, contentType: 'text/event-stream' },
    });
    expect(chunks).toEqual([
      { type: 'chunk', byteLength: 14, atMs: 5, messages: [], comments: 1 },
      {
        type: 'chunk',
        byteLength: 22,
        atMs: 5,
        messages: [
          { id: '1', event: 'message', data: 'é' },
          { id: '1', event: 'message', data: 'b' },
        ],
      },
    ]);
  });

  test('reads a stream the same way wherever its chunks are cut', async () => {
    const body = '\uFEFFid: ü\r\ndata: 1\r\n\r\nevent: x\rdata\rdata: 😀\r\rdata: b\n\n: c\n\n';
    for (const chunks of everySplit(body)) {
      expect(messagesOf(await collect(open(answerWith(...chunks))))).toEqual([
        { id: 'ü', event: 'message', data: '1' },
        { id: 'ü', event: 'x', data: '\n😀' },
        { id: 'ü', event: 'message', data: 'b' },
      ]);
    }
  });

  test('sends method, body and headers once each, in lower case', async () => {
    const fake = answerWith();
    const request = {
      method: 'POST',
      body: '{"a":1}',
      headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json', Authorization: 'Bearer t' },
    };
    await collect(open(fake, { request }));
    expect(fake.requests).toMatchObject([
      {
        method: 'POST',
        body: '{"a":1}',
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          authorization: 'Bearer t',
        },
      },
    ]);
  });
});

describe('what fetch-event-source 2.0.1 breaks', () => {
  test('hiding and showing the tab: nothing listens', async () => {
    await collect(open(answerWith()));
    expect(listened).not.toHaveBeenCalled();
  });

  test('headers that are fixed at the start: each connection sends the token of its own request', async () => {
    const fake = createFakeFetch(() => eventStream('data: 1\n\n'));
    for (const token of ['old', 'new']) {
      await collect(open(fake, { request: { headers: { authorization: `Bearer ${token}` } } }));
    }
    expect(fake.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  test('where there is no page it is not used: a worker reads the same stream without it', () => {
    expect(eventTransportWithHeaders().name).toBe('fetch-event-source');
    vi.stubGlobal('window', undefined);
    expect(eventTransportWithHeaders().name).toBe('fetch');
    vi.stubGlobal('window', globalThis);
  });

  test('a reader that throws in the middle of a message leaks no connection', async () => {
    const body = createControlledBody();
    body.write('data: 1\n\ndata: 2\n\n');
    const fake = createFakeFetch(() => eventStream(body.stream));
    const transport = createFetchEventSourceTransport({ fetch: fake.fetch });
    const { signal } = new AbortController();
    const readAll = async () => {
      for await (const event of transport.open({ url }, { signal, lastEventId: null })) {
        if (event.type === 'chunk') throw new Error('the reader failed');
      }
    };
    await expect(readAll()).rejects.toThrow('the reader failed');
    expect(fake.requests[0]?.signal.aborted).toBe(true);
    await vi.waitUntil(() => body.cancelled);
  });

  test('a signal that is aborted already: nothing is sent, and it ends', async () => {
    const fake = answerWith();
    expect(await collect(open(fake, { signal: AbortSignal.abort() }))).toEqual([]);
    expect(fake.requests).toHaveLength(0);
  });

  test('an abort between two chunks ends the iteration and the request', async () => {
    const body = createControlledBody();
    const controller = new AbortController();
    const fake = createFakeFetch(() => eventStream(body.stream));
    const events = open(fake, { signal: controller.signal });
    await events.next();
    const pending = events.next();
    controller.abort();
    expect((await pending).done).toBe(true);
    expect(fake.requests[0]?.signal.aborted).toBe(true);
    await vi.waitUntil(() => body.cancelled);
  });

  test('an abort before the response ends the iteration', async () => {
    const controller = new AbortController();
    const events = open(
      createFakeFetch(() => new Promise(() => undefined)),
      { signal: controller.signal },
    );
    const pending = events.next();
    controller.abort();
    expect((await pending).done).toBe(true);
  });

  test('messages that wait when the reader aborts are not delivered', async () => {
    const body = createControlledBody();
    const controller = new AbortController();
    const events = open(
      createFakeFetch(() => eventStream(body.stream)),
      { signal: controller.signal },
    );
    await events.next();
    body.write('data: 1\n\ndata: 2\n\n');
    body.write('data: 3\n\n');
    await events.next();
    controller.abort();
    expect((await events.next()).done).toBe(true);
  });

  test('a reader that leaves closes the connection', async () => {
    const body = createControlledBody();
    const fake = createFakeFetch(() => eventStream(body.stream));
    const events = open(fake);
    await events.next();
    await events.return?.();
    expect(fake.requests[0]?.signal.aborted).toBe(true);
  });

  test('it retries in ways of its own: one open is one request, whatever goes wrong', async () => {
    const broken = createControlledBody();
    broken.write('retry: 0\ndata: 1\n\n');
    const fake = createFakeFetch(() => eventStream(broken.stream));
    const events = open(fake);
    await events.next();
    expect(await events.next()).toMatchObject({ value: { type: 'reconnection-time', delayMs: 0 } });
    expect(await events.next()).toMatchObject({ value: { messages: [{ data: '1' }] } });
    broken.break(new TypeError('terminated'));
    await expect(events.next()).rejects.toMatchObject({ kind: 'network', name: 'StreamError' });
    expect(fake.requests).toHaveLength(1);
    expect(fake.requests[0]?.signal.aborted).toBe(true);
  });

  test('a clean close is the end', async () => {
    const fake = answerWith(new TextEncoder().encode('data: 1\n\n'));
    expect((await collect(open(fake))).at(-1)?.type).toBe('chunk');
    expect(fake.requests).toHaveLength(1);
  });

  test.each(['retry: 1000x', 'retry: -1', 'retry: '])('an invalid %j is ignored', async (field) => {
    const events = await collect(open(answerWith(new TextEncoder().encode(`${field}\ndata: 1\n\n`))));
    expect(events.map(({ type }) => type)).toEqual(['response', 'chunk']);
  });

  test('the ID of an unfinished event does not count', async () => {
    expect((await read('id: 1\ndata: a\n\nid: 2\ndata: b')).at(-1)?.id).toBe('1');
  });

  test('an ID with NUL is ignored', async () => {
    expect((await read('id: 1\0\ndata: a\n\n'))[0]?.id).toBeNull();
  });

  test('an ID outside Latin-1 is sent as its UTF-8 bytes', async () => {
    const fake = answerWith();
    await collect(open(fake, { lastEventId: '漢é' }));
    const sent = fake.requests[0]?.headers['last-event-id'] ?? '';
    expect(Buffer.from(sent, 'latin1').toString('utf8')).toBe('漢é');
  });

  test('comments and blank lines are no messages', async () => {
    expect(await read('\n\n: c\n\n\nevent: x\n\n:\n')).toEqual([]);
  });

  test('a leading empty data line is kept, a field with no colon counts, inner BOMs stay', async () => {
    expect(await read('data:\ndata: a\n\ndata\n\ndata: \uFEFFb\uFEFF\n\n')).toEqual([
      { id: null, event: 'message', data: '\na' },
      { id: null, event: 'message', data: '' },
      { id: null, event: 'message', data: '\uFEFFb\uFEFF' },
    ]);
  });

  test('one long line in small chunks is read in linear time', async () => {
    const encoder = new TextEncoder();
    const piece = encoder.encode('x'.repeat(4_096));
    const readLine = async (pieces: number) => {
      const chunks = [
        encoder.encode('data: '),
        ...Array<Uint8Array>(pieces).fill(piece),
        encoder.encode('\n\n'),
      ];
      const [message] = messagesOf(await collect(open(answerWith(...chunks))));
      expect(message?.data).toHaveLength(pieces * 4_096);
    };
    // 10 MiB in the larger one.
    expect(await growthOver8Times(readLine, 320)).toBeLessThan(LINEAR_GROWTH);
  }, 60_000);

  test.each([
    [new Response('x', { status: 500, headers: { 'content-type': 'text/event-stream' } }), 'status'],
    [new Response('x', { status: 206, headers: { 'content-type': 'text/event-stream' } }), 'status'],
    [new Response('x', { headers: { 'content-type': 'text/event-streams' } }), 'content-type'],
    [new Response('x', { headers: { 'content-type': 'text/html' } }), 'content-type'],
  ])('a response that is no event stream is refused', async (response, kind) => {
    const fake = createFakeFetch(() => response);
    await expect(collect(open(fake))).rejects.toMatchObject({ kind });
    expect(fake.requests[0]?.signal.aborted).toBe(true);
  });

  test('a content type with parameters, in any case, is one', async () => {
    const response = eventStream('data: 1\n\n', { 'content-type': 'Text/Event-Stream ; charset=utf-8' });
    const fake = createFakeFetch(() => response);
    expect(messagesOf(await collect(open(fake)))).toHaveLength(1);
  });

  test('204 is an answer with no events', async () => {
    const events = await collect(open(createFakeFetch(() => new Response(null, { status: 204 }))));
    expect(events).toMatchObject([{ type: 'response', response: { status: 204 } }]);
  });

  test('a dead network is a network failure', async () => {
    const fake = createFakeFetch(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(collect(open(fake))).rejects.toMatchObject({ kind: 'network', status: null });
  });

  test('the body is not read while nobody pulls', async () => {
    const body = createControlledBody();
    for (let index = 0; index < 10; index += 1) body.write(`data: ${index}\n\n`);
    const events = open(createFakeFetch(() => eventStream(body.stream)));
    await events.next();
    await events.next();
    // What the library would do by itself happens in microtasks and tasks that are already due.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(body.readCount).toBe(1);
    await events.next();
    expect(body.readCount).toBe(2);
  });
});

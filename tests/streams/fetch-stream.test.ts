import { describe, expect, test } from 'vitest';
import { EVENT_STREAM, type Expectation, parseRetryAfter } from '../../src/streams/checked-response.ts';
import { createBytesDecoder } from '../../src/streams/decoders/bytes.ts';
import { createLinesDecoder } from '../../src/streams/decoders/lines.ts';
import { createSseDecoder } from '../../src/streams/decoders/sse.ts';
import { createFetchTransport } from '../../src/streams/transports/fetch-stream.ts';
import type { StreamRequest, TransportEvent } from '../../src/streams/types.ts';
import { createControlledBody } from './doubles/controlled-body.ts';
import { createFakeFetch, type FakeFetch } from './doubles/fake-fetch.ts';

const TEXT: Expectation = { statuses: '2xx', mediaTypes: ['text/plain'], what: 'a text stream' };

function open(
  { fetch }: FakeFetch,
  options: {
    expect?: Expectation;
    decoder?: Parameters<typeof createFetchTransport>[0]['decoder'];
    reader?: 'default' | 'byob';
    request?: Partial<StreamRequest>;
    lastEventId?: string;
    signal?: AbortSignal;
  } = {},
) {
  const transport = createFetchTransport({
    decoder: options.decoder ?? createLinesDecoder,
    fetch,
    nowMs: () => 5,
    ...(options.expect === undefined ? {} : { expect: options.expect }),
    ...(options.reader === undefined ? {} : { reader: options.reader }),
  });
  const events = transport.open(
    { url: 'http://backend.test/text', ...options.request },
    { signal: options.signal ?? new AbortController().signal, lastEventId: options.lastEventId ?? null },
  );
  return events[Symbol.asyncIterator]();
}

async function collect(events: AsyncIterator<TransportEvent>): Promise<TransportEvent[]> {
  const all: TransportEvent[] = [];
  for (let next = await events.next(); !next.done; next = await events.next()) all.push(next.value);
  return all;
}

const answer = (body: BodyInit | null, init: ResponseInit = {}) =>
  createFakeFetch(() => new Response(body, { headers: { 'content-type': 'text/plain' }, ...init }));

const line = (data: string) => ({ id: null, event: 'message', data });

describe('the fetch transport', () => {
  test('tells the response, each chunk with its bytes, and what the end completes', async () => {
    const body = createControlledBody();
    body.write('a\nb');
    body.write('é\nlast');
    body.close();
    const headers = { 'content-type': 'text/plain', 'content-length': '10' };
    const [response, ...chunks] = await collect(open(answer(body.stream, { headers })));
    expect(response).toMatchObject({
      type: 'response',
      response: { status: 200, contentLength: 10, url: 'http://backend.test/text' },
    });
    expect(chunks).toEqual([
      { type: 'chunk', byteLength: 3, atMs: 5, messages: [line('a')] },
      { type: 'chunk', byteLength: 7, atMs: 5, messages: [line('bé')] },
      { type: 'chunk', byteLength: 0, atMs: 5, messages: [line('last')] },
    ]);
  });

  test('knows no length of a compressed body', async () => {
    const headers = { 'content-length': '10', 'content-encoding': 'gzip' };
    const [response] = await collect(open(answer('x', { headers })));
    expect(response).toMatchObject({ response: { contentLength: null } });
  });

  test('reads an event stream, where no page is around it', async () => {
    const fake = createFakeFetch(
      () =>
        new Response('retry: 7\nid: 2\ndata: a\n\n', { headers: { 'content-type': 'text/event-stream' } }),
    );
    const events = await collect(
      open(fake, { decoder: createSseDecoder, expect: EVENT_STREAM, lastEventId: '1' }),
    );
    expect(events.slice(1)).toMatchObject([
      { type: 'reconnection-time', delayMs: 7 },
      { type: 'chunk', messages: [{ id: '2', data: 'a' }] },
    ]);
    expect(fake.requests[0]?.headers).toMatchObject({ accept: 'text/event-stream', 'last-event-id': '1' });
  });

  test('waits for a decoder that is loaded when it is needed', async () => {
    const events = await collect(open(answer('a\n'), { decoder: async () => createLinesDecoder() }));
    expect(events[1]).toMatchObject({ messages: [line('a')] });
  });

  test('reads files into buffers of its own, where the body can fill them', async () => {
    const bytes = Uint8Array.from({ length: 700_000 }, (_, index) => index % 251);
    const stream = new ReadableStream({
      type: 'bytes',
      start(controller) {
        controller.enqueue(bytes.slice());
        controller.close();
      },
    });
    // Undici's bodies are no byte streams of ours: the response is only the shell here.
    const response = Object.defineProperty(new Response(), 'body', { value: stream });
    const events = await collect(
      open(
        createFakeFetch(() => response),
        { decoder: createBytesDecoder, reader: 'byob' },
      ),
    );
    const chunks = events.flatMap((event) => (event.type === 'chunk' ? [event] : []));
    const read = Buffer.concat(chunks.map(({ messages }) => messages[0]?.data as Uint8Array));
    expect(read.equals(bytes)).toBe(true);
    expect(chunks.length).toBe(3);
  });

  test('reads files by the default reader where the body has no other', async () => {
    const body = createControlledBody();
    body.write('abc');
    body.close();
    const events = await collect(open(answer(body.stream), { decoder: createBytesDecoder, reader: 'byob' }));
    expect(events[1]).toMatchObject({ byteLength: 3 });
  });

  test('does not read while nobody pulls', async () => {
    const body = createControlledBody();
    for (let index = 0; index < 5; index += 1) body.write('a\n');
    const events = open(answer(body.stream));
    await events.next();
    await events.next();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(body.readCount).toBe(1);
  });

  test('ends at an abort without an error, and cancels the body', async () => {
    const body = createControlledBody();
    const controller = new AbortController();
    const events = open(answer(body.stream), { signal: controller.signal });
    await events.next();
    const pending = events.next();
    controller.abort();
    expect((await pending).done).toBe(true);
    expect(body.cancelled).toBe(true);
  });

  test('cancels the body when its reader leaves', async () => {
    const body = createControlledBody();
    const fake = answer(body.stream);
    const events = open(fake);
    body.write('a\n');
    await events.next();
    await events.next();
    await events.return?.();
    expect(body.cancelled).toBe(true);
    expect(fake.requests[0]?.signal.aborted).toBe(true);
  });

  test('says that a body broke, after what came whole', async () => {
    const body = createControlledBody();
    body.write('a\nb');
    const events = open(answer(body.stream));
    await events.next();
    expect(await events.next()).toMatchObject({ value: { messages: [line('a')] } });
    body.break(new TypeError('terminated'));
    await expect(events.next()).rejects.toMatchObject({
      kind: 'network',
      message: 'The connection broke in the middle of the stream (terminated).',
    });
  });
});

describe('an answer that is not the stream', () => {
  const problem = {
    type: 'about:blank',
    title: 'Bad parameters',
    status: 422,
    detail: 'One is wrong.',
    errors: [{ name: 'rate', reason: 'must be at most 100000' }],
  };
  const json = (type: string) => ({ status: 422, headers: { 'content-type': type } });

  test.each([
    [
      'problem details',
      new Response(JSON.stringify(problem), json('application/problem+json')),
      'Bad parameters: One is wrong.: rate must be at most 100000',
    ],
    ['FastAPI', new Response('{"detail":"Not Found"}', json('application/json')), 'Not Found'],
    ['text', new Response(' a\n  b ', json('text/plain')), '422: a b'],
    ['broken JSON', new Response('{', json('application/json')), '422: {'],
    ['an HTML page', new Response('<html>', json('text/html; charset=utf-8')), '422, with an HTML page'],
    ['nothing', new Response(null, { status: 422, statusText: 'Unprocessable' }), '422 Unprocessable'],
  ])('says what a status means by %s', async (_name, response, message) => {
    await expect(open(createFakeFetch(() => response)).next()).rejects.toMatchObject({
      kind: 'status',
      status: 422,
      message,
    });
  });

  test('reads no more of a long failure than it needs', async () => {
    const body = createControlledBody();
    for (let index = 0; index < 100; index += 1) body.write('x'.repeat(4_096));
    await expect(open(answer(body.stream, { status: 500 })).next()).rejects.toMatchObject({ status: 500 });
    expect(body.readCount).toBe(2);
    expect(body.cancelled).toBe(true);
  });

  test('says how long the backend asks to wait', async () => {
    const response = new Response('', { status: 503, headers: { 'retry-after': '7' } });
    await expect(open(createFakeFetch(() => response)).next()).rejects.toMatchObject({ retryAfterMs: 7_000 });
  });

  test('says that it is an HTML page', async () => {
    const response = new Response('<html>', { headers: { 'content-type': 'text/html' } });
    const events = open(
      createFakeFetch(() => response),
      { expect: EVENT_STREAM },
    );
    await expect(events.next()).rejects.toMatchObject({
      kind: 'content-type',
      message: 'The backend answered an HTML page, not an event stream: is this the right URL?',
    });
  });

  test('says which media type it is', async () => {
    const response = new Response('{}', { headers: { 'content-type': 'application/json' } });
    const events = open(
      createFakeFetch(() => response),
      { expect: TEXT },
    );
    await expect(events.next()).rejects.toMatchObject({
      message: 'The backend answered application/json, not a text stream.',
    });
  });

  test.each([
    ['a URL that is none', { url: 'nowhere' }],
    ['a GET with a body', { body: 'x' }],
    ['a method that is none', { method: 'a b' }],
    ['a header that is none', { headers: { 'a b': 'c' } }],
  ])('tells %s from a dead network', async (_name, request) => {
    const fake = answer('');
    await expect(open(fake, { request }).next()).rejects.toMatchObject({ kind: 'request' });
    expect(fake.requests).toHaveLength(0);
  });

  test('says that nobody answers', async () => {
    const fake = createFakeFetch(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(open(fake).next()).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringContaining('No answer from http://backend.test'),
    });
  });
});

test.each([
  [null, null],
  ['120', 120_000],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', null],
])('Retry-After %j is %j ms from one second after the epoch', (value, delayMs) => {
  expect(parseRetryAfter(value, 1_000)).toBe(delayMs);
});

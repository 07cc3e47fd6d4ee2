import { describe, expect, it } from 'vitest';
import { ArrivalCurve } from '../../src/panels/inspector/arrival-curve.ts';
import { BoundedBodies } from '../../src/panels/inspector/bounded-bodies.ts';
import { Capture, MAX_CHUNKS, MAX_HELD_BYTES } from '../../src/panels/inspector/capture.ts';
import { formatOf } from '../../src/panels/inspector/format-of.ts';
import { inspect } from '../../src/panels/inspector/inspect.ts';
import {
  applyInspection,
  canAskAgain,
  createInspection,
} from '../../src/panels/inspector/inspector-store.ts';
import {
  asText,
  hexDump,
  prettyText,
  previewOf,
  visibleLines,
} from '../../src/panels/inspector/printable.ts';
import type { Inspection } from '../../src/panels/inspector/read-draft.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A body that gives these chunks, and then ends or breaks. */
function bodyOf(chunks: readonly Uint8Array[], breaks = false): ReadableStream<Uint8Array> {
  const rest = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const chunk = rest.shift();
      if (chunk) controller.enqueue(chunk);
      else if (breaks) controller.error(new TypeError('cut'));
      else controller.close();
    },
  });
}

const target = { baseUrl: 'http://x.test', token: null };

async function run(
  answer: () => Response | Promise<Response>,
  reader: Inspection['reader'] = 'auto',
  { method = 'GET', ownBackend = true } = {},
) {
  const inspection: Inspection = {
    request: { url: 'http://x.test/', method },
    transport: 'fetch',
    eventTypes: [],
    reader,
    format: null,
    backend: ownBackend ? target : null,
  };
  let atMs = 0;
  const nowMs = () => {
    atMs += 10;
    return atMs;
  };
  const fetch = () => Promise.resolve().then(answer);
  let state = createInspection(inspection);
  for await (const event of inspect(inspection, { signal: new AbortController().signal, nowMs, fetch }))
    state = applyInspection(state, [event]);
  return state;
}

const sse = { headers: { 'content-type': 'text/event-stream' } };

describe('inspect', () => {
  it('can be asked again by itself where the page’s backend never answered, and nothing is done twice by it', async () => {
    const refused = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(canAskAgain(await run(refused), target)).toBe(true);
    expect(canAskAgain(await run(refused, 'auto', { method: 'HEAD' }), target)).toBe(true);
    expect(canAskAgain(await run(refused), { baseUrl: 'http://other.test', token: null })).toBe(false);
    expect(canAskAgain(await run(refused), { ...target, token: 'another' })).toBe(false);
    expect(canAskAgain(await run(refused, 'auto', { method: 'POST' }), target)).toBe(false);
    expect(canAskAgain(await run(refused, 'auto', { ownBackend: false }), target)).toBe(false);
    expect(canAskAgain(await run(() => new Response('', { status: 503 })), target)).toBe(false);
    expect(canAskAgain(await run(() => new Response(bodyOf([bytesOf('a')], true))), target)).toBe(false);
  });

  it('shows each chunk with its bytes and time, and the messages that it completed', async () => {
    const chunks = ['id: 1\nda', 'ta: {"a":1}\n\nevent: x\ndata: y\n\n'].map(bytesOf);
    const state = await run(() => new Response(bodyOf(chunks), sse));
    const { capture, connection } = state;
    expect([...capture.chunks]).toMatchObject([
      { number: 1, byteLength: 8, messages: 0, gapMs: null },
      { number: 2, byteLength: 31, messages: 2 },
    ]);
    expect([1, 2].map((number) => new TextDecoder().decode(capture.bytes.get(number)))).toEqual(
      chunks.map((chunk) => new TextDecoder().decode(chunk)),
    );
    expect([...capture.messages]).toMatchObject([
      { number: 1, chunk: 2, event: 'message', id: '1' },
      { number: 2, chunk: 2, event: 'x' },
    ]);
    expect([capture.texts.get(1), capture.texts.get(2)]).toEqual(['{"a":1}', 'y']);
    expect(connection.state).toEqual({ status: 'ended', reason: 'complete' });
    expect(connection.wire).toMatchObject({ chunks: 2, events: 2, bytes: 39 });
    expect(state.durationMs).toBeGreaterThan(state.headersMs ?? Number.POSITIVE_INFINITY);
  });

  it('reads the body of a failure as any other', async () => {
    const problem = '{"title":"Bad"}';
    const state = await run(
      () => new Response(problem, { status: 422, headers: { 'content-type': 'application/problem+json' } }),
    );
    expect(state.connection.state.status).toBe('ended');
    expect(state.connection.wire.response?.status).toBe(422);
    expect(state.capture.texts.get(1)).toBe(problem);
  });

  it('goes on with the bytes of a body that its reader cannot decode', async () => {
    const state = await run(() => new Response(bodyOf(['[1, oops', ' more'].map(bytesOf))), 'json-array');
    expect(state.connection.wire.bytes).toBe(13);
    expect(state.connection.state.status).toBe('ended');
    expect(state.connection.lastMalformed?.reason).toMatch(/JSON is broken/);
  });

  it('counts a row that the end completes as a message, and not as a chunk', async () => {
    const state = await run(() => new Response(bodyOf([bytesOf('a\nb')])), 'lines');
    expect(state.capture.chunks.size).toBe(1);
    expect([state.capture.texts.get(1), state.capture.texts.get(2)]).toEqual(['a', 'b']);
  });

  it('keeps what came before the connection broke', async () => {
    const state = await run(() => new Response(bodyOf([bytesOf('half')], true)), 'text');
    expect(state.connection.state).toMatchObject({ status: 'failed', failure: { kind: 'network' } });
    expect(state.capture.texts.get(1)).toBe('half');
  });

  it('says that nobody answered', async () => {
    const state = await run(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(state.connection.state).toMatchObject({ status: 'failed', failure: { kind: 'network' } });
    expect(state.headersMs).toBeNull();
  });
});

describe('formatOf', () => {
  it.each([
    ['text/event-stream; charset=utf-8', 'sse'],
    ['application/x-ndjson', 'ndjson'],
    ['application/jsonl', 'ndjson'],
    ['application/problem+json', 'json-array'],
    ['text/csv; header=present', 'csv'],
    ['TEXT/PLAIN', 'lines'],
    ['text/html', 'text'],
    ['image/jpeg', 'bytes'],
    [null, 'bytes'],
  ])('reads %s as %s', (type, format) => expect(formatOf('auto', type, null)).toBe(format));

  it('does as it is told', () => expect(formatOf('text', 'text/event-stream', null)).toBe('text'));

  it('reads as lines what the catalogue knows as such, though a plain backend says JSON', () => {
    expect(formatOf('auto', 'application/json', 'ndjson')).toBe('ndjson');
    expect(formatOf('auto', 'text/html', 'ndjson')).toBe('text');
    expect(formatOf('auto', 'application/json', 'csv')).toBe('json-array');
  });
});

describe('what is kept is bounded', () => {
  const chunk = (byteLength: number) => ({
    atMs: 0,
    byteLength,
    bytes: new Uint8Array(byteLength),
    messages: [{ id: null, event: 'message', value: 'm' }],
  });

  it('lets go of chunks beyond their number, with their bytes', () => {
    const capture = new Capture();
    for (let count = 0; count < MAX_CHUNKS + 3; count += 1) capture.addChunk(chunk(1));
    expect(capture.chunks.size).toBe(MAX_CHUNKS);
    expect(capture.bytes.size).toBe(MAX_CHUNKS);
    expect(capture.bytes.weight).toBe(MAX_CHUNKS);
    expect(capture.bytes.get(3)).toBeUndefined();
    expect(capture.texts.get(3)).toBeUndefined();
    expect(capture.texts.get(4)).toBe('m');
  });

  it('lets go of the oldest bytes beyond their sum, and keeps the rows', () => {
    const capture = new Capture();
    for (let count = 0; count < 10; count += 1) capture.addChunk(chunk(MAX_HELD_BYTES / 4));
    expect(capture.chunks.size).toBe(10);
    expect(capture.bytes.size).toBe(4);
    expect(capture.bytes.get(6)).toBeUndefined();
    expect(capture.bytes.get(7)).toBeDefined();
  });

  it('keeps no more of a buffer than the chunk is', () => {
    const capture = new Capture();
    capture.addChunk({ ...chunk(4), bytes: new Uint8Array(1_000).subarray(0, 4) });
    expect(capture.bytes.get(1)?.buffer.byteLength).toBe(4);
  });

  it('does not keep a body heavier than the bound', () => {
    const bodies = new BoundedBodies<string>(2);
    bodies.put(1, 'abc', 3);
    expect([bodies.get(1), bodies.weight]).toEqual([undefined, 0]);
  });

  it('draws any number of arrivals in few points, whole in time and sum', () => {
    const curve = new ArrivalCurve();
    for (let count = 1; count <= 100_000; count += 1) curve.add(count, 2);
    expect(curve.points.length).toBeLessThanOrEqual(1_000);
    expect(curve.points[0]).toEqual({ atMs: 1, total: 2 });
    expect(curve.points.at(-1)).toEqual({ atMs: 100_000, total: 200_000 });
    curve.add(100_500, 1);
    expect(curve.longestGap).toEqual({ fromMs: 100_000, toMs: 100_500 });
  });
});

describe('bytes for the eye', () => {
  it('shows control characters', () => {
    expect(visibleLines('a\tb\r\nc\u0000')).toBe('a→b←↵\nc␀');
    expect(previewOf(bytesOf('data: x\n\n'))).toBe('data: x↵↵');
  });

  it('shows what is no text as hex', () => {
    const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);
    expect(asText(picture)).toBeNull();
    expect(previewOf(picture)).toBe('ff d8 ff e0 00 10');
    expect(hexDump(bytesOf('0123456789abcdefg\n'))).toBe(
      [
        '00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef',
        '00000010  67 0a                                            g.',
      ].join('\n'),
    );
  });

  it('takes text that a chunk cuts within a character as text', () => {
    expect(asText(bytesOf('Größe €').subarray(0, -1))).toMatch(/^Größe/);
  });

  it.each([
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['{broken', '{broken'],
    ['12', '12'],
  ])('lays %j out', (text, expected) => expect(prettyText(text)).toBe(expected));
});

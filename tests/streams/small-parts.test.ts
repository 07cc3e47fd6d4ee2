import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { untilAborted } from '../../src/streams/abort.ts';
import { authorizationHeaders, endpointUrl, eventTransport } from '../../src/streams/choose-transport.ts';
import { createConnectionSlots } from '../../src/streams/connection-slots.ts';
import { describeFailure } from '../../src/streams/describe-failure.ts';
import { parseBytes, parseJson } from '../../src/streams/parse-json.ts';
import { createPauseGate } from '../../src/streams/pause-gate.ts';
import type { Failure, RawMessage, StreamErrorKind } from '../../src/streams/types.ts';

const raw = (data: unknown): RawMessage => ({ id: null, event: 'message', data });
const { signal } = new AbortController();

describe('parsing', () => {
  const schema = z.object({ price: z.number(), tags: z.array(z.string()).optional() });

  test.each([
    ['{"price":1}', { ok: true, value: { price: 1 } }],
    ['{"price":"x"}', { ok: false, reason: 'price: expected number, received string' }],
    ['{"price":1,"tags":["a",2]}', { ok: false, reason: 'tags.1: expected string, received number' }],
    ['7', { ok: false, reason: 'expected object, received number' }],
    ['{"price":', { ok: false, reason: expect.stringMatching(/^not JSON: /) }],
  ])('reads %j as JSON', (data, expected) => {
    expect(parseJson(schema)(raw(data))).toEqual(expected);
  });

  test('refuses a row that came out as text where objects are wanted', () => {
    expect(parseJson(schema)(raw('1,2,3')).ok).toBe(false);
    expect(parseJson(schema)(raw({ price: 'x' }))).toEqual({
      ok: false,
      reason: 'price: expected number, received string',
    });
  });

  test('tells text from bytes', () => {
    expect(parseBytes()(raw(Uint8Array.of(1))).ok).toBe(true);
    expect(parseBytes()(raw('a')).ok).toBe(false);
  });
});

describe('connection slots', () => {
  test('are given in the order in which they were asked for', async () => {
    const slots = createConnectionSlots(2, () => 7);
    const changes = vi.fn();
    slots.subscribe(changes);
    const [first] = await Promise.all([slots.acquire('a', signal), slots.acquire('b', signal)]);
    const third = slots.acquire('c', signal);
    const fourth = slots.acquire('d', signal);
    expect(slots.snapshot()).toEqual({
      limit: 2,
      held: [
        { label: 'a', sinceMs: 7, tabs: 1 },
        { label: 'b', sinceMs: 7, tabs: 1 },
      ],
      waiting: [{ label: 'c' }, { label: 'd' }],
    });
    first?.();
    first?.();
    await third;
    expect(slots.snapshot().held.map(({ label }) => label)).toEqual(['b', 'c']);
    expect(slots.snapshot().waiting).toEqual([{ label: 'd' }]);
    expect(changes).toHaveBeenCalledTimes(5);
    void fourth;
  });

  test('keep one snapshot between two changes', () => {
    const slots = createConnectionSlots();
    expect(slots.snapshot()).toBe(slots.snapshot());
  });

  test('are not given to a signal that is aborted', async () => {
    expect(await createConnectionSlots().acquire('a', AbortSignal.abort())).toBeNull();
  });
});

test('a pause gate tells its changes and nothing else', () => {
  const gate = createPauseGate();
  const changes = vi.fn();
  const leave = gate.subscribe(changes);
  gate.resume();
  gate.pause();
  gate.pause();
  expect(gate.paused).toBe(true);
  expect(changes).toHaveBeenCalledTimes(1);
  leave();
  gate.resume();
  expect(changes).toHaveBeenCalledTimes(1);
});

describe('waiting until aborted', () => {
  test('gives null at the abort, whatever becomes of the promise', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), controller.signal);
    controller.abort();
    expect(await waiting).toBeNull();
    expect(await untilAborted(Promise.reject(new Error('late')), AbortSignal.abort())).toBeNull();
  });

  test('leaves no listener behind', async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    await untilAborted(Promise.resolve(1), controller.signal);
    await expect(untilAborted(Promise.reject(new Error('x')), controller.signal)).rejects.toThrow('x');
    expect(removed).toHaveBeenCalledTimes(2);
  });
});

describe('choosing a transport', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const target = (token: string | null) => ({ baseUrl: 'http://backend.test', token });

  test('takes EventSource without a token', () => {
    expect(eventTransport(target(null)).name).toBe('EventSource');
  });

  test('takes fetch-event-source with one, and fetch where there is no page', () => {
    expect(eventTransport(target('t')).name).toBe('fetch');
    vi.stubGlobal('window', globalThis);
    expect(eventTransport(target('t')).name).toBe('fetch-event-source');
  });

  test('puts the token into a header and never into a URL', () => {
    expect(authorizationHeaders(target('t'))).toEqual({ authorization: 'Bearer t' });
    expect(authorizationHeaders(target(null))).toEqual({});
    expect(endpointUrl(target('secret'), '/a', { b: 1 })).not.toContain('secret');
  });

  test('leaves out parameters that are not given', () => {
    expect(endpointUrl(target(null), '/a', { b: 'x y&z', c: undefined, d: '', e: 0 })).toBe(
      'http://backend.test/a?b=x+y%26z&e=0',
    );
    expect(endpointUrl(target(null), '/a')).toBe('http://backend.test/a');
  });
});

describe('a failure in plain words', () => {
  const kinds: readonly StreamErrorKind[] = ['network', 'status', 'content-type', 'request', 'decode'];
  const describeFailed = (failure: Partial<Failure>) =>
    describeFailure({
      status: 'failed',
      failure: { kind: 'status', status: null, message: 'Said.', ...failure },
    });

  test('differs for each kind, and says what to do', () => {
    const described = kinds.map((kind) => describeFailed({ kind }));
    expect(new Set(described.map((words) => words?.title)).size).toBe(kinds.length);
    expect(described.every((words) => words?.advice.endsWith('.'))).toBe(true);
  });

  test('passes on what the backend said', () => {
    expect(describeFailed({ status: 422 })?.advice).toMatch(/^Said\. /);
  });

  test('is told while the next try is awaited, too, and not where nothing is wrong', () => {
    const failure: Failure = { kind: 'network', status: null, message: '' };
    const waiting = { status: 'reconnecting', attempt: 2, retryAtMs: 0 } as const;
    expect(describeFailure({ ...waiting, failure })?.title).toBe('No connection to the backend');
    expect(describeFailure({ ...waiting, failure: null })?.title).toBe('The backend closed the stream');
    expect(describeFailure({ status: 'live', attempt: 1 })).toBeNull();
  });

  test.each([
    [401, 'The backend wants a token'],
    [404, 'The backend does not have this stream'],
    [502, 'The backend is down'],
    [500, 'The backend failed (status 500)'],
    [418, 'The backend answered status 418'],
  ])('names status %i', (status, title) => {
    expect(describeFailed({ status })?.title).toBe(title);
  });
});

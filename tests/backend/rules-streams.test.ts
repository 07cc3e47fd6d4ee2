import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { ActiveStreams, type StreamEnd } from '../../src/backend/active-streams.ts';
import type { BackendEnvironment } from '../../src/backend/context.ts';
import {
  EVENT_STREAM_PREAMBLE,
  encodeEvent,
  eventStreamResponse,
  HEARTBEAT,
} from '../../src/backend/event-stream.ts';
import { batches, every, wait } from '../../src/backend/pace.ts';
import { type Produce, streamResponse } from '../../src/backend/stream-response.ts';
import { ManualClock, settled } from '../fixtures/manual-clock.ts';
import { textReader } from '../fixtures/open-app.ts';

function serve(produce: Produce, kind: 'text' | 'events' = 'text') {
  const clock = new ManualClock();
  const streams = new ActiveStreams();
  const ends: StreamEnd[] = [];
  streams.observeEnds((end) => ends.push(end));
  const app = new OpenAPIHono<BackendEnvironment>();
  app.use(async (c, next) => {
    c.set('backend', { streams, clock, log: null });
    await next();
  });
  app.get('/stream', (c) =>
    kind === 'text'
      ? streamResponse(c, { mediaType: 'text/plain' }, produce)
      : eventStreamResponse(c, produce as Parameters<typeof eventStreamResponse>[1]),
  );
  const open = async () => textReader(await app.request('/stream'));
  return { clock, streams, ends, open, app };
}

/** A producer that waits for ever, and says when it was stopped. */
function waitingProducer(clock: () => ManualClock) {
  const seen = { started: false, stopped: false };
  const produce: Produce = async function* (signal) {
    seen.started = true;
    try {
      yield 'first';
      await wait(1_000_000, signal, clock());
      yield 'never';
    } finally {
      seen.stopped = true;
    }
  };
  return { seen, produce };
}

describe('streamResponse', () => {
  it('asks its producer for one piece a read, and for none ahead', async () => {
    let made = 0;
    const { open } = serve(async function* () {
      for (;;) yield `${++made} `;
    });
    const reader = await open();
    await settled();
    expect(made).toBe(0);
    expect(await reader.next()).toBe('1 ');
    expect(await reader.next()).toBe('2 ');
    await settled();
    expect(made).toBe(2);
    await reader.leave();
  });

  it('stops a producer in the middle of a wait when its reader leaves', async () => {
    const { seen, produce } = waitingProducer(() => server.clock);
    const server = serve(produce);
    const reader = await server.open();
    await reader.next();
    const pending = reader.next();
    await settled();
    expect(server.clock.waiting).toBe(1);
    await reader.leave();
    await settled();
    expect(await pending).toBeNull();
    expect(seen.stopped).toBe(true);
    expect(server.clock.waiting).toBe(0);
    expect(server.streams.count).toBe(0);
    expect(server.ends).toMatchObject([{ outcome: 'reader-left', byteLength: 5, path: '/stream' }]);
  });

  it('stops a producer that nobody pulls when its reader leaves', async () => {
    const { seen, produce } = waitingProducer(() => server.clock);
    const server = serve(produce);
    const reader = await server.open();
    await reader.next();
    await reader.leave();
    await settled();
    expect(seen.stopped).toBe(true);
  });

  it('never starts a producer whose body is not read', async () => {
    const { seen, produce } = waitingProducer(() => server.clock);
    const server = serve(produce);
    const response = await server.app.request('/stream');
    await response.body?.cancel();
    await settled();
    expect(seen.started).toBe(false);
    expect(server.ends).toEqual([]);
  });

  it('breaks the body of a producer that fails', async () => {
    const server = serve(async function* () {
      yield 'first';
      throw new Error('the disk is gone');
    });
    const reader = await server.open();
    await reader.next();
    await expect(reader.next()).rejects.toThrow('the disk is gone');
    expect(server.streams.count).toBe(0);
    expect(server.ends).toMatchObject([{ outcome: 'failed' }]);
  });

  it('breaks every body when the server closes, and stops its producer', async () => {
    const { seen, produce } = waitingProducer(() => server.clock);
    const server = serve(produce);
    const reader = await server.open();
    await reader.next();
    server.streams.closeAll();
    await expect(reader.next()).rejects.toThrow('closing');
    await settled();
    expect(seen.stopped).toBe(true);
    expect(server.ends).toMatchObject([{ outcome: 'server-closed' }]);
  });

  it('passes over empty pieces', async () => {
    const server = serve(async function* () {
      yield '';
      yield 'text';
    });
    expect(await (await server.app.request('/stream')).text()).toBe('text');
  });
});

describe('eventStreamResponse', () => {
  it('sends its first bytes before its producer has anything', async () => {
    const server = serve(waitForEver(), 'events');
    const reader = await server.open();
    expect(await reader.next()).toBe(EVENT_STREAM_PREAMBLE);
    await reader.leave();
  });

  it('sends a heartbeat every 8 s of silence, and loses no event to it', async () => {
    const server = serve(async function* (signal) {
      await wait(20_000, signal, server.clock);
      yield 'data: late\n\n';
    }, 'events');
    const reader = await server.open();
    await reader.next();
    const received: (string | null)[] = [];
    for (const advanceMs of [8_000, 8_000, 4_000]) {
      const next = reader.next();
      await server.clock.advance(advanceMs);
      received.push(await next);
    }
    expect(received).toEqual([HEARTBEAT, HEARTBEAT, 'data: late\n\n']);
    expect(await reader.next()).toBeNull();
    expect(server.clock.waiting).toBe(0);
  });

  it('says in band that its producer failed, with nothing of why', async () => {
    const server = serve(async function* () {
      yield 'data: 1\n\n';
      throw new Error('password of the database');
    }, 'events');
    const text = await (await server.app.request('/stream')).text();
    expect(text).toMatch(/data: 1\n\nevent: error\ndata: \{"message":.*\}\n\n$/);
    expect(text).not.toContain('password');
    expect(server.ends).toMatchObject([{ outcome: 'complete' }]);
  });

  it('stops its producer in the middle of a wait when its reader leaves', async () => {
    const { seen, produce } = waitingProducer(() => server.clock);
    const server = serve(produce, 'events');
    const reader = await server.open();
    await reader.next();
    await reader.next();
    const pending = reader.next();
    await settled();
    await reader.leave();
    await settled();
    await pending;
    expect(seen.stopped).toBe(true);
    expect(server.clock.waiting).toBe(0);
  });
});

function waitForEver(): Produce {
  return async function* (signal) {
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    yield '';
  };
}

describe('encodeEvent', () => {
  it.each([
    [{ data: 'text' }, 'data: text\n\n'],
    [{ id: 7, data: 'text' }, 'id: 7\ndata: text\n\n'],
    [{ id: 'a-7', event: 'gap', data: '{}' }, 'id: a-7\nevent: gap\ndata: {}\n\n'],
    [{ data: 'a\nb\r\nc\rd' }, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    [{ data: '' }, 'data: \n\n'],
  ])('writes %j', (fields, block) => {
    expect(encodeEvent(fields)).toBe(block);
  });
});

describe('pace', () => {
  it('keeps an even schedule though its timers are late', async () => {
    const clock = new ManualClock();
    const turns = every(100, new AbortController().signal, clock);
    const at: number[] = [];
    const reading = (async () => {
      for (let i = 0; i < 3; i += 1) {
        await turns.next();
        at.push(clock.now());
        await wait(30, new AbortController().signal, clock);
      }
    })();
    await clock.advance(1_000);
    await reading;
    expect(at).toEqual([0, 100, 200]);
  });

  it('gives no burst to a reader that paused', async () => {
    const clock = new ManualClock();
    const turns = every(100, new AbortController().signal, clock);
    await turns.next();
    await clock.advance(5_000);
    await turns.next();
    let next = false;
    const pending = turns.next().then(() => {
      next = true;
    });
    await clock.advance(99);
    expect(next).toBe(false);
    await clock.advance(1);
    await pending;
  });

  it.each([1, 7, 1_000, 100_000])('yields %i items a second in batches', async (rate) => {
    const clock = new ManualClock();
    const abort = new AbortController();
    let items = 0;
    const reading = (async () => {
      for await (const due of batches(rate, abort.signal, clock)) items += due;
    })();
    await clock.advance(10_000);
    abort.abort(new Error('read enough'));
    await expect(reading).rejects.toThrow('read enough');
    expect(items).toBeGreaterThanOrEqual(rate * 10);
    expect(items).toBeLessThanOrEqual(rate * 10 + 1);
  });

  it('rejects a wait at once when its signal is or was aborted', async () => {
    const clock = new ManualClock();
    const abort = new AbortController();
    const waiting = wait(1_000, abort.signal, clock);
    abort.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    await expect(wait(1_000, abort.signal, clock)).rejects.toThrow('left');
    expect(clock.waiting).toBe(0);
  });
});

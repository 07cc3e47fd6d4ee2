import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_MENU } from '../../src/contract/fault-menu.ts';
import { eventually } from '../fixtures/http-client.ts';
import { ManualClock, settled } from '../fixtures/manual-clock.ts';
import { activeStreams, closeApps, openApp } from '../fixtures/open-app.ts';
import { FaultReader, KINDS, openFault } from './fault-reader.ts';

afterEach(closeApps);

function held() {
  const clock = new ManualClock();
  const app = openApp({ clock });
  return { clock, app };
}

/** A request whose headers may not be there yet. */
function ask(app: ReturnType<typeof openApp>, path: string, init: RequestInit = {}) {
  const state: { response: Response | null } = { response: null };
  const answered = Promise.resolve(app.request(path, init)).then((response) => {
    state.response = response;
    return response;
  });
  return { state, answered };
}

const EVENTS = '/dummy-events?delay=1000';
const eventCount = (text: string) => text.match(/^data: /gm)?.length ?? 0;

describe.each(KINDS)('$kind', ({ slow, before }) => {
  /** How many units are there when `elapsed` seconds have passed. Without a fault it is one a second, the first at once. */
  async function unitsAfter(fault: string, seconds: readonly number[]) {
    const { clock, app } = held();
    const reader = await openFault(app, `${slow}&fault=${fault}`);
    const counts: number[] = [];
    for (const second of seconds) {
      await clock.advance(second * 1_000 - clock.now());
      counts.push(reader.chunks.length - before);
    }
    const { end } = reader;
    await reader.leave();
    return { counts, end };
  }

  it('one-behind withholds the newest unit until the next', async () => {
    const plain = await unitsAfter('stall@1000:0', [0, 1, 2, 3]);
    const behind = await unitsAfter('one-behind', [0, 1, 2, 3]);
    expect(behind.counts).toEqual(plain.counts.map((count) => Math.max(count - 1, 0)));
  });

  it('stall@N:MS is silent for that long after N units', async () => {
    // Bytes at a pace come in steps of their own; what counts is that a unit more comes after the silence only.
    const { clock, app } = held();
    const reader = await openFault(app, `${slow}&fault=stall@2:30000`);
    while (reader.chunks.length < before + 2) await clock.advance(10);
    const { length } = reader.chunks;
    await clock.advance(29_900);
    expect(reader.chunks.length).toBe(length);
    await clock.advance(200);
    expect(reader.chunks.length).toBeGreaterThan(length);
    await reader.leave();
    expect(clock.waiting).toBe(0);
  });

  it('buffer withholds headers and all, until the end', async () => {
    const { clock, app } = held();
    const { state, answered } = ask(app, `${slow}&fault=buffer`);
    await clock.advance(2_000);
    expect(state.response).toBeNull();
    expect(await activeStreams(app)).toBe(1);
    await clock.advance(600_000);
    const reader = new FaultReader(await answered);
    await reader.ended;
    expect(reader.end).toBe('clean');
    expect(reader.chunks.length).toBe(1);
    expect(await activeStreams(app)).toBe(0);
  });

  it('gzip withholds everything but its own header until the end', async () => {
    const { clock, app } = held();
    const init = { headers: { 'Accept-Encoding': 'gzip' } };
    const reader = await openFault(app, `${slow}&fault=gzip`, init);
    const zipped = async () => {
      // The compressor works in a thread of its own.
      for (let turn = 0; turn < 20; turn += 1) await settled();
    };
    for (let second = 0; second < 3; second += 1) {
      await clock.advance(1_000);
      await zipped();
    }
    expect(reader.bytes.length).toBeLessThanOrEqual(10);
    let over = false;
    void reader.ended.then(() => {
      over = true;
    });
    while (!over) await clock.advance(1_000);
    expect(gunzipSync(reader.bytes).length).toBeGreaterThan(10);
  });

  it('delay:MS comes before the headers', async () => {
    const { clock, app } = held();
    const { state, answered } = ask(app, `${slow}&fault=delay:5000`);
    await clock.advance(4_999);
    expect(state.response).toBeNull();
    await clock.advance(1);
    const reader = new FaultReader(await answered);
    await settled();
    expect(reader.response.status).toBe(200);
    await reader.leave();
    expect([clock.waiting, await activeStreams(app)]).toEqual([0, 0]);
  });

  it('age:MS cuts at that age', async () => {
    const { clock, app } = held();
    const reader = await openFault(app, `${slow}&fault=age:2500`);
    await clock.advance(2_499);
    expect(reader.end).toBe('open');
    const { length } = reader.chunks;
    await clock.advance(1);
    expect([reader.end, reader.chunks.length]).toEqual(['broken', length]);
    expect([clock.waiting, await activeStreams(app)]).toEqual([0, 0]);
  });

  it('idle:MS cuts in a silence that long, and in none shorter', async () => {
    const { clock, app } = held();
    const lively = await openFault(app, `${slow}&fault=idle:1001`);
    const quiet = await openFault(app, `${slow}&fault=idle:900,stall@1:2000`);
    await clock.advance(2_000);
    expect([lively.end, quiet.end]).toEqual(['open', 'broken']);
    await lively.leave();
    expect([clock.waiting, await activeStreams(app)]).toEqual([0, 0]);
  });
});

describe('first-kb', () => {
  it('withholds the first 1,024 bytes, then nothing', async () => {
    const { clock, app } = held();
    const reader = await openFault(app, '/stream/stock-ticker?rate=1&fault=first-kb');
    while (reader.chunks.length === 0) await clock.advance(1_000);
    await settled();
    const events = eventCount(reader.text);
    expect(reader.bytes.length).toBeGreaterThanOrEqual(1_024);
    expect(reader.bytes.length).toBeLessThan(1_024 + 200);
    await clock.advance(2_000);
    expect(eventCount(reader.text)).toBe(events + 2);
    await reader.leave();
  });
});

describe('heartbeats', () => {
  it('keep a quiet stream from being idle where they are more frequent', async () => {
    const { clock, app } = held();
    const kept = await openFault(app, '/dummy-events?delay=60000&fault=idle:8001');
    const cut = await openFault(app, '/dummy-events?delay=60000&fault=idle:5000');
    await clock.advance(4_999);
    expect(cut.end).toBe('open');
    await clock.advance(1);
    expect(cut.end).toBe('broken');
    await clock.advance(60_000);
    expect(kept.end).toBe('open');
    await kept.leave();
    expect(clock.waiting).toBe(0);
  });

  it('stop with a stall, and go on after it', async () => {
    const { clock, app } = held();
    const reader = await openFault(app, '/dummy-events?delay=60000&fault=stall@1:30000');
    await clock.advance(29_999);
    expect(reader.text).not.toContain('heartbeat');
    await clock.advance(16_000);
    expect(reader.text).toContain('heartbeat');
    await reader.leave();
  });

  it('push out what is one behind', async () => {
    const { clock, app } = held();
    const reader = await openFault(app, '/dummy-events?delay=60000&fault=one-behind');
    expect(eventCount(reader.text)).toBe(0);
    await clock.advance(8_000);
    expect(eventCount(reader.text)).toBe(1);
    await reader.leave();
  });
});

describe('faults together', () => {
  it('idle cuts what a buffer keeps silent', async () => {
    const { clock, app } = held();
    const { answered } = ask(app, `${EVENTS}&fault=buffer,idle:5000`);
    await clock.advance(5_000);
    const reader = new FaultReader(await answered);
    await reader.ended;
    expect([reader.end, reader.bytes.length]).toEqual(['broken', 0]);
    expect([clock.waiting, await activeStreams(app)]).toEqual([0, 0]);
  });

  it('delay comes before status, and age counts from the headers', async () => {
    const { clock, app } = held();
    const refused = ask(app, `${EVENTS}&fault=status:503,delay:1000`);
    const aged = ask(app, `${EVENTS}&fault=age:1500,delay:1000`);
    await clock.advance(999);
    expect(refused.state.response).toBeNull();
    await clock.advance(1);
    expect((await refused.answered).status).toBe(503);
    const reader = new FaultReader(await aged.answered);
    await settled();
    await clock.advance(1_499);
    expect(reader.end).toBe('open');
    await clock.advance(1);
    expect(reader.end).toBe('broken');
  });

  it('several stalls each have their time', async () => {
    const { clock, app } = held();
    const reader = await openFault(
      app,
      '/stream/json?count=3&delay=0&fault=stall@1:1000,stall@2:5000,drop@3',
    );
    const counts: number[] = [];
    for (const byMs of [999, 1, 4_999, 1]) {
      await clock.advance(byMs);
      counts.push(reader.chunks.length);
    }
    expect(counts).toEqual([1, 2, 2, 3]);
    await reader.ended;
    expect(reader.end).toBe('broken');
  });
});

describe('status', () => {
  it.each([400, 401, 404, 405, 408, 418, 425, 429, 500, 502, 503, 504, 599])('answers %i', async (status) => {
    const response = await openApp().request(`${EVENTS}&fault=status:${status}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json',
    ]);
    expect(await response.json()).toMatchObject({ status, title: expect.stringMatching(/./) });
    expect(response.headers.get('retry-after')).toBe([429, 503].includes(status) ? '2' : null);
  });

  it('answers 204 with nothing', async () => {
    const response = await openApp().request(`${EVENTS}&fault=status:204`);
    expect([response.status, response.body]).toEqual([204, null]);
  });
});

describe('a reader that leaves', () => {
  const bodyFaults = FAULT_MENU.map(({ example }) => example).filter(
    (example) => !/^(delay|status|buffer)/.test(example),
  );

  it.each([
    ...bodyFaults,
    'stall@0:600000',
    'stall@1:600000',
    'idle:60000,one-behind',
    'age:60000,gzip,garble@1',
  ])('stops everything in the middle of %s', async (fault) => {
    const { clock, app } = held();
    const init = { headers: { 'Accept-Encoding': 'gzip' } };
    for (const path of [EVENTS, '/logs?rate=1']) {
      const reader = await openFault(app, `${path}&fault=${fault}`, init);
      await clock.advance(2_500);
      if (reader.end === 'open') expect(await activeStreams(app)).toBe(1);
      await reader.leave();
      expect([path, await activeStreams(app)]).toEqual([path, 0]);
      // A compressor in the middle of its work, in a thread of its own, finishes that.
      await eventually(
        () => settled().then(() => clock.waiting),
        (waiting) => waiting === 0,
        1_000,
      );
    }
  });

  it.each(['delay:600000', 'delay:600000,status:503', 'buffer', 'buffer,idle:600000'])(
    'stops %s before there are headers',
    async (fault) => {
      const { clock, app } = held();
      const leaving = new AbortController();
      const { state, answered } = ask(app, `${EVENTS}&fault=${fault}`, { signal: leaving.signal });
      await clock.advance(2_500);
      expect(state.response).toBeNull();
      expect(await activeStreams(app)).toBe(1);
      leaving.abort();
      await answered;
      await settled();
      expect([await activeStreams(app), clock.waiting]).toEqual([0, 0]);
    },
  );

  it('was gone already when it is to be kept waiting', async () => {
    const { clock, app } = held();
    const init = { signal: AbortSignal.abort() };
    for (const fault of ['delay:5000', 'buffer']) {
      await (await app.request(`${EVENTS}&fault=${fault}`, init)).body?.cancel();
    }
    await settled();
    expect([await activeStreams(app), clock.waiting]).toEqual([0, 0]);
  });
});

describe('a server that closes', () => {
  it('ends each fault at once', async () => {
    const { clock, app } = held();
    const delayed = ask(app, `${EVENTS}&fault=delay:600000`);
    const buffered = ask(app, `${EVENTS}&fault=buffer`);
    const stalled = await openFault(app, `${EVENTS}&fault=stall@1:600000`);
    await clock.advance(2_000);
    await app.close();
    expect((await delayed.answered).status).toBe(503);
    const reader = new FaultReader(await buffered.answered);
    await Promise.all([reader.ended, stalled.ended]);
    await settled();
    expect([reader.end, stalled.end, clock.waiting]).toEqual(['broken', 'broken', 0]);
  });
});

describe('HEAD', () => {
  it.each(['buffer', 'drop@0', 'gzip'])('starts nothing with %s', async (fault) => {
    const { clock, app } = held();
    const response = await app.request(`${EVENTS}&fault=${fault}`, { method: 'HEAD' });
    await settled();
    expect([response.status, await activeStreams(app), clock.waiting]).toEqual([200, 0, 0]);
  });

  it('gets the status that a fault asks for', async () => {
    const response = await openApp().request(`${EVENTS}&fault=status:503`, { method: 'HEAD' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });
});

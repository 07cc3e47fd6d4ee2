import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { settled } from '../fixtures/manual-clock.ts';
import { activeStreams, closeApps, openApp } from '../fixtures/open-app.ts';
import { askFault, FaultReader, heldApp, KINDS, openFault } from './fault-reader.ts';

afterEach(closeApps);

const EVENTS = '/dummy-events?delay=1000';
const eventCount = (text: string) => text.match(/^data: /gm)?.length ?? 0;

describe.each(KINDS)('$kind', ({ slow, before }) => {
  /** How many units are there when `elapsed` seconds have passed. Without a fault it is one a second, the first at once. */
  async function unitsAfter(fault: string, seconds: readonly number[]) {
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
    const { state, answered } = askFault(app, `${slow}&fault=buffer`);
    await clock.advance(2_000);
    expect(state.response).toBeNull();
    expect(await activeStreams(app)).toBe(1);
    while (state.response === null) await clock.advance(1_000);
    const reader = new FaultReader(await answered);
    await reader.ended;
    expect(reader.end).toBe('clean');
    expect(reader.chunks.length).toBe(1);
    expect(await activeStreams(app)).toBe(0);
  });

  it('gzip withholds everything but its own header until the end', async () => {
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
    const { state, answered } = askFault(app, `${slow}&fault=delay:5000`);
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
    const { clock, app } = heldApp();
    const reader = await openFault(app, `${slow}&fault=age:2500`);
    await clock.advance(2_499);
    expect(reader.end).toBe('open');
    const { length } = reader.chunks;
    await clock.advance(1);
    expect([reader.end, reader.chunks.length]).toEqual(['broken', length]);
    expect([clock.waiting, await activeStreams(app)]).toEqual([0, 0]);
  });

  it('idle:MS cuts in a silence that long, and in none shorter', async () => {
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
    const reader = await openFault(app, '/dummy-events?delay=60000&fault=stall@1:30000');
    await clock.advance(29_999);
    expect(reader.text).not.toContain('heartbeat');
    await clock.advance(16_000);
    expect(reader.text).toContain('heartbeat');
    await reader.leave();
  });

  it('push out what is one behind', async () => {
    const { clock, app } = heldApp();
    const reader = await openFault(app, '/dummy-events?delay=60000&fault=one-behind');
    expect(eventCount(reader.text)).toBe(0);
    await clock.advance(8_000);
    expect(eventCount(reader.text)).toBe(1);
    await reader.leave();
  });
});

describe('faults together', () => {
  it('idle cuts what a buffer keeps silent', async () => {
    const { clock, app } = heldApp();
    const { answered } = askFault(app, `${EVENTS}&fault=buffer,idle:5000`);
    await clock.advance(5_000);
    const reader = new FaultReader(await answered);
    await reader.ended;
    expect([reader.end, reader.bytes.length]).toEqual(['broken', 0]);
    expect([clock.waiting, await activeStreams(app)]).toEqual([0, 0]);
  });

  it('delay comes before status, and age counts from the headers', async () => {
    const { clock, app } = heldApp();
    const refused = askFault(app, `${EVENTS}&fault=status:503,delay:1000`);
    const aged = askFault(app, `${EVENTS}&fault=age:1500,delay:1000`);
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
    const { clock, app } = heldApp();
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

import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_MENU } from '../../src/contract/fault-menu.ts';
import { eventually } from '../fixtures/http-client.ts';
import { settled } from '../fixtures/manual-clock.ts';
import { activeStreams, closeApps, openApp } from '../fixtures/open-app.ts';
import { askFault, FaultReader, heldApp, openFault } from './fault-reader.ts';

afterEach(closeApps);

const EVENTS = '/dummy-events?delay=1000';

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
    const { clock, app } = heldApp();
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
      const { clock, app } = heldApp();
      const leaving = new AbortController();
      const { state, answered } = askFault(app, `${EVENTS}&fault=${fault}`, { signal: leaving.signal });
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
    const { clock, app } = heldApp();
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
    const { clock, app } = heldApp();
    const delayed = askFault(app, `${EVENTS}&fault=delay:600000`);
    const buffered = askFault(app, `${EVENTS}&fault=buffer`);
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
    const { clock, app } = heldApp();
    const response = await app.request(`${EVENTS}&fault=${fault}`, { method: 'HEAD' });
    await settled();
    expect([response.status, await activeStreams(app), clock.waiting]).toEqual([200, 0, 0]);
  });

  it('gets the status that a fault asks for', async () => {
    const response = await openApp().request(`${EVENTS}&fault=status:503`, { method: 'HEAD' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });
});

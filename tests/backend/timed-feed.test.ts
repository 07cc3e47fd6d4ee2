import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedRegistry } from '../../src/backend/feed-registry.ts';
import { steadyPace, TimedFeed } from '../../src/backend/timed-feed.ts';
import { HeldClock } from '../fixtures/held-clock.ts';
import { FeedClient, range, sequenceOf, settled } from './feed-client.ts';

function steadyFeed(clock: HeldClock, rate: number, capacity = 10_000): TimedFeed {
  const timetable = { ...steadyPace(rate), payload: (sequence: number) => `{"n":${sequence}}` };
  return new TimedFeed({ timetable, clock, capacity, run: 'run', now: () => 0 });
}

/** Moves time in steps that real timers could make, so that readers have their turns. */
async function pass(clock: HeldClock, forMs: number, stepMs = 10): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
    clock.advance(Math.min(stepMs, forMs - passedMs));
    await settled();
  }
}

describe('a timed feed', () => {
  it('spreads a low rate evenly, the first event at once', async () => {
    const clock = new HeldClock();
    const client = new FeedClient(steadyFeed(clock, 10), null, 1);
    await settled();
    const counts: number[] = [client.events.length];
    for (let turn = 0; turn < 10; turn += 1) {
      await pass(clock, 100, 100);
      counts.push(client.events.length);
    }
    expect(counts).toEqual(range(1, 11));
    await client.leave();
  });

  it('begins with its first reader, however long that takes to come', async () => {
    const clock = new HeldClock();
    const feed = steadyFeed(clock, 300);
    clock.advance(50);
    const client = new FeedClient(feed, null, 1);
    await settled();
    expect(client.sequences).toEqual([1]);
    await client.leave();
  });

  it('sends a high rate in ticks of 10 ms, and keeps the rate', async () => {
    const clock = new HeldClock();
    const client = new FeedClient(steadyFeed(clock, 100_000), null, 1);
    await settled();
    await pass(clock, 10);
    expect(client.events.length).toBe(1_001);
    await pass(clock, 90);
    expect(client.sequences).toEqual(range(1, 10_001));
    expect(client.gaps).toEqual([]);
    await client.leave();
  });

  it('runs no timer before the first reader and after the last', async () => {
    const clock = new HeldClock();
    const feed = steadyFeed(clock, 1_000);
    expect(clock.pending).toBe(0);
    const first = new FeedClient(feed);
    const second = new FeedClient(feed);
    await settled();
    expect(clock.pending).toBe(1);
    await first.leave();
    expect(clock.pending).toBe(1);
    await second.leave();
    expect(clock.pending).toBe(0);
  });

  it('makes what fell due while nobody read, the same as somebody who stayed got it', async () => {
    const clock = new HeldClock();
    const feed = steadyFeed(clock, 50);
    const first = new FeedClient(feed, null, 1);
    await settled();
    await pass(clock, 1_000);
    await first.leave();
    clock.advance(60_000);
    const second = new FeedClient(feed, first.lastEventId);
    await settled();
    expect(second.gaps).toEqual([]);
    expect([...first.sequences, ...second.sequences]).toEqual(range(1, 61 * 50 + 1));
    await second.leave();
  });

  it('counts exactly what is missed by who is away for longer than the ring reaches', async () => {
    const clock = new HeldClock();
    const feed = steadyFeed(clock, 1_000);
    const first = new FeedClient(feed, null, 1);
    await settled();
    await first.leave();
    clock.advance(3_600_000);
    const second = new FeedClient(feed, 'run-1');
    await settled();
    expect(second.gaps).toEqual([3_600_001 - 10_000 - 1]);
    expect(second.sequences).toEqual(range(3_590_002, 3_600_001));
    await second.leave();
  });

  it('loses nothing for its readers when the process stood still for half a second', async () => {
    const clock = new HeldClock();
    const client = new FeedClient(steadyFeed(clock, 100_000), null, 1);
    await settled();
    await pass(clock, 20);
    // One jump: the pending tick comes late, as after a blocked event loop.
    clock.jump(500);
    for (let turn = 0; turn < 40; turn += 1) {
      clock.runDue();
      await settled();
    }
    expect(client.gaps).toEqual([]);
    expect(client.sequences).toEqual(range(1, 52_001));
    await client.leave();
  });

  it('skips to the present after a long sleep, and says how many were missed', async () => {
    const clock = new HeldClock();
    const client = new FeedClient(steadyFeed(clock, 1_000), null, 1);
    await settled();
    clock.jump(600_000);
    clock.runDue();
    await settled();
    await pass(clock, 50);
    const missed = client.gaps.reduce<number>((sum, count) => sum + Number(count), 0);
    expect(missed).toBe(600_001 - 10_000 - 1);
    expect(missed + client.sequences.length).toBe(sequenceOf(client.lastEventId ?? ''));
    await client.leave();
  });

  it('gives exactly 1..n over any disconnects, resumed within the ring', async () => {
    const visit = fc.record({
      stayMs: fc.integer({ min: 0, max: 400 }),
      awayMs: fc.integer({ min: 0, max: 700 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0.7, 10, 333, 3_000),
        fc.array(visit, { maxLength: 6 }),
        async (rate, visits) => {
          const clock = new HeldClock();
          const feed = steadyFeed(clock, rate);
          const received: number[] = [];
          let lastEventId = 'run-0';
          for (const { stayMs, awayMs } of [...visits, { stayMs: 1_500, awayMs: 0 }]) {
            const client = new FeedClient(feed, lastEventId);
            await settled();
            await pass(clock, stayMs, 37);
            received.push(...client.sequences);
            expect(client.gaps).toEqual([]);
            lastEventId = client.lastEventId ?? lastEventId;
            await client.leave();
            clock.advance(awayMs);
          }
          expect(received).toEqual(range(1, received.length));
          expect(received.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('accounts for every event, received or missed, when the ring is overrun', async () => {
    const visit = fc.record({
      stayMs: fc.integer({ min: 0, max: 60 }),
      awayMs: fc.integer({ min: 0, max: 3_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 6 }), async (visits) => {
        const clock = new HeldClock();
        const feed = steadyFeed(clock, 2_000, 500);
        let accounted = 0;
        let lastEventId = 'run-0';
        for (const { stayMs, awayMs } of visits) {
          const client = new FeedClient(feed, lastEventId);
          await settled();
          await pass(clock, stayMs);
          accounted += client.sequences.length + client.gaps.reduce<number>((sum, n) => sum + Number(n), 0);
          lastEventId = client.lastEventId ?? lastEventId;
          expect(accounted).toBe(sequenceOf(lastEventId));
          await client.leave();
          clock.advance(awayMs);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the registry of feeds', () => {
  it('keeps a feed by its parameters', () => {
    const registry = new FeedRegistry();
    const create = () => steadyFeed(new HeldClock(), 1);
    expect(registry.get('a', create)).toBe(registry.get('a', create));
    expect(registry.get('a', create)).not.toBe(registry.get('b', create));
  });

  it('lets the one go that is unused for longest', () => {
    const registry = new FeedRegistry(2);
    const create = () => steadyFeed(new HeldClock(), 1);
    const [a, b] = [registry.get('a', create), registry.get('b', create)];
    registry.get('a', create);
    registry.get('c', create);
    expect(registry.size).toBe(2);
    expect(registry.get('a', create)).toBe(a);
    expect(registry.get('b', create)).not.toBe(b);
  });

  it('never lets one go that is being read', async () => {
    const registry = new FeedRegistry(2);
    const create = () => steadyFeed(new HeldClock(), 1);
    const read = registry.get('read', create);
    const client = new FeedClient(read);
    await settled();
    for (const key of range(1, 20)) registry.get(String(key), create);
    expect(registry.get('read', create)).toBe(read);
    expect(registry.size).toBe(2);
    await client.leave();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  foldConnection,
  initialConnectionView,
  stoppedConnectionView,
} from '../../src/streams/connection-view.ts';
import { rateAt } from '../../src/streams/rate.ts';
import { type ConnectionView, MAX_ARRIVALS, type StreamEvent } from '../../src/streams/types.ts';

const request = (atMs: number, seesBytes = true): StreamEvent<number> => ({
  type: 'request',
  transport: seesBytes ? 'fetch' : 'EventSource',
  seesBytes,
  atMs,
});
const chunk = (atMs: number, count: number, byteLength: number | null = 10): StreamEvent<number> => ({
  type: 'chunk',
  byteLength,
  atMs,
  messages: Array.from({ length: count }, (_, index) => ({
    id: `${atMs}-${index}`,
    event: 'message',
    value: 1,
  })),
});
const fold = (...events: StreamEvent<number>[]): ConnectionView =>
  foldConnection(initialConnectionView, events);

describe('a connection view', () => {
  test('counts events, chunks and bytes, and times the first byte and the first event', () => {
    const { wire } = fold(request(100), chunk(130, 0), chunk(150, 2), chunk(190, 1));
    expect(wire).toMatchObject({
      ttfbMs: 30,
      firstEventMs: 50,
      events: 3,
      chunks: 3,
      bytes: 30,
      longestGapMs: 40,
      reconnects: 0,
      lastEventId: '190-0',
    });
  });

  test('shows what EventSource hides as not visible', () => {
    const { wire } = fold(request(100, false), chunk(150, 2, null));
    expect(wire).toMatchObject({ ttfbMs: null, firstEventMs: 50, bytes: null, bytesPerSecond: null });
  });

  test('times each connection by itself, and counts on over all', () => {
    const view = fold(request(100), chunk(110, 1), chunk(120, 1), request(9_000), chunk(9_050, 1));
    expect(view.wire).toMatchObject({ ttfbMs: 50, longestGapMs: 10, reconnects: 1, events: 3, chunks: 3 });
  });

  test('keeps the longest gap over batches, and none across a reconnect', () => {
    const first = fold(request(100), chunk(110, 1));
    const second = foldConnection(first, [chunk(150, 1), request(5_000)]);
    expect(foldConnection(second, [chunk(6_000, 1)]).wire.longestGapMs).toBe(40);
  });

  test('counts the rest of a chunk that a gap split, and the last row, as events and not as chunks', () => {
    const { wire } = fold(
      request(0),
      chunk(10, 1, 100),
      { type: 'gap', missed: 4, atMs: 10 },
      chunk(10, 2, 0),
    );
    expect(wire).toMatchObject({ events: 3, chunks: 1, bytes: 100, missed: 4, missedUnknown: false });
  });

  test('counts what is malformed, dropped and missed, and keeps the last refusal', () => {
    const view = fold(
      { type: 'malformed', reason: 'a', sample: 'b', atMs: 0 },
      { type: 'malformed', reason: 'c', sample: 'd', atMs: 0 },
      { type: 'dropped', count: 5, atMs: 0 },
      { type: 'gap', missed: null, atMs: 0 },
    );
    expect(view.wire).toMatchObject({ malformed: 2, dropped: 5, missed: 0, missedUnknown: true });
    expect(view.lastMalformed).toEqual({ reason: 'c', sample: 'd' });
  });

  test('keeps the last state, and is ended when its reader stopped it', () => {
    const view = fold({ type: 'status', state: { status: 'live', attempt: 1 }, atMs: 0 });
    expect(view.state.status).toBe('live');
    expect(stoppedConnectionView(view).state).toEqual({ status: 'ended', reason: 'stopped' });
  });

  test('keeps the last arrivals', () => {
    const chunks = Array.from({ length: MAX_ARRIVALS + 60 }, (_, index) => chunk(index, 1));
    const { arrivals } = foldConnection(fold(request(0), ...chunks.slice(0, 100)), chunks.slice(100)).wire;
    expect(arrivals).toHaveLength(MAX_ARRIVALS);
    expect(arrivals[0]?.atMs).toBe(60);
    expect(arrivals.at(-1)?.atMs).toBe(MAX_ARRIVALS + 59);
  });

  test('is the same object where nothing came', () => {
    expect(foldConnection(initialConnectionView, [])).toBe(initialConnectionView);
  });

  test('comes out the same whatever the batches', () => {
    const event = fc.oneof(
      fc.record({ count: fc.nat(3), bytes: fc.nat(50) }),
      fc.constant('request' as const),
      fc.constant('gap' as const),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300 }), fc.array(fc.nat(300)), (script, cuts) => {
        const steps = ['request' as const, ...script];
        const events = steps.map((step, index): StreamEvent<number> => {
          if (step === 'request') return request(index * 10);
          if (step === 'gap') return { type: 'gap', missed: 1, atMs: index * 10 };
          return chunk(index * 10 + 5, step.count, step.bytes);
        });
        const edges = [0, ...cuts.map((cut) => Math.min(cut, events.length)), events.length].sort(
          (a, b) => a - b,
        );
        const batches = edges.slice(1).map((end, index) => events.slice(edges[index], end));
        expect(batches.reduce(foldConnection, initialConnectionView)).toEqual(
          foldConnection(initialConnectionView, events),
        );
      }),
    );
  });
});

describe('the rate', () => {
  const steady = (perChunk: number, everyMs: number, forMs: number) =>
    fold(
      request(0),
      ...Array.from({ length: forMs / everyMs }, (_, index) => chunk((index + 1) * everyMs, perChunk)),
    );

  test('is that of the last two seconds', () => {
    expect(steady(3, 100, 10_000).wire.eventsPerSecond).toBeCloseTo(30);
    expect(steady(3, 100, 10_000).wire.bytesPerSecond).toBeCloseTo(100);
  });

  test('is right where more chunks come than arrivals are kept', () => {
    expect(steady(2, 1, 5_000).wire.eventsPerSecond).toBeCloseTo(2_000);
  });

  test('falls to 0 while nothing comes', () => {
    const { wire } = steady(3, 100, 10_000);
    expect(rateAt(wire, 11_000).eventsPerSecond).toBeCloseTo(15, 0);
    expect(rateAt(wire, 12_001)).toEqual({ eventsPerSecond: 0, bytesPerSecond: 0 });
  });

  test('of a fast stream falls to 0 as well', () => {
    const { wire } = steady(2, 1, 5_000);
    expect(rateAt(wire, 6_000).eventsPerSecond).toBeLessThan(500);
    expect(rateAt(wire, 7_100).eventsPerSecond).toBe(0);
  });

  test('of a first burst is not taken over a millisecond', () => {
    expect(fold(request(0), chunk(1, 100)).wire.eventsPerSecond).toBe(200);
  });
});

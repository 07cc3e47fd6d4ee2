import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  foldConnection,
  initialConnectionView,
  stoppedConnectionView,
} from '../../src/streams/connection-view.ts';
import { rateAt } from '../../src/streams/rate.ts';
import { type ConnectionView, MAX_ARRIVALS, MAX_MARKS, type StreamEvent } from '../../src/streams/types.ts';

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

  test('does not time a request that the browser sent by itself, and counts it as a reconnect', () => {
    const byBrowser: StreamEvent<number> = {
      type: 'request',
      transport: 'EventSource',
      seesBytes: false,
      atMs: 500,
      byBrowser: true,
    };
    const view = fold(request(100, false), chunk(150, 1, null), byBrowser, chunk(520, 1, null));
    expect(view.wire).toMatchObject({ requestSeen: false, firstEventMs: null, reconnects: 1, events: 2 });
    const again = foldConnection(view, [request(900, false), chunk(940, 1, null)]);
    expect(again.wire).toMatchObject({ requestSeen: true, firstEventMs: 40, reconnects: 2 });
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

  test('of one event a second is that, whenever in its second each comes', () => {
    const jitterMs = [0, 3, 1, 4, 2, 0, 4, 1, 3, 0, 2, 4];
    let view = fold(request(0));
    const rates = jitterMs.map((late, index) => {
      view = foldConnection(view, [chunk(30 + index * 1_000 + late, 1)]);
      return view.wire.eventsPerSecond;
    });
    for (const rate of rates.slice(1)) expect(rate).toBeCloseTo(1, 1);
  });

  test('just after a reconnect is not thinned by the time before it', () => {
    const before = fold(request(0), chunk(100, 1), chunk(200, 1));
    const events = Array.from({ length: 11 }, (_, index) => chunk(60_010 + index * 100, 1));
    const { wire } = foldConnection(before, [request(60_000), ...events]);
    expect(wire.eventsPerSecond).toBeCloseTo(10);
  });

  test('just after a pause is not thinned by it, and of a slow stream is its own pace', () => {
    const before = fold(request(0), chunk(100, 1), chunk(200, 1));
    const after = Array.from({ length: 11 }, (_, index) => chunk(60_000 + index * 100, 1));
    expect(foldConnection(before, after).wire.eventsPerSecond).toBeCloseTo(10);
    expect(fold(request(0), chunk(100, 1), chunk(10_100, 1)).wire.eventsPerSecond).toBeCloseTo(0.1);
  });

  test('of a stream that comes in bursts is taken from burst to burst', () => {
    const burst = (atMs: number) => Array.from({ length: 10 }, (_, index) => chunk(atMs + index * 2, 1));
    const { wire } = fold(request(0), ...burst(100), ...burst(3_100));
    expect(wire.eventsPerSecond).toBeCloseTo(10 / 3, 1);
  });

  test('leaves a backlog that came at once out of what comes after it', () => {
    const { wire } = fold(request(0), chunk(10, 50), ...[1, 2, 3, 4, 5].map((at) => chunk(10 + at * 200, 1)));
    expect(wire.eventsPerSecond).toBeCloseTo(5);
  });

  test('of a first burst is not taken over a millisecond', () => {
    expect(fold(request(0), chunk(1, 100)).wire.eventsPerSecond).toBe(200);
  });
});

describe('what may be lost over a reconnect', () => {
  const response = (atMs: number): StreamEvent<number> => ({ type: 'response', response: null, atMs });
  const plain = (atMs: number): StreamEvent<number> => ({
    type: 'chunk',
    byteLength: 10,
    atMs,
    messages: [{ id: null, event: 'message', value: 1 }],
  });

  test('is a hole where events have no IDs: from the last arrival to the next answer, over all failed tries', () => {
    const before = fold(request(100), response(110), plain(200));
    const trying = foldConnection(before, [request(1_000), request(2_000)]);
    expect(trying.wire).toMatchObject({ holes: 0, holeSinceMs: 200 });
    const { wire } = foldConnection(trying, [response(2_300), plain(2_400)]);
    expect(wire).toMatchObject({ holes: 1, holesMs: 2_100, holeSinceMs: null });
    expect(wire.marks).toEqual([{ type: 'hole', atMs: 2_300, durationMs: 2_100 }]);
  });

  test('is counted once for each time', () => {
    const { wire } = fold(
      ...[request(100), response(110), plain(200), request(300), response(350)],
      ...[request(1_000), response(1_100), plain(1_200)],
    );
    expect(wire).toMatchObject({ holes: 2, holesMs: 150 + 800 });
  });

  test('is none where the server can resume, nor before the first event', () => {
    expect(fold(request(100), response(110), chunk(200, 1), request(900), response(950)).wire.holes).toBe(0);
    expect(fold(request(100), response(110), request(900), response(950)).wire.holes).toBe(0);
  });

  test('is marked where the server tells it, and what came again is counted', () => {
    const { wire } = fold(
      request(100),
      { type: 'gap', missed: 7, atMs: 150 },
      { type: 'repeated', count: 3, atMs: 160 },
      { type: 'gap', missed: null, atMs: 170 },
    );
    expect(wire).toMatchObject({ missed: 7, missedUnknown: true, repeated: 3 });
    expect(wire.marks).toMatchObject([
      { atMs: 150, missed: 7 },
      { atMs: 170, missed: null },
    ]);
  });

  test('is marked for the last losses alone', () => {
    const gaps = Array.from({ length: MAX_MARKS + 5 }, (_, index) => index);
    const { wire } = fold(...gaps.map((atMs): StreamEvent<number> => ({ type: 'gap', missed: 1, atMs })));
    expect(wire.marks).toHaveLength(MAX_MARKS);
    expect(wire.marks.at(-1)?.atMs).toBe(MAX_MARKS + 4);
  });
});

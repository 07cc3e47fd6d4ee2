import { describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS } from '../../src/streams/shared/feed-outlet.ts';
import { unpacked } from '../../src/streams/shared/merge-events.ts';
import type { StreamEvent } from '../../src/streams/types.ts';
import { requestAt, statusAt } from '../fixtures/stream-events.ts';
import {
  browser,
  halves,
  lines,
  live,
  numbers,
  packedLines,
  prices,
  range,
  seen,
  settled,
  source,
  subscribed,
  tab,
  type World,
} from './doubles/shared-feed-world.ts';

/** The worker dies; the pages start another, which opens the feed anew. */
async function replaceWorker(world: World): Promise<void> {
  world.hub = world.startWorker('second worker');
  world.locks.kill('worker');
  await subscribed(world, 2);
}

describe('a shared feed', () => {
  it('is one subscription for all tabs', async () => {
    const world = browser();
    const [one, two] = [tab(world, 'one'), tab(world, 'two')];
    await settled();
    world.subscriptions.last().tell(live, numbers(5, 1, 2));
    await seen(world, () => expect(two.values()).toEqual([1, 2]));
    expect(one.values()).toEqual([1, 2]);
    expect(world.subscriptions.made).toHaveLength(1);
  });

  it('gives a new tab its state and what it keeps at once', async () => {
    const world = browser();
    tab(world, 'one');
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1, 2), numbers(6, 3, 4));
    await settled();
    const late = tab(world, 'late');
    await seen(world, () => expect(late.values()).toEqual([2, 3, 4]));
    expect(late.events).toHaveLength(1);
    expect(late.view()).toMatchObject({
      state: { status: 'live' },
      wire: { events: 4, lastEventId: 'run-4', reconnects: 0, dropped: 0 },
    });
  });

  it('makes plain what goes by itself: what is kept, what is too little to be packed, and what can not be', async () => {
    const world = browser();
    const one = tab(world, 'one', halves);
    await subscribed(world);
    world.subscriptions.last().tell(live, numbers(5, 1, 2));
    await seen(world, () => expect(one.values()).toEqual([1.5, 2.5]));
    world.subscriptions.last().tell(numbers(6, ...range(3, 60)));
    await seen(world, () => expect(one.values()).toEqual(range(1, 60).map((value) => value + 0.5)));
    const late = tab(world, 'late', halves);
    await seen(world, () => expect(late.values()).toEqual([58.5, 59.5, 60.5]));
  });

  it('tells a new tab where messages are missing, too', async () => {
    const world = browser();
    tab(world, 'one');
    await subscribed(world);
    const gap = { type: 'gap', missed: 7, atMs: 6 } as const;
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1, 2), gap, numbers(6, 10, 11));
    await settled();
    const late = tab(world, 'late');
    await seen(world, () => expect(late.values()).toEqual([2, 10, 11]));
    const [joined] = late.events;
    expect(joined?.type === 'joined' && joined.retained.map(({ losses }) => losses)).toEqual([
      undefined,
      [{ type: 'gap', missed: 7 }],
    ]);
    expect(late.view().wire.missed).toBe(7);
  });

  it('is told on the clock of each page', async () => {
    const world = browser();
    world.hub = world.startWorker('later worker', 100 + performance.timeOrigin);
    const one = tab(world, 'one');
    await subscribed(world);
    world.subscriptions.last().tell(numbers(5, 1));
    await seen(world, () => expect(one.values()).toEqual([1]));
    expect(one.events.at(-1)?.atMs).toBe(105);
  });

  it('is another one for another kind, URL or token', async () => {
    const world = browser();
    tab(world, 'one');
    tab(world, 'two', lines, { ...source, url: 'http://backend.test/others' });
    tab(world, 'three', lines, { ...source, token: 'secret' });
    tab(world, 'four', prices);
    await subscribed(world, 4);
    expect(world.subscriptions.made.map(({ options }) => options.request.headers?.authorization)).toEqual([
      undefined,
      undefined,
      'Bearer secret',
      undefined,
    ]);
  });

  it('is closed by the last to leave, not by one before', async () => {
    const world = browser();
    const [one, two] = [tab(world, 'one'), tab(world, 'two')];
    await subscribed(world);
    one.leave();
    await settled();
    expect(world.subscriptions.open()).toHaveLength(1);
    two.leave();
    await vi.waitFor(() => expect(world.subscriptions.open()).toHaveLength(0));
  });

  it('is not held by a tab that crashed', async () => {
    const world = browser();
    tab(world, 'one');
    await subscribed(world);
    await settled();
    world.locks.kill('one');
    await vi.waitFor(() => expect(world.subscriptions.open()).toHaveLength(0));
  });

  it('is left by a page that is put away, and read on from the same event when it comes back', async () => {
    const world = browser();
    const one = tab(world, 'one');
    await subscribed(world);
    world.subscriptions.last().tell(live, numbers(5, 1, 2));
    await seen(world, () => expect(one.values()).toEqual([1, 2]));
    one.page.dispatchEvent(new Event('pagehide'));
    await vi.waitFor(() => expect(world.subscriptions.open()).toHaveLength(0));
    one.page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await subscribed(world, 2);
    expect(world.subscriptions.last().options.lastEventId).toBe('run-2');
    world.subscriptions.last().tell(live, numbers(9, 3));
    await seen(world, () => expect(one.values()).toEqual([1, 2, 3]));
  });

  it('brings a reader that stopped and starts again only what is new to it', async () => {
    const world = browser();
    const [one] = [tab(world, 'one'), tab(world, 'two')];
    await subscribed(world);
    world.subscriptions.last().tell(live, numbers(5, 1, 2));
    await seen(world, () => expect(one.values()).toEqual([1, 2]));
    one.leave();
    world.subscriptions.last().tell(numbers(6, 3));
    await settled();
    one.start();
    await seen(world, () => expect(one.values()).toEqual([1, 2, 3]));
  });

  it('is opened anew for all when one starts it again after it failed', async () => {
    const world = browser();
    const [one, two] = [tab(world, 'one'), tab(world, 'two')];
    await subscribed(world);
    const failure = { kind: 'status', status: 401, message: 'no' } as const;
    world.subscriptions.last().tell(statusAt(3, { status: 'failed', failure }));
    await seen(world, () => expect(two.view().state.status).toBe('failed'));
    one.leave();
    one.start();
    await subscribed(world, 2);
    world.subscriptions.last().tell(live);
    await seen(world, () => expect(two.view().state.status).toBe('live'));
  });
});

describe('a page that is too slow', () => {
  it('has two posts under way at most, and what waits comes in one', async () => {
    const world = browser();
    const [slow, fast] = [tab(world, 'slow'), tab(world, 'fast')];
    await subscribed(world);
    await settled();
    slow.hold();
    for (let value = 1; value <= 3; value += 1) {
      world.clock.advance(20);
      world.subscriptions.last().tell(numbers(value, value));
      await seen(world, () => expect(fast.values()).toHaveLength(value));
    }
    expect(slow.values().length).toBeLessThan(3);
    slow.free();
    await seen(world, () => expect(slow.values()).toEqual([1, 2, 3]));
    expect(slow.view().wire.dropped).toBe(0);
  });

  it('loses the oldest, is told how many, and costs the others nothing', async () => {
    const world = browser();
    const [slow, fast] = [tab(world, 'slow'), tab(world, 'fast')];
    await subscribed(world);
    await settled();
    slow.hold();
    let sent = 0;
    const tell = async (count: number) => {
      world.clock.advance(20);
      world.subscriptions.last().tell(numbers(sent, ...range(sent + 1, sent + count)));
      sent += count;
      await seen(world, () => expect(fast.values()).toHaveLength(sent));
    };
    for (let chunk = 0; chunk < 8; chunk += 1) await tell(4_000);
    slow.free();
    await seen(world, () => expect(slow.values().at(-1)).toBe(sent));
    const { events, dropped } = slow.view().wire;
    expect(events).toBe(sent);
    expect(slow.values().length + dropped).toBe(sent);
    expect(dropped).toBeGreaterThan(0);
    expect(fast.view().wire.dropped).toBe(0);
    const joined = slow.events.findLast((event) => event.type === 'joined');
    expect(joined?.retained[0]?.losses, 'before what is kept, where it belongs').toEqual([
      { type: 'dropped', count: dropped },
    ]);
    expect(
      slow.events.some(({ type }) => type === 'dropped'),
      'and not once more',
    ).toBe(false);
  });

  it('slows the feed itself where it is the only one', async () => {
    const world = browser();
    const slow = tab(world, 'slow');
    await subscribed(world);
    await settled();
    slow.hold();
    for (let chunk = 0; chunk < 10; chunk += 1)
      world.subscriptions.last().tell(numbers(chunk, ...range(chunk * 5_000 + 1, (chunk + 1) * 5_000)));
    await settled();
    world.clock.advance(100);
    await settled();
    expect(world.subscriptions.last().waiting).toBeGreaterThan(0);
    slow.free();
    await seen(world, () => {
      expect(slow.values()).toHaveLength(50_000);
    });
    expect(slow.view().wire.dropped).toBe(0);
  });

  it('gets the last of what it missed where the feed conflates, and every event is counted', async () => {
    const world = browser();
    const [slow, fast] = [tab(world, 'slow', prices), tab(world, 'fast', prices)];
    await subscribed(world);
    await settled();
    slow.hold();
    for (const first of [1, 1_001, 2_001]) {
      world.clock.advance(20);
      world.subscriptions.last().tell(numbers(first, ...range(first, first + 999)));
      await seen(world, () => expect(fast.values().at(-1)).toBe(first + 999));
    }
    slow.free();
    await seen(world, () => expect(slow.values().at(-1)).toBe(3_000));
    expect(slow.values().length).toBeLessThan(10);
    expect(slow.view().wire).toMatchObject({ events: 3_000, dropped: 0 });
  });

  it('holds nothing once it is frozen, and goes on after its last event when it thaws', async () => {
    const world = browser();
    const frozen = tab(world, 'frozen');
    await subscribed(world);
    await settled();
    frozen.hold();
    world.subscriptions.last().tell(live, numbers(1, 1));
    await settled();
    world.clock.advance(PATIENCE_MS + 1_000);
    await vi.waitFor(() => expect(world.subscriptions.open()).toHaveLength(0));
    frozen.free();
    await subscribed(world, 2);
    expect(world.subscriptions.last().options.lastEventId).toBe('run-1');
    world.subscriptions.last().tell(live, numbers(2, 2));
    await seen(world, () => expect(frozen.values()).toEqual([1, 2]));
  });
});

describe('messages that come many at once', () => {
  it('are handed on packed where their kind says how, and all are counted', async () => {
    const world = browser();
    const one = tab(world, 'one', packedLines);
    await subscribed(world);
    world.subscriptions.last().tell(live, numbers(1, 1, 2));
    await seen(world, () => expect(one.values()).toEqual([1, 2]));
    world.subscriptions.last().tell(numbers(2, ...range(3, 100)));
    await seen(world, () => expect(one.view().wire.events).toBe(100));
    const last = one.events.at(-1);
    expect(last).toMatchObject({
      type: 'chunk',
      messages: [],
      packed: { count: 98 },
      lastEventId: 'run-100',
    });
    const { messages } = numbers(2, ...range(3, 100));
    expect(last && unpacked(last, packedLines)).toMatchObject({ messages });
    expect(one.view().wire).toMatchObject({ lastEventId: 'run-100', dropped: 0 });
  });

  it.each([
    ['what the reader has is left out', 51, 0],
    ['what is missing is counted', 111, 10],
  ])('are looked at one by one when a worker died: %s', async (_, firstOfNext, missed) => {
    const world = browser();
    const one = tab(world, 'one', packedLines);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(1, ...range(1, 100)));
    await seen(world, () => expect(one.view().wire.events).toBe(100));
    await replaceWorker(world);
    await seen(world, () =>
      expect(one.events.some((event) => event.type === 'joined' && event.rejoined)).toBe(true),
    );
    const before = one.events.length;
    world.subscriptions.last().tell(requestAt(2), live, numbers(3, ...range(firstOfNext, 200)));
    await seen(world, () => expect(one.view().wire.lastEventId).toBe('run-200'));
    world.subscriptions.last().tell(numbers(4, ...range(201, 300)));
    await seen(world, () => expect(one.view().wire.lastEventId).toBe('run-300'));
    const after = one.events.slice(before).map((event) => unpacked(event, packedLines));
    const values = after.flatMap((event) =>
      event.type === 'chunk' ? event.messages.map(({ value }) => value) : [],
    );
    expect(values).toEqual(range(Math.max(101, firstOfNext), 300));
    expect(one.view().wire).toMatchObject({ missed, reconnects: 1, holes: 0 });
    // From then on they come as they are sent.
    expect(one.events.at(-1)).toMatchObject({ messages: [], packed: { count: 100 } });
  });
});

describe('a worker that is not there', () => {
  it('dies with a tab: the others start another and go on after their last event', async () => {
    const world = browser();
    const [one, two] = [tab(world, 'one'), tab(world, 'two')];
    await subscribed(world);
    world.subscriptions.last().tell(live, numbers(1, 1, 2));
    await seen(world, () =>
      expect([one.values(), two.values()]).toEqual([
        [1, 2],
        [1, 2],
      ]),
    );
    await replaceWorker(world);
    expect(world.subscriptions.last().options.lastEventId).toBe('run-2');
    world.subscriptions.last().tell(live, numbers(2, 3));
    await seen(world, () =>
      expect([one.values(), two.values()]).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    );
  });

  it.each([
    ['nothing is said to be missing of what a feed that conflates left out', 3, 0],
    ['what is missing between two feeds is counted', 13, 10],
  ])('dies, and %s', async (_, firstOfNext, missed) => {
    const world = browser();
    const one = tab(world, 'one', prices);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(1, 1, 2));
    await seen(world, () => expect(one.values().at(-1)).toBe(2));
    await replaceWorker(world);
    world.subscriptions.last().tell(requestAt(2), live, numbers(3, ...range(firstOfNext, 200)));
    await seen(world, () => expect(one.values().at(-1)).toBe(200));
    expect(one.view().wire).toMatchObject({ missed, missedUnknown: false, holes: 0, reconnects: 1 });
  });

  it('dies, and without IDs the time between is said to be a hole; what was lost before stays lost', async () => {
    const world = browser();
    const one = tab(world, 'one');
    const withoutIds = (atMs: number, value: number): StreamEvent<number> => ({
      type: 'chunk',
      byteLength: null,
      atMs,
      messages: [{ id: null, event: 'message', value }],
    });
    await subscribed(world);
    world.subscriptions
      .last()
      .tell(requestAt(0), live, { type: 'dropped', count: 5, atMs: 1 }, withoutIds(100, 1));
    await seen(world, () => expect(one.values()).toEqual([1]));
    await replaceWorker(world);
    world.subscriptions.last().tell(requestAt(900), live, withoutIds(1_100, 2));
    await seen(world, () => expect(one.values()).toEqual([1, 2]));
    expect(one.view().wire).toMatchObject({ dropped: 5, reconnects: 1, holes: 1 });
    expect(one.view().wire.holesMs).toBeGreaterThan(0);
  });

  it('never answers: the page holds its feed itself', async () => {
    const world = browser();
    world.hub = { connect: () => undefined };
    const one = tab(world, 'one');
    await settled();
    expect(world.subscriptions.made).toHaveLength(0);
    world.clock.advance(10_000);
    await subscribed(world);
    world.subscriptions.last().tell(numbers(1, 1));
    await seen(world, () => expect(one.values()).toEqual([1]));
  });
});

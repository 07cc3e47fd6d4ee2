import { describe, expect, it } from 'vitest';
import type { FeedKind } from '../../src/streams/shared/feed-kind.ts';
import { requestAt } from '../fixtures/stream-events.ts';
import {
  browser,
  lines,
  live,
  numbers,
  range,
  seen,
  settled,
  source,
  subscribed,
  tab,
} from './doubles/shared-feed-world.ts';

const resumed: FeedKind<number> = { ...lines, resumesWhenReadAgain: true };

/** A tab that has read these of a feed that resumes. */
async function whoHasRead(...values: number[]) {
  const world = browser([resumed]);
  const one = tab(world, 'one', resumed);
  await subscribed(world);
  world.subscriptions.last().tell(requestAt(0), live, numbers(5, ...values));
  await seen(world, () => expect(one.values()).toEqual(values));
  return { world, one };
}

describe('one who stops reading a shared feed and begins again', () => {
  it('goes on after its last message where the kind says so', async () => {
    const { world, one } = await whoHasRead(1, 2);
    one.leave();
    one.start();
    await subscribed(world, 2);
    expect(world.subscriptions.last().options.lastEventId).toBe('run-2');
    world.subscriptions.last().tell(requestAt(9), live, numbers(10, 3));
    await seen(world, () => expect(one.values()).toEqual([1, 2, 3]));
    expect(one.view().wire).toMatchObject({ missed: 0, dropped: 0 });
  });

  it('begins with the present where it does not', async () => {
    const world = browser([lines]);
    const one = tab(world, 'one');
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1, 2));
    await seen(world, () => expect(one.values()).toEqual([1, 2]));
    one.leave();
    one.start();
    await subscribed(world, 2);
    expect(world.subscriptions.last().options.lastEventId).toBeNull();
  });

  it('gets nothing twice of a feed that another tab held meanwhile', async () => {
    const world = browser([resumed]);
    const [one, two] = [tab(world, 'one', resumed), tab(world, 'two', resumed)];
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1, 2));
    await seen(world, () => expect([one.values(), two.values()]).toEqual([range(1, 2), range(1, 2)]));
    one.leave();
    await settled();
    world.subscriptions.last().tell(numbers(6, 3));
    one.start();
    await seen(world, () => expect(one.values()).toEqual([1, 2, 3]));
  });

  it.each([
    ['has some of what it has', [2, 3, 4], [1, 2, 3, 4], 0],
    ['begins behind what it has', [6, 7], [1, 2, 3, 6, 7], 2],
  ])(
    'gets nothing twice of a feed that another tab opened meanwhile, and is told what it lacks: that %s',
    async (_, backlog, values, missed) => {
      const { world, one } = await whoHasRead(1, 2, 3);
      one.leave();
      await settled();
      tab(world, 'two', resumed);
      await subscribed(world, 2);
      world.subscriptions.last().tell(requestAt(7), live, numbers(8, ...backlog));
      await settled();
      one.start();
      await seen(world, () => expect(one.values()).toEqual(values));
      expect(one.view().wire.missed).toBe(missed);
    },
  );

  it('is told what it lacks of a feed that another tab opened and that has had nothing yet', async () => {
    const { world, one } = await whoHasRead(1, 2, 3);
    one.leave();
    await settled();
    const two = tab(world, 'two', resumed);
    await subscribed(world, 2);
    world.subscriptions.last().tell(requestAt(7), live);
    one.start();
    await seen(world, () =>
      expect([one.view().state.status, two.view().state.status]).toEqual(['live', 'live']),
    );
    world.subscriptions.last().tell(numbers(8, 3, 4), numbers(9, 5));
    await seen(world, () => expect(one.values()).toEqual([1, 2, 3, 4, 5]));
    expect(two.values()).toEqual([3, 4, 5]);
    expect(one.view().wire.missed).toBe(0);
  });

  it('is no reconnect', async () => {
    const { world, one } = await whoHasRead(1);
    one.leave();
    one.events.length = 0;
    one.start();
    await subscribed(world, 2);
    world.subscriptions.last().tell(requestAt(9), live, numbers(10, 2));
    await seen(world, () => expect(one.values()).toEqual([2]));
    expect(one.view().wire.reconnects).toBe(0);
  });

  it('goes on after its last message in a page that holds the feed itself, too', async () => {
    const world = browser([resumed]);
    world.hub = { connect: () => undefined };
    const one = tab(world, 'one', resumed);
    await settled();
    world.clock.advance(10_000);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1, 2));
    await seen(world, () => expect(one.values()).toEqual([1, 2]));
    one.leave();
    one.start();
    await subscribed(world, 2);
    expect(world.subscriptions.last().options.lastEventId).toBe('run-2');
  });

  it.each([
    ['of another URL', { ...source, url: 'http://other.test/lines' }],
    ['under another token', { ...source, token: 'secret' }],
  ])('takes the place that it had in one stream for none in one %s', async (_, other) => {
    const { world, one } = await whoHasRead(1, 2);
    one.leave();
    const controller = new AbortController();
    const events = one.reader.read(other, controller.signal);
    const reading = events[Symbol.asyncIterator]().next();
    await subscribed(world, 2);
    expect(world.subscriptions.last().options.lastEventId).toBeNull();
    controller.abort();
    await reading;
  });
});

import { describe, expect, it } from 'vitest';
import type { FeedKind } from '../../src/streams/shared/feed-kind.ts';
import type { PackedMessages } from '../../src/streams/types.ts';
import { requestAt } from '../fixtures/stream-events.ts';
import {
  browser,
  lines,
  live,
  numbers,
  packedLines,
  prices,
  range,
  seen,
  subscribed,
  tab,
} from './doubles/shared-feed-world.ts';

const POISON = 666;

const throwAtPoison = (value: number) => {
  if (value === POISON) throw new Error('a defect of ours');
};

/** Can't hand on one message, so many times. */
function unpackable(times: number): FeedKind<number> {
  let left = times;
  return {
    ...packedLines,
    packing: {
      pack: (): PackedMessages | null => null,
      unpack: () => [],
      plain: (value) => {
        if (value === POISON && left > 0) {
          left -= 1;
          throwAtPoison(value);
        }
        return value;
      },
    },
  };
}

/** Can't keep one message. */
const unkeepable: FeedKind<number> = {
  ...lines,
  createWindow: () => ({
    add: ({ message }) => throwAtPoison(message.value),
    from: () => [],
    droppedFrom: () => 0,
  }),
};

/** A page that is posted what no port can clone. */
const uncloneable: FeedKind<number> = {
  ...lines,
  name: 'uncloneable',
  conflate: (messages) =>
    messages.map((message) =>
      message.value === POISON ? { ...message, value: (() => 1) as never } : message,
    ),
};

describe('a shared feed with a defect', () => {
  it('tells all who read it, instead of looking live for ever', async () => {
    const world = browser([unkeepable]);
    const [one, two] = [tab(world, 'one', unkeepable), tab(world, 'two', unkeepable)];
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1), numbers(6, 2, POISON, 3));
    for (const each of [one, two]) {
      await seen(world, () => expect(each.view().state).toMatchObject({ status: 'failed' }));
      expect(each.view().state).toMatchObject({
        failure: { message: expect.stringContaining('a defect of ours') },
      });
      expect(each.view().wire.dropped, 'with the chunk that it was in').toBe(3);
    }
  });

  it('is opened anew for one who starts it again, and goes on after its last message', async () => {
    const world = browser([unkeepable]);
    const one = tab(world, 'one', unkeepable);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1, 2), numbers(6, POISON));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    one.leave();
    one.start();
    await subscribed(world, 2);
    world.subscriptions.last().tell(live, numbers(9, 3));
    await seen(world, () => expect(one.values()).toContain(3));
  });

  it('fails for the reader whose post it is, and not for another', async () => {
    const kind = unpackable(1);
    const world = browser([kind]);
    const [one, two] = [tab(world, 'one', kind), tab(world, 'two', kind)];
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1));
    await seen(world, () => expect([one.values(), two.values()]).toEqual([[1], [1]]));
    world.subscriptions.last().tell(numbers(6, 2, POISON, 3));
    await seen(world, () => expect(two.values()).toEqual([1, 2, POISON, 3]));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    expect(one.view().wire.dropped, 'of what could not be handed on').toBe(3);
    expect(two.view()).toMatchObject({ state: { status: 'live' }, wire: { dropped: 0 } });
    expect(world.subscriptions.open(), 'the feed itself goes on').toHaveLength(1);
  });

  it('is held no more by a reader that failed', async () => {
    const kind = unpackable(1);
    const world = browser([kind]);
    const one = tab(world, 'one', kind);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(6, POISON));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    expect(world.subscriptions.open()).toHaveLength(0);
    expect(one.view().wire.dropped, 'of its own time').toBe(1);
  });

  it('goes on for a reader who starts it again, behind what could not be handed on', async () => {
    const kind = unpackable(9);
    const world = browser([kind]);
    const one = tab(world, 'one', kind);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1), numbers(6, POISON));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    one.leave();
    one.start();
    await subscribed(world, 2);
    world.subscriptions.last().tell(live, ...range(2, 5).map((value) => numbers(value, value)));
    await seen(world, () => expect(one.values().slice(-4)).toEqual([2, 3, 4, 5]));
    expect(one.view().state.status).toBe('live');
  });

  it('tells a page that can not be posted what it lost', async () => {
    const world = browser([uncloneable]);
    const one = tab(world, 'one', uncloneable);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, ...range(1, 70), POISON));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    expect(one.view().wire.dropped).toBe(71);
  });
});

describe('a reader of a feed that conflates', () => {
  it('is not overtaken by what nobody would look at', async () => {
    const world = browser();
    const one = tab(world, 'one', prices);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1));
    await seen(world, () => expect(one.values()).toEqual([1]));
    const before = one.events.length;
    for (const start of range(0, 49).map((part) => 2 + part * 1_000))
      world.subscriptions.last().tell(numbers(10 + start, ...range(start, start + 999)));
    await seen(world, () => expect(one.view().wire.events).toBe(50_001));
    expect(
      one.events.slice(before).map(({ type }) => type),
      'told, not caught up',
    ).not.toContain('joined');
  });
});

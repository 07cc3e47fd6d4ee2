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
  settled,
  subscribed,
  tab,
} from './doubles/shared-feed-world.ts';

const POISON = 666;

const throwAtPoison = (value: number) => {
  if (value === POISON) throw new Error('a defect of ours');
};

/** Can't hand on one message. */
const unpackable: FeedKind<number> = {
  ...packedLines,
  packing: {
    ...packedLines.packing,
    pack: (): PackedMessages | null => null,
    unpack: () => [],
    plain: (value) => {
      throwAtPoison(value);
      return value;
    },
  },
};

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
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1), numbers(6, POISON));
    for (const each of [one, two]) {
      await seen(world, () => expect(each.view().state).toMatchObject({ status: 'failed' }));
      expect(each.view().state).toMatchObject({
        failure: { message: expect.stringContaining('a defect of ours') },
      });
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

  it('fails for the reader whose post it is, not for one who took the same message before', async () => {
    const world = browser([unpackable]);
    const one = tab(world, 'one', unpackable);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1));
    await seen(world, () => expect(one.values()).toEqual([1]));
    world.subscriptions.last().tell(numbers(6, 2, POISON, 3));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    expect(one.view().wire.dropped, 'of what could not be handed on').toBe(3);
    expect(world.subscriptions.open(), 'the feed itself goes on').toHaveLength(1);
  });

  it('goes on for a reader who starts it again, behind what could not be handed on', async () => {
    const world = browser([unpackable]);
    const one = tab(world, 'one', unpackable);
    await subscribed(world);
    world.subscriptions.last().tell(requestAt(0), live, numbers(5, 1), numbers(6, POISON));
    await seen(world, () => expect(one.view().state.status).toBe('failed'));
    one.leave();
    one.start();
    await settled();
    world.subscriptions.last().tell(live, ...range(2, 5).map((value) => numbers(value, value)));
    await seen(world, () => expect(one.values()).toEqual([1, 2, 3, 4, 5].slice(-4)));
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

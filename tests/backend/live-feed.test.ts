import { describe, expect, it } from 'vitest';
import { LiveFeed } from '../../src/backend/live-feed.ts';
import { FeedClient, range, settled } from './feed-client.ts';

function feedWith(count: number, capacity = 10_000): LiveFeed {
  const feed = new LiveFeed({ capacity, run: 'run' });
  push(feed, count);
  return feed;
}

function push(feed: LiveFeed, count: number): void {
  for (let index = 0; index < count; index += 1) feed.append(`"event ${feed.ring.last + 1}"`);
  feed.wake();
}

describe('a live feed', () => {
  it('gives a fresh reader what comes after it', async () => {
    const feed = feedWith(5);
    const client = new FeedClient(feed);
    await settled();
    expect(client.events).toEqual([]);
    push(feed, 2);
    await settled();
    expect(client.events.map(({ id, data }) => [id, data])).toEqual([
      ['run-6', '"event 6"'],
      ['run-7', '"event 7"'],
    ]);
    await client.leave();
  });

  it('gives a fresh reader the newest events first where there is a backlog', async () => {
    const client = new FeedClient(feedWith(20), null, 3);
    await settled();
    expect(client.sequences).toEqual([18, 19, 20]);
    await client.leave();
  });

  it.each([
    ['run-3', [4, 5]],
    ['run-5', []],
    ['run-0', [1, 2, 3, 4, 5]],
  ])('resumes after %s without loss or repeat', async (lastEventId, expected) => {
    const feed = feedWith(5);
    const client = new FeedClient(feed, lastEventId);
    await settled();
    push(feed, 1);
    await settled();
    expect(client.sequences).toEqual([...expected, 6]);
    expect(client.gaps).toEqual([]);
    await client.leave();
  });

  it.each(['other-3', 'run-6', 'run-', 'run', '-3', 'run-3.5', 'run--3', '日本', 'x'.repeat(300)])(
    'says that it cannot know what was missed since %s, then goes on live',
    async (lastEventId) => {
      const feed = feedWith(5);
      const client = new FeedClient(feed, lastEventId);
      await settled();
      push(feed, 1);
      await settled();
      expect(client.gaps).toEqual([null]);
      expect(client.events[0]?.event).toBe('gap');
      expect(client.sequences).toEqual([6]);
      await client.leave();
    },
  );

  it('counts exactly what the ring no longer has', async () => {
    const client = new FeedClient(feedWith(1_000, 100), 'run-250');
    await settled();
    expect(client.gaps).toEqual([650]);
    expect(client.sequences).toEqual(range(901, 1_000));
    await client.leave();
  });

  it('has no gap for the oldest ID that can be resumed, and one of 1 for the ID before it', async () => {
    const oldest = new FeedClient(feedWith(1_000, 100), 'run-900');
    const older = new FeedClient(feedWith(1_000, 100), 'run-899');
    await settled();
    expect(oldest.gaps).toEqual([]);
    expect(older.gaps).toEqual([1]);
    await Promise.all([oldest.leave(), older.leave()]);
  });

  it('counts nothing twice for a client that loses its connection straight after the gap', async () => {
    const feed = feedWith(1_000, 100);
    const first = feed.read({ lastEventId: 'run-250', backlog: 0 }, new AbortController().signal);
    const gap = /^id: (\S+)\nevent: gap\ndata: \{"missed":650\}\n\n/.exec(String((await first.next()).value));
    await first.return();
    push(feed, 10);
    const second = new FeedClient(feed, gap?.[1] ?? 'no gap');
    await settled();
    expect(second.gaps).toEqual([10]);
    expect(second.sequences).toEqual(range(911, 1_010));
    await second.leave();
  });

  it('resumes behind a gap of unknown length as behind any other event', async () => {
    const feed = feedWith(5);
    const first = new FeedClient(feed, 'other-9');
    await settled();
    await first.leave();
    push(feed, 2);
    const second = new FeedClient(feed, first.lastEventId);
    await settled();
    expect(second.gaps).toEqual([]);
    expect(second.sequences).toEqual([6, 7]);
    await second.leave();
  });

  it('tells a reader that is overtaken how many it missed, and goes on at the oldest event', async () => {
    const feed = feedWith(0, 100);
    const slow = feed.read({ lastEventId: null, backlog: 0 }, new AbortController().signal);
    const pending = slow.next();
    await settled();
    push(feed, 1);
    expect((await pending).value).toContain('id: run-1\n');
    push(feed, 350);
    const text = String((await slow.next()).value);
    expect(text.startsWith('id: run-251\nevent: gap\ndata: {"missed":250}\n\nid: run-252\n')).toBe(true);
    await slow.return();
  });

  it('gives at most about 64 KiB a pull', async () => {
    const feed = new LiveFeed({ run: 'run' });
    for (let index = 0; index < 1_000; index += 1) feed.append('x'.repeat(1_000));
    const reader = feed.read({ lastEventId: 'run-0', backlog: 0 }, new AbortController().signal);
    const first = String((await reader.next()).value);
    expect(first.length).toBeGreaterThan(60_000);
    expect(first.length).toBeLessThan(68_000);
    await reader.return();
  });

  it('serves many readers from one ring', async () => {
    const feed = feedWith(0);
    const clients = Array.from({ length: 50 }, () => new FeedClient(feed));
    await settled();
    push(feed, 3);
    await settled();
    expect(clients.every((client) => client.sequences.join() === '1,2,3')).toBe(true);
    expect(feed.readers).toBe(50);
    await Promise.all(clients.map((client) => client.leave()));
    expect(feed.readers).toBe(0);
  });

  it('keeps for a reader what comes between its coming and its first pull', async () => {
    const feed = feedWith(5);
    const reader = feed.read({ lastEventId: null, backlog: 1 }, new AbortController().signal);
    push(feed, 2);
    const { value } = await reader.next();
    expect(String(value).match(/^id: .*/gm)).toEqual(['id: run-5', 'id: run-6', 'id: run-7']);
    await reader.return();
  });

  it('gives up the place of a reader that left before its first pull', () => {
    const feed = feedWith(5);
    const controller = new AbortController();
    feed.read({ lastEventId: null, backlog: 1 }, controller.signal);
    expect(feed.readers).toBe(1);
    controller.abort();
    expect(feed.readers).toBe(0);
  });

  it('has no reader for one whose signal was aborted before', async () => {
    const feed = feedWith(3);
    const reader = feed.read({ lastEventId: 'run-0', backlog: 0 }, AbortSignal.abort());
    expect(await reader.next()).toEqual({ done: true, value: undefined });
    expect(feed.readers).toBe(0);
  });
});

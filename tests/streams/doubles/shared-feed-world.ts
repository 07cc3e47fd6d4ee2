import { expect, vi } from 'vitest';
import { foldConnection, initialConnectionView } from '../../../src/streams/connection-view.ts';
import { createFeedHub } from '../../../src/streams/shared/feed-hub.ts';
import type { FeedKind, FeedSource } from '../../../src/streams/shared/feed-kind.ts';
import { createFeedReader } from '../../../src/streams/shared/feed-reader.ts';
import { lastMessages, latestWithSamples } from '../../../src/streams/shared/feed-windows.ts';
import { createConnectionSlots } from '../../../src/streams/shared/slots-in-memory.ts';
import { createWorkerLinks } from '../../../src/streams/shared/worker-links.ts';
import type { PackedMessages, StreamEvent } from '../../../src/streams/types.ts';
import { statusAt } from '../../fixtures/stream-events.ts';
import { createFakeLocks } from './fake-locks.ts';
import { createFakeSubscriptions } from './fake-subscriptions.ts';
import { createManualClock } from './manual-clock.ts';
import { createPortPair } from './port-pair.ts';

export const lines: FeedKind<number> = {
  name: 'lines',
  label: 'Lines',
  createParse:
    () =>
    ({ data }) => ({ ok: true, value: Number(data) }),
  createWindow: () => lastMessages(3),
};
export const prices: FeedKind<number> = {
  ...lines,
  name: 'prices',
  createWindow: () =>
    latestWithSamples((value) => String(value % 2), {
      intervalMs: 100,
      messagesPerKey: 10,
      keys: 9,
      amountOf: (value) => value,
    }),
  conflate: (messages) => messages.slice(-1),
};
interface PackedNumbers extends PackedMessages {
  readonly values: readonly number[];
}
export const packedLines: FeedKind<number> = {
  ...lines,
  name: 'packed lines',
  packing: {
    pack: (messages): PackedNumbers => ({
      count: messages.length,
      values: messages.map(({ value }) => value),
    }),
    unpack: (packed) =>
      (packed as PackedNumbers).values.map((value) => ({ id: `run-${value}`, event: 'message', value })),
    plain: (value) => value,
  },
};
/** To be told from those that were not made plain. */
export const halves: FeedKind<number> = {
  ...packedLines,
  name: 'halves',
  packing: {
    pack: () => null,
    unpack: () => [],
    plain: (value) => value + 0.5,
  },
};
export const source: FeedSource = { url: 'http://backend.test/lines', token: null, fast: false };

/** A chunk of numbered messages, with the IDs `run-…`. */
export const numbers = (
  atMs: number,
  ...values: number[]
): Extract<StreamEvent<number>, { type: 'chunk' }> => ({
  type: 'chunk',
  byteLength: null,
  atMs,
  messages: values.map((value) => ({ id: `run-${value}`, event: 'message', value })),
});
export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
export const live = statusAt(1, { status: 'live', attempt: 1 });

/** A browser with a worker that holds feeds; no page yet. */
export function browser(kinds: readonly FeedKind<number>[] = [lines, prices, packedLines, halves]) {
  const clock = createManualClock();
  const locks = createFakeLocks();
  const subscriptions = createFakeSubscriptions();
  const slots = createConnectionSlots(4, clock.nowMs);
  const startWorker = (name: string, timeOriginMs = 0) =>
    createFeedHub({
      kinds,
      slots,
      locks: locks.of(name),
      clock,
      timeOriginMs,
      subscribe: subscriptions.subscribe,
    });
  const world = { hub: startWorker('worker'), clock, locks, subscriptions, slots, startWorker };
  return world;
}
export type World = ReturnType<typeof browser>;

/** A tab with one reader; `hold()` stops it from pulling, as a page does whose main thread is busy. */
export function tab(world: World, name: string, kind: FeedKind<number> = lines, from = source) {
  const page = new EventTarget();
  const links = createWorkerLinks({ locks: world.locks.of(name), clock: world.clock, page });
  links.startWith(() => {
    const { page: port, worker } = createPortPair();
    world.hub.connect(worker);
    return { port, broken: new AbortController().signal };
  });
  const reader = createFeedReader(kind, {
    links,
    slots: world.slots,
    subscribe: world.subscriptions.subscribe,
  });
  const events: StreamEvent<number>[] = [];
  let controller = new AbortController();
  let free: Promise<void> = Promise.resolve();
  let release: () => void = () => undefined;
  const run = async () => {
    controller = new AbortController();
    for await (const event of reader.read(from, controller.signal)) {
      events.push(event);
      await free;
    }
  };
  void run();
  const values = () =>
    events.flatMap((event) => {
      if (event.type === 'joined') return event.retained.flatMap(({ messages }) => messages);
      return event.type === 'chunk' ? event.messages : [];
    });
  return {
    page,
    reader,
    events,
    values: () => values().map(({ value }) => value),
    view: () => foldConnection(initialConnectionView, events),
    leave: () => controller.abort(),
    start: () => void run(),
    hold() {
      free = new Promise((resolve) => {
        release = resolve;
      });
    },
    free: () => release(),
  };
}

/** Waits for what a page shows, while posts fall due. */
export const seen = (world: World, check: () => void) =>
  vi.waitFor(() => {
    world.clock.advance(20);
    check();
  });
export const settled = () => new Promise((resolve) => setImmediate(resolve));
export const subscribed = (world: World, count = 1) =>
  vi.waitFor(() => expect(world.subscriptions.made).toHaveLength(count));

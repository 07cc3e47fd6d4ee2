import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionSlots } from '../../src/streams/shared/slots.ts';
import { createLockSlots } from '../../src/streams/shared/slots-by-locks.ts';
import { createFakeLocks, type FakeLocks } from './doubles/fake-locks.ts';
import { createManualClock } from './doubles/manual-clock.ts';

const never = new AbortController().signal;
const channels = new Set<EventTarget>();

/** A `BroadcastChannel` without the event loop: what one says, the others hear. */
function openChannel() {
  const channel = new EventTarget();
  channels.add(channel);
  return Object.assign(channel, {
    postMessage() {
      for (const other of channels) if (other !== channel) other.dispatchEvent(new Event('message'));
    },
  }) as unknown as BroadcastChannel;
}

afterEach(() => channels.clear());

function tab(locks: FakeLocks, name: string, clock = createManualClock()): ConnectionSlots {
  const slots = createLockSlots({ locks: locks.of(name), clock, originMs: () => 0, openChannel });
  slots.subscribe(() => undefined);
  return slots;
}

const labels = (slots: ConnectionSlots) => {
  const { held, waiting } = slots.snapshot();
  return { held: held.map(({ label }) => label), waiting: waiting.map(({ label }) => label) };
};

describe('connection slots over all tabs', () => {
  it('are four, whoever takes them, and every tab sees who holds and who waits', async () => {
    const locks = createFakeLocks();
    const [one, two] = [tab(locks, 'one'), tab(locks, 'two')];
    const releases = [await one.acquire('a', never), await two.acquire('b', never)];
    releases.push(await one.acquire('c', never), await two.acquire('d', never));
    const fifth = two.acquire('e', never);
    await vi.waitFor(() => expect(labels(one).waiting).toEqual(['e']));
    expect(labels(one).held.sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(locks.heldNames.filter((name) => name.startsWith('streamscope-place'))).toHaveLength(4);
    releases[0]?.();
    expect(await fifth).not.toBeNull();
    await vi.waitFor(() => expect(labels(two).held.sort()).toEqual(['b', 'c', 'd', 'e']));
    expect(labels(two).waiting).toEqual([]);
  });

  it('are given in the order in which they were asked for', async () => {
    const locks = createFakeLocks();
    const [one, two] = [tab(locks, 'one'), tab(locks, 'two')];
    const releases = await Promise.all(['a', 'b', 'c', 'd'].map((label) => one.acquire(label, never)));
    const order: string[] = [];
    const waiting = ['first', 'second', 'third'].map(async (label, index) => {
      const release = await (index === 1 ? one : two).acquire(label, never);
      order.push(label);
      return release;
    });
    await vi.waitFor(() => expect(labels(one).waiting).toHaveLength(3));
    for (const release of releases) release?.();
    await Promise.all(waiting);
    expect(order).toEqual(['first', 'second', 'third']);
  });

  it('come back from a tab that crashed', async () => {
    const locks = createFakeLocks();
    const [dying, other] = [tab(locks, 'dying'), tab(locks, 'other')];
    for (const label of ['a', 'b', 'c', 'd']) await dying.acquire(label, never);
    const waiting = other.acquire('e', never);
    locks.kill('dying');
    expect(await waiting).not.toBeNull();
    await vi.waitFor(() => expect(labels(other)).toEqual({ held: ['e'], waiting: [] }));
  });

  it('are taken two at a time or not at all, and one that waits for two keeps none from another', async () => {
    const locks = createFakeLocks();
    const slots = tab(locks, 'one');
    const releases = await Promise.all(['a', 'b', 'c'].map((label) => slots.acquire(label, never)));
    let granted = false;
    const both = slots.acquire('both', never, { places: 2 }).then((release) => {
      granted = true;
      return release;
    });
    await vi.waitFor(() => expect(labels(slots).waiting).toEqual(['both']));
    const fourth = await slots.acquire('d', never);
    expect(granted).toBe(false);
    fourth?.();
    releases[0]?.();
    expect(await both).not.toBeNull();
    await vi.waitFor(() => expect(labels(slots).held.sort()).toEqual(['b', 'both', 'both', 'c']));
  });

  it('are had by the several of one tab at a time, so that feeds find two', async () => {
    const locks = createFakeLocks();
    const [one, two] = [tab(locks, 'one'), tab(locks, 'two')];
    const first = await one.acquire('first', never, { places: 2 });
    const second = two.acquire('second', never, { places: 2 });
    await vi.waitFor(() => expect(labels(one).waiting).toEqual(['second']));
    expect(await two.acquire('Stock ticker', never)).not.toBeNull();
    expect(await two.acquire('Live logs', never)).not.toBeNull();
    first?.();
    expect(await second).not.toBeNull();
  });

  it('are asked for in vain by one who goes, and then wait for nobody', async () => {
    const locks = createFakeLocks();
    const slots = tab(locks, 'one');
    const [first] = await Promise.all(['a', 'b', 'c', 'd'].map((label) => slots.acquire(label, never)));
    const controller = new AbortController();
    const gone = slots.acquire('gone', controller.signal);
    await vi.waitFor(() => expect(labels(slots).waiting).toEqual(['gone']));
    controller.abort();
    expect(await gone).toBeNull();
    const next = slots.acquire('next', never);
    first?.();
    expect(await next).not.toBeNull();
    await vi.waitFor(() => expect(labels(slots).waiting).toEqual([]));
  });

  it('say by how many tabs a connection is used, and since when on the clock of who looks', async () => {
    const locks = createFakeLocks();
    const clock = createManualClock(5_000);
    const slots = tab(locks, 'one', clock);
    let count = 1;
    let changed: () => void = () => undefined;
    const subscribe = (listener: () => void) => {
      changed = listener;
      return () => undefined;
    };
    await slots.acquire('Stock ticker', never, { tabs: { count: () => count, subscribe } });
    count = 3;
    changed();
    await vi.waitFor(() =>
      expect(slots.snapshot().held).toEqual([{ label: 'Stock ticker', sinceMs: 5_000, tabs: 3 }]),
    );
  });
});

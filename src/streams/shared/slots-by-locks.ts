import { childController } from '../abort.ts';
import { type Clock, systemClock } from '../clock.ts';
import { pageOriginMs } from '../wall-clock.ts';
import { newId } from './new-id.ts';
import { type Badge, readBadges, snapshotOf, wearBadge } from './slot-badges.ts';
import {
  type AcquireOptions,
  type ConnectionSlots,
  MAX_LONG_LIVED_CONNECTIONS,
  type SlotsSnapshot,
} from './slots.ts';
import { holdLock, type WebLocks } from './web-lock.ts';

export interface LockSlotsOptions {
  readonly locks: WebLocks;
  readonly limit?: number;
  /** Tells the other tabs that something changed. */
  readonly openChannel?: () => Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  readonly clock?: Clock;
  /** When this context's clock read 0, in milliseconds since 1970, as far as can be told at the moment. */
  readonly originMs?: () => number;
}

/** Whoever has it is the next to get a place: the browser queues the others in the order in which they came. */
const TURNSTILE = 'streamscope-turnstile';
/** Only one at a time has several places: the comparisons of ten tabs leave room for the feeds. */
const SEVERAL = 'streamscope-several-places';
const CHANNEL = 'streamscope-connections';
/** One who crashed tells nobody: whoever shows the places looks again this often. */
const LOOK_AGAIN_MS = 1_500;

type Release = () => void;

/**
 * Places that all tabs and workers of this origin share: a Web Lock each. A tab that crashes gives its places back, because
 * the browser does it.
 */
export function createLockSlots({
  locks,
  limit = MAX_LONG_LIVED_CONNECTIONS,
  openChannel = () => new BroadcastChannel(CHANNEL),
  clock = systemClock,
  originMs = pageOriginMs,
}: LockSlotsOptions): ConnectionSlots {
  const places = Array.from({ length: limit }, (_, index) => `streamscope-place-${index + 1}`);
  const listeners = new Set<() => void>();
  const wakers = new Set<() => void>();
  let snapshot: SlotsSnapshot = { limit, held: [], waiting: [] };
  let channel: ReturnType<typeof openChannel> | null = null;
  let stopLooking: Release | null = null;
  let looks = 0;

  const look = async () => {
    if (listeners.size === 0) return;
    looks += 1;
    const mine = looks;
    const next = snapshotOf(await readBadges(locks), limit, originMs());
    if (mine !== looks || JSON.stringify(next) === JSON.stringify(snapshot)) return;
    snapshot = next;
    for (const listener of listeners) listener();
  };
  const noteChange = () => {
    for (const wake of wakers) wake();
    void look();
  };
  /** A change that is told, or the time after which one looks anyway. */
  const untilChange = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        cancel();
        wakers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = clock.after(LOOK_AGAIN_MS, wake);
      wakers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  const connected = () => {
    if (channel === null) {
      channel = openChannel();
      channel.addEventListener('message', noteChange);
    }
    return channel;
  };
  const changed = () => {
    connected().postMessage('changed');
    noteChange();
  };
  const keepLooking = () => {
    stopLooking = clock.after(LOOK_AGAIN_MS, () => {
      void look();
      keepLooking();
    });
  };

  return {
    async acquire(label, signal, options = {}) {
      if (signal.aborted) return null;
      const wearer = createWearer(locks, label, options, () => originMs() + clock.nowMs(), changed);
      const taking = { locks, names: places, signal, onWait: wearer.wait, untilChange };
      const taken = await takePlaces(taking, options.places ?? 1);
      if (taken === null) {
        wearer.takeOff();
        return null;
      }
      wearer.hold();
      return () => {
        for (const release of taken.splice(0)) release();
        wearer.takeOff();
      };
    },
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      connected();
      if (stopLooking === null) keepLooking();
      void look();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopLooking?.();
        stopLooking = null;
      };
    },
  };
}

/** Beginning anywhere: the first places are the likeliest to be taken, and each question costs a message to the browser. */
function rotated(names: readonly string[]): readonly string[] {
  const start = Math.floor(Math.random() * names.length);
  return [...names.slice(start), ...names.slice(0, start)];
}

interface Taking {
  readonly locks: WebLocks;
  readonly names: readonly string[];
  readonly signal: AbortSignal;
  /** Called where a place is not had at once. */
  readonly onWait: () => void;
  /** Resolves when somebody may have given a place back. */
  readonly untilChange: (signal: AbortSignal) => Promise<void>;
}

/** Takes so many places, all or none; null at the abort. */
async function takePlaces(taking: Taking, count: number): Promise<Release[] | null> {
  if (count === 1) {
    // No turn is needed: a place that the next in turn waits for is not free.
    const { releases } = await takeFree(taking.locks, rotated(taking.names), 1);
    return releases.length === 1 ? releases : takeInTurn(taking, 1);
  }
  const alone = await takeNamed(taking, SEVERAL);
  if (alone === null) return null;
  const releases = await takeSeveral(taking, count);
  if (releases === null) alone();
  return releases && [...releases, alone];
}

async function takeSeveral(taking: Taking, count: number): Promise<Release[] | null> {
  while (!taking.signal.aborted) {
    const releases = await takeInTurn(taking, count);
    if (releases !== null || taking.signal.aborted) return releases;
    // One that needs two places does not keep one free, nor the turn, that another could have.
    taking.onWait();
    await taking.untilChange(taking.signal);
  }
  return null;
}

/** Waits for one place for as long as it takes; for more only looks whether they are free. */
async function takeInTurn(taking: Taking, count: number): Promise<Release[] | null> {
  const turn = await takeNamed(taking, TURNSTILE);
  if (turn === null) return null;
  try {
    const { releases, busy } = await takeFree(taking.locks, taking.names, count);
    if (releases.length < count && count === 1) await waitForOne(taking, busy, releases);
    if (releases.length === count && !taking.signal.aborted) return releases;
    for (const release of releases) release();
    return null;
  } finally {
    turn();
  }
}

async function takeNamed({ locks, signal, onWait }: Taking, name: string): Promise<Release | null> {
  const free = await holdLock(locks, name, { ifFree: true });
  if (free !== null) return free;
  onWait();
  return holdLock(locks, name, { signal });
}

async function takeFree(
  locks: WebLocks,
  names: readonly string[],
  count: number,
): Promise<{ readonly releases: Release[]; readonly busy: readonly string[] }> {
  const releases: Release[] = [];
  const busy: string[] = [];
  for (const name of names) {
    if (releases.length === count) break;
    const release = await holdLock(locks, name, { ifFree: true });
    if (release) releases.push(release);
    else busy.push(name);
  }
  return { releases, busy };
}

/** Asks for all that are busy, and keeps the first that comes. Resolves when there is one, or at the abort. */
function waitForOne(
  { locks, signal, onWait }: Taking,
  busy: readonly string[],
  releases: Release[],
): Promise<void> {
  onWait();
  return new Promise((resolve, reject) => {
    const { controller, release: forget } = childController(signal);
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
    for (const name of busy) {
      holdLock(locks, name, { signal: controller.signal }).then((release) => {
        if (release === null) return;
        // A second one that was granted at the same moment is not needed any more.
        if (controller.signal.aborted) return release();
        releases.push(release);
        forget();
        controller.abort();
      }, reject);
    }
    if (signal.aborted) resolve();
  });
}

/** Shows one who waits for places or holds them, and goes on showing by how many tabs they are used. */
function createWearer(
  locks: WebLocks,
  label: string,
  { places = 1, tabs }: AcquireOptions,
  epochMs: () => number,
  onChange: () => void,
) {
  const id = newId();
  let revision = 0;
  let sinceEpochMs = epochMs();
  let status: Badge['status'] | null = null;
  let worn: Release | null = null;
  let unsubscribe: Release | undefined;
  // One after the other: a badge is put on before the one it replaces is taken off.
  let work = Promise.resolve();

  const show = () => {
    work = work.then(async () => {
      const before = worn;
      worn = null;
      if (status !== null) {
        revision += 1;
        const count = tabs?.count() ?? 1;
        worn = await wearBadge(locks, { id, revision, status, label, places, tabs: count, sinceEpochMs });
      }
      before?.();
      onChange();
    });
  };
  return {
    wait() {
      if (status !== null) return;
      status = 'waiting';
      show();
    },
    hold() {
      status = 'held';
      sinceEpochMs = epochMs();
      unsubscribe = tabs?.subscribe(show);
      show();
    },
    takeOff() {
      unsubscribe?.();
      status = null;
      show();
    },
  };
}

import { type Clock, systemClock } from './clock.ts';

/**
 * What happens around a connection: the machine loses and finds its network, the page is put into the back/forward
 * cache and taken out, the machine slept.
 */
export type SurroundingsChange = 'offline' | 'online' | 'suspend' | 'restore' | 'wake';

export interface Surroundings {
  readonly online: boolean;
  /** Calls back at every change, and returns what ends that. */
  subscribe(listener: (change: SurroundingsChange) => void): () => void;
}

/** What of a window or a worker is used. Node has neither events nor a navigator of this kind. */
export interface SurroundingsScope {
  readonly navigator?: { readonly onLine?: boolean };
  addEventListener?(type: string, listener: (event: Event) => void): void;
  removeEventListener?(type: string, listener: (event: Event) => void): void;
}

const LOOK_MS = 10_000;
/** A hidden tab's timers may come a minute late: only what is later than that was sleep. */
const SLEPT_MS = 90_000;

export interface SurroundingsOptions {
  readonly scope?: SurroundingsScope;
  readonly clock?: Clock;
  /** Wall-clock time: it goes on while a machine sleeps, which `performance.now()` need not. */
  readonly wallMs?: () => number;
}

/** Listens to the page or worker that it is in, for as long as somebody listens to it. */
export function createSurroundings({
  scope = globalThis,
  clock = systemClock,
  wallMs = Date.now,
}: SurroundingsOptions = {}): Surroundings {
  const listeners = new Set<(change: SurroundingsChange) => void>();
  let stopWatching: (() => void) | null = null;
  const tell = (change: SurroundingsChange) => {
    for (const listener of [...listeners]) listener(change);
  };

  const watch = () => {
    const leave = [
      listen(scope, 'offline', () => tell('offline')),
      listen(scope, 'online', () => tell('online')),
      listen(scope, 'pagehide', (event) => isPersisted(event) && tell('suspend')),
      listen(scope, 'pageshow', (event) => isPersisted(event) && tell('restore')),
      watchSleep(clock, wallMs, () => tell('wake')),
    ];
    return () => {
      for (const one of leave) one();
    };
  };

  return {
    get online() {
      return scope.navigator?.onLine ?? true;
    },
    subscribe(listener) {
      // A wrapper of its own, so that the same function may listen twice.
      const own = (change: SurroundingsChange) => listener(change);
      listeners.add(own);
      stopWatching ??= watch();
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        stopWatching?.();
        stopWatching = null;
      };
    },
  };
}

/** The page or worker that this code runs in. */
export const ownSurroundings: Surroundings = createSurroundings();

function listen(scope: SurroundingsScope, type: string, listener: (event: Event) => void): () => void {
  scope.addEventListener?.(type, listener);
  return () => scope.removeEventListener?.(type, listener);
}

function isPersisted(event: Event): boolean {
  return 'persisted' in event && event.persisted === true;
}

function watchSleep(clock: Clock, wallMs: () => number, onWake: () => void): () => void {
  let lastMs = wallMs();
  let cancel = clock.after(LOOK_MS, look);
  function look(): void {
    const nowMs = wallMs();
    const slept = nowMs - lastMs > LOOK_MS + SLEPT_MS;
    lastMs = nowMs;
    cancel = clock.after(LOOK_MS, look);
    if (slept) onWake();
  }
  return () => cancel();
}

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether a URL leads to this machine itself, which is there without a network as well. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

import { systemClock } from '../clock.ts';
import {
  type AcquireOptions,
  type ConnectionSlots,
  type HeldSlot,
  MAX_LONG_LIVED_CONNECTIONS,
  type SlotsSnapshot,
} from './slots.ts';

interface Waiter {
  readonly label: string;
  readonly places: number;
  grant(): void;
}

/** Places of this context alone: for tests, and where the browser has no Web Locks (a page over plain HTTP from afar). */
export function createConnectionSlots(
  limit = MAX_LONG_LIVED_CONNECTIONS,
  nowMs: () => number = systemClock.nowMs,
): ConnectionSlots {
  const held = new Set<() => HeldSlot>();
  const waiting = new Set<Waiter>();
  const listeners = new Set<() => void>();
  let snapshot: SlotsSnapshot = { limit, held: [], waiting: [] };

  const changed = () => {
    snapshot = {
      limit,
      held: [...held].map((slot) => slot()),
      waiting: [...waiting].map(({ label }) => ({ label })),
    };
    for (const listener of listeners) listener();
  };

  /** First come, first served; but one that needs two places does not keep one free that another could have. */
  const grantNext = () => {
    for (const waiter of waiting) if (held.size + waiter.places <= limit) waiter.grant();
  };

  const hold = (label: string, { places = 1, tabs }: AcquireOptions): (() => void) => {
    const sinceMs = nowMs();
    const slots = Array.from({ length: places }, () => () => ({
      label,
      sinceMs,
      tabs: tabs?.count() ?? 1,
    }));
    for (const slot of slots) held.add(slot);
    const unsubscribe = tabs?.subscribe(changed);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      unsubscribe?.();
      for (const slot of slots) held.delete(slot);
      grantNext();
      changed();
    };
  };

  return {
    acquire(label, signal, options = {}) {
      const { places = 1 } = options;
      if (signal.aborted) return Promise.resolve(null);
      if (held.size + places <= limit) {
        const release = hold(label, options);
        changed();
        return Promise.resolve(release);
      }
      return new Promise((resolve) => {
        const leave = () => {
          waiting.delete(waiter);
          grantNext();
          changed();
          resolve(null);
        };
        const waiter: Waiter = {
          label,
          places,
          grant() {
            waiting.delete(waiter);
            signal.removeEventListener('abort', leave);
            resolve(hold(label, options));
          },
        };
        waiting.add(waiter);
        signal.addEventListener('abort', leave, { once: true });
        changed();
      });
    },
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

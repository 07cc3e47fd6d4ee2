import { systemClock } from './clock.ts';

/** Who holds a long-lived connection and who waits for one, oldest first. A new object at each change. */
export interface SlotsSnapshot {
  readonly limit: number;
  readonly held: readonly { readonly label: string; readonly sinceMs: number }[];
  readonly waiting: readonly { readonly label: string }[];
}

/** The long-lived connections that this page may hold: over HTTP/1.1 a browser has six per origin, over all its tabs. */
export interface ConnectionSlots {
  /** Waits for a slot, and resolves with what gives it back; with null when the signal aborts first. */
  acquire(label: string, signal: AbortSignal): Promise<(() => void) | null>;
  snapshot(): SlotsSnapshot;
  subscribe(listener: () => void): () => void;
}

const MAX_LONG_LIVED_CONNECTIONS = 4;

interface Waiter {
  readonly label: string;
  grant(): void;
}

export function createConnectionSlots(
  limit = MAX_LONG_LIVED_CONNECTIONS,
  nowMs: () => number = systemClock.nowMs,
): ConnectionSlots {
  const held = new Set<{ readonly label: string; readonly sinceMs: number }>();
  const waiting = new Set<Waiter>();
  const listeners = new Set<() => void>();
  let snapshot: SlotsSnapshot = { limit, held: [], waiting: [] };

  const changed = () => {
    snapshot = { limit, held: [...held], waiting: [...waiting].map(({ label }) => ({ label })) };
    for (const listener of listeners) listener();
  };

  const hold = (label: string): (() => void) => {
    const slot = { label, sinceMs: nowMs() };
    held.add(slot);
    return () => {
      if (!held.delete(slot)) return;
      const [next] = waiting;
      if (next) next.grant();
      else changed();
    };
  };

  return {
    acquire(label, signal) {
      if (signal.aborted) return Promise.resolve(null);
      if (held.size < limit) {
        const release = hold(label);
        changed();
        return Promise.resolve(release);
      }
      return new Promise((resolve) => {
        const leave = () => {
          waiting.delete(waiter);
          changed();
          resolve(null);
        };
        const waiter: Waiter = {
          label,
          grant() {
            waiting.delete(waiter);
            signal.removeEventListener('abort', leave);
            const release = hold(label);
            changed();
            resolve(release);
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

/** The connections of this page: what its panels hold together. */
export const pageConnections = createConnectionSlots();

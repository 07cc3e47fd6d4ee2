import { type ConnectionSlots, MAX_LONG_LIVED_CONNECTIONS, type SlotsSnapshot } from './slots.ts';
import { createLockSlots } from './slots-by-locks.ts';
import { createConnectionSlots } from './slots-in-memory.ts';
import { isRefusal, type WebLocks } from './web-lock.ts';

interface AllowedSlotsOptions {
  readonly byLocks?: (locks: WebLocks) => ConnectionSlots;
  readonly inMemory?: () => ConnectionSlots;
}

const NOBODY_YET: SlotsSnapshot = { limit: MAX_LONG_LIVED_CONNECTIONS, held: [], waiting: [] };

/**
 * Places over all tabs where the browser lets this page have locks, else places of this context alone. Which, only a request
 * tells: a browser that blocks all site data has the API and refuses its use.
 */
export function createAllowedSlots(
  locks: WebLocks,
  {
    byLocks = (allowed) => createLockSlots({ locks: allowed }),
    inMemory = () => createConnectionSlots(),
  }: AllowedSlotsOptions = {},
): ConnectionSlots {
  let known: ConnectionSlots | null = null;
  const choose = async (): Promise<ConnectionSlots> => {
    try {
      await locks.query();
      known = byLocks(locks);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      known = inMemory();
    }
    return known;
  };
  const chosen = choose();
  return {
    async acquire(...asked) {
      return (await chosen).acquire(...asked);
    },
    snapshot: () => known?.snapshot() ?? NOBODY_YET,
    subscribe(listener) {
      let leave: (() => void) | null = () => undefined;
      void chosen.then((slots) => {
        if (leave === null) return;
        leave = slots.subscribe(listener);
        listener();
      });
      return () => {
        leave?.();
        leave = null;
      };
    },
  };
}

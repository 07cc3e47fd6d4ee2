import type { ConnectionSlots } from './shared/slots.ts';
import { createLockSlots } from './shared/slots-by-locks.ts';
import { createConnectionSlots } from './shared/slots-in-memory.ts';
import { webLocks } from './shared/web-lock.ts';

export type { ConnectionSlots } from './shared/slots.ts';
export { createConnectionSlots };

/** The long-lived connections of this browser: what all its tabs and its feeds' worker hold together. */
export const pageConnections: ConnectionSlots = createBrowserSlots();

function createBrowserSlots(): ConnectionSlots {
  const locks = webLocks();
  return locks === null ? createConnectionSlots() : createLockSlots({ locks });
}

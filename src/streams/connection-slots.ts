import type { ConnectionSlots } from './shared/slots.ts';
import { createAllowedSlots } from './shared/slots-allowed.ts';
import { createConnectionSlots } from './shared/slots-in-memory.ts';
import { webLocks } from './shared/web-lock.ts';

export type { ConnectionSlots } from './shared/slots.ts';
export { createConnectionSlots };

/** The long-lived connections of this browser: what all its tabs and its feeds' worker hold together. */
export const pageConnections: ConnectionSlots = createBrowserSlots();

function createBrowserSlots(): ConnectionSlots {
  const locks = webLocks();
  return locks === null ? createConnectionSlots() : createAllowedSlots(locks);
}

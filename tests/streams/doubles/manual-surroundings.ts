import type { Surroundings, SurroundingsChange } from '../../../src/streams/surroundings.ts';

/** A network, a page and a machine that a test plays. */
export interface ManualSurroundings extends Surroundings {
  change(change: SurroundingsChange): void;
}

export function createManualSurroundings(): ManualSurroundings {
  const listeners = new Set<(change: SurroundingsChange) => void>();
  let online = true;
  return {
    get online() {
      return online;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(change) {
      if (change === 'offline') online = false;
      if (change === 'online') online = true;
      for (const listener of [...listeners]) listener(change);
    },
  };
}

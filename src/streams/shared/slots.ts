/** One long-lived connection that is held. */
export interface HeldSlot {
  readonly label: string;
  /** On `performance.now()`'s clock of this context. */
  readonly sinceMs: number;
  /** By how many tabs it is used: more than one for a shared feed. */
  readonly tabs: number;
}

/** Who holds a long-lived connection and who waits for one, oldest first. A new object at each change. */
export interface SlotsSnapshot {
  readonly limit: number;
  readonly held: readonly HeldSlot[];
  readonly waiting: readonly { readonly label: string }[];
}

/** How many tabs use a connection, where that can change while it is held. */
export interface TabCount {
  count(): number;
  /** Calls back at every change, and returns what ends that. */
  subscribe(listener: () => void): () => void;
}

export interface AcquireOptions {
  /** How many places are taken together: all of them or none. Default: 1. */
  readonly places?: number;
  readonly tabs?: TabCount;
}

/** The long-lived connections that may be held at once: over HTTP/1.1 a browser has six per origin, over all its tabs. */
export interface ConnectionSlots {
  /** Waits for its turn, and resolves with what gives the place back; with null when the signal aborts first. */
  acquire(label: string, signal: AbortSignal, options?: AcquireOptions): Promise<(() => void) | null>;
  snapshot(): SlotsSnapshot;
  subscribe(listener: () => void): () => void;
}

export const MAX_LONG_LIVED_CONNECTIONS = 4;

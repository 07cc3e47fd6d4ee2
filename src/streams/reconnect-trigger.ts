/** A reader's wish to connect again without waiting. It changes nothing while a connection is being opened or is live. */
export interface ReconnectTrigger {
  reconnectNow(): void;
  /** Calls back at every wish, and returns what ends that. */
  subscribe(listener: () => void): () => void;
}

export function createReconnectTrigger(): ReconnectTrigger {
  const listeners = new Set<() => void>();
  return {
    reconnectNow() {
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

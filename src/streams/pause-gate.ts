/** A reader's pause. While it is on, `subscribe` does not pull: a transport that can stop reading does. */
export interface PauseGate {
  readonly paused: boolean;
  pause(): void;
  resume(): void;
  /** Calls back at every change, and returns what ends that. */
  subscribe(listener: () => void): () => void;
}

export function createPauseGate(): PauseGate {
  const listeners = new Set<() => void>();
  let paused = false;
  const set = (next: boolean) => {
    if (paused === next) return;
    paused = next;
    for (const listener of listeners) listener();
  };
  return {
    get paused() {
      return paused;
    },
    pause: () => set(true),
    resume: () => set(false),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

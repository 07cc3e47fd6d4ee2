import type { StoreApi } from 'zustand';
import type { PersistOptions } from 'zustand/middleware';

/** A store of `persist`. Where the browser gives no storage, `persist` is left out of it. */
interface PersistedStore<S, Saved> extends Pick<StoreApi<S>, 'getState'> {
  readonly persist?: {
    getOptions(): Partial<PersistOptions<S, Saved>>;
    setOptions(options: Partial<PersistOptions<S, Saved>>): void;
    rehydrate(): Promise<void> | void;
  };
}

interface BetweenTabsOptions<Field> {
  /** What each tab has for itself. The rest is followed: what one tab sets is set in all. */
  readonly own: readonly Field[];
}

/**
 * Lets the tabs of a browser keep their settings in one place. `persist` writes all of a store at each change: a tab that
 * knew nothing of the others would write back what they have changed since it was opened. Of its own fields a tab writes
 * those that it changed itself; the others stay as who changed them last left them, for the next tab that is opened.
 */
export function keepBetweenTabs<S extends Saved, Saved extends object>(
  store: PersistedStore<S, Saved>,
  { own }: BetweenTabsOptions<keyof Saved>,
): void {
  const { persist } = store;
  const { name, merge, partialize } = persist?.getOptions() ?? {};
  if (persist === undefined || merge === undefined || partialize === undefined) return;
  const ownOf = (saved: Saved): Partial<Saved> => {
    const part: Partial<Saved> = {};
    for (const field of own) part[field] = saved[field];
    return part;
  };
  let had = ownOf(store.getState());
  let stored: Partial<Saved> = had;

  persist.setOptions({
    partialize: (state) => {
      const now = ownOf(state);
      for (const field of own) if (now[field] !== had[field]) stored = { ...stored, [field]: now[field] };
      had = now;
      return { ...partialize(state), ...stored };
    },
    merge: (saved, current) => {
      const merged = merge(saved, current);
      stored = ownOf(merged);
      return { ...merged, ...ownOf(current) };
    },
  });

  const read = () => void persist.rehydrate();
  globalThis.addEventListener?.('storage', ({ key }: StorageEvent) => {
    if (key === name) read();
  });
  // A page that was put away is told nothing of what changes meanwhile.
  globalThis.addEventListener?.('pageshow', ({ persisted }: PageTransitionEvent) => {
    if (persisted) read();
  });
}

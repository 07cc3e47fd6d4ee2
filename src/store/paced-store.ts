import { createStore, type StoreApi } from 'zustand';
import type { ScheduleFrame } from './next-frame.ts';
import { pacedFrames } from './paced-frames.ts';

/**
 * A store of two paces: what a person does is shown at once, what a stream brings when the page draws next, unless a person
 * waits for it.
 */
export interface PacedStore<S> extends StoreApi<S> {
  /** For what a stream brings. The newest state has it at once. */
  take(update: (state: S) => S): void;
  /** What is on screen. */
  readonly shown: StoreApi<S>;
}

export interface PacedStoreOptions<S> {
  /** Whether what a stream has brought is shown at once. */
  readonly isNews?: (shown: S, newest: S) => boolean;
  readonly schedule?: ScheduleFrame;
}

export function createPacedStore<S>(
  initial: S,
  { isNews = () => false, schedule = pacedFrames }: PacedStoreOptions<S> = {},
): PacedStore<S> {
  const newest = createStore<S>(() => initial);
  const shown = createStore<S>(() => initial);
  let taking = false;
  let cancel: (() => void) | null = null;
  const show = () => {
    cancel?.();
    cancel = null;
    shown.setState(newest.getState(), true);
  };
  newest.subscribe(() => {
    if (taking && !isNews(shown.getState(), newest.getState())) cancel ??= schedule(show);
    else show();
  });
  return {
    ...newest,
    shown,
    take(update) {
      taking = true;
      try {
        newest.setState(update, true);
      } finally {
        taking = false;
      }
    },
  };
}

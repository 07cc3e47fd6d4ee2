import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createStore, useStore } from 'zustand';
import { runInFrames } from '../../store/frame-batch.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import type { JobRequest } from './jobs-settings.ts';
import { applyJob, initialJob, type JobState, startedJob, stopJob } from './jobs-store.ts';
import { type OpenJob, openJob } from './open-job.ts';

/** The task of this panel: none until it is started, one at a time. */
export function useJob(target: BackendTarget, open: OpenJob = openJob) {
  const onThrown = useThrown();
  const [store] = useState(() => createStore<JobState>(() => initialJob));
  const run = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    run.current?.abort();
    run.current = null;
    store.setState((state) => stopJob(state, performance.now()), true);
  }, [store]);

  // A task that nobody watches, or that another backend was asked for, ends.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `target` is what ends it
  useEffect(() => stop, [stop, target]);

  const start = useCallback(
    (request: JobRequest) => {
      run.current?.abort();
      const controller = new AbortController();
      run.current = controller;
      store.setState(startedJob, true);
      const { signal } = controller;
      runInFrames(
        open(target, request, signal),
        (events) => store.setState((state) => applyJob(state, events), true),
        { signal },
      ).catch(onThrown);
    },
    [store, target, open, onThrown],
  );

  const controls = useMemo(() => ({ start, stop }), [start, stop]);
  return { state: useStore(store), ...controls };
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createStore, useStore } from 'zustand';
import { streamedEndpoint, tolerantComparisonRowSchema } from '../../contract/comparison.ts';
import { runInFrames } from '../../store/frame-batch.ts';
import { backendAnswers } from '../../streams/backend-answers.ts';
import { authorizationHeaders, endpointUrl } from '../../streams/choose-transport.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { decoderOf } from '../../streams/decoders/by-format.ts';
import { parseJson } from '../../streams/parse-json.ts';
import { subscribe } from '../../streams/subscribe.ts';
import { createFetchTransport } from '../../streams/transports/fetch-stream.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { useReturn } from '../../ui/use-return.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import { type ComparisonParameters, fetchBuffered } from './comparison-queries.ts';
import { fieldError, useComparisonSettings } from './comparison-settings.ts';
import {
  applyStreamed,
  type ComparedRow,
  type ComparisonState,
  completeBuffered,
  failBuffered,
  initialComparison,
  isRunning,
  neverAnswered,
  startComparison,
  stopComparison,
} from './comparison-store.ts';

/** A run that both lanes have finished. */
export interface FinishedRun extends ComparisonParameters {
  readonly id: number;
  readonly finishedAt: number;
  readonly comparison: ComparisonState;
}

const MAX_RUNS = 20;
const parseRow = parseJson<ComparedRow>(tolerantComparisonRowSchema);

/** Both requests side by side, and the runs so far. The first run starts by itself: a page that opens has something to show. */
export function useComparison(target: BackendTarget) {
  const onThrown = useThrown();
  const [store] = useState(() => createStore<ComparisonState>(() => initialComparison));
  const { runs, addRun } = useRuns(target);
  const current = useRef<AbortController | null>(null);

  const runOnce = useCallback(async () => {
    const settings = useComparisonSettings.getState();
    if (fieldError('rows', settings.rows) || fieldError('delay', settings.delay)) return;
    const parameters = { rows: Number(settings.rows), delay: Number(settings.delay) };
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    store.setState(startComparison(performance.now(), parameters.rows), true);
    // Both at once or neither: a lane that waits for a connection alone would not be comparable.
    const release = await pageConnections.acquire(SLOT_LABEL, controller.signal, { places: 2 });
    if (release === null) return;
    // What was waited for here is not the backend's time.
    store.setState(startComparison(performance.now(), parameters.rows), true);
    await Promise.all([
      runBuffered(target, parameters, controller.signal, store.setState),
      runStreamed(target, parameters, controller.signal, store.setState),
    ]).finally(release);
    if (!controller.signal.aborted) addRun(parameters, store.getState());
  }, [target, store, addRun]);
  const run = useCallback(() => runOnce().catch(onThrown), [runOnce, onThrown]);

  const stop = useCallback(() => {
    current.current?.abort();
    store.setState(stopComparison, true);
  }, [store]);

  useEffect(() => {
    void run();
    return () => current.current?.abort();
  }, [run]);

  const comparison = useStore(store);
  useReturn({
    key: ['comparison-recovery', target.baseUrl, target.token !== null],
    isDown: neverAnswered(comparison),
    asks: (signal) => backendAnswers(target, signal),
    onReturn: run,
  });
  return { comparison, running: isRunning(comparison), run, stop, runs };
}

const SLOT_LABEL = 'Buffered vs streamed';

type SetComparison = (update: (state: ComparisonState) => ComparisonState, replace: true) => void;

async function runBuffered(
  target: BackendTarget,
  parameters: ComparisonParameters,
  signal: AbortSignal,
  setState: SetComparison,
): Promise<void> {
  try {
    const answer = await fetchBuffered(target, parameters, { signal });
    setState((state) => completeBuffered(state, answer), true);
  } catch (error) {
    if (signal.aborted) return;
    const reason =
      error instanceof TypeError ? 'The backend does not answer.' : String((error as Error).message);
    setState((state) => failBuffered(state, reason), true);
  }
}

async function runStreamed(
  target: BackendTarget,
  parameters: ComparisonParameters,
  signal: AbortSignal,
  setState: SetComparison,
): Promise<void> {
  const events = subscribe({
    request: {
      url: endpointUrl(target, streamedEndpoint.path, { ...parameters }),
      headers: authorizationHeaders(target),
    },
    transport: createFetchTransport({ decoder: decoderOf.ndjson }),
    parse: parseRow,
    lifetime: 'finite',
    reconnect: 'never',
    signal,
  });
  await runInFrames(events, (batch) => setState((state) => applyStreamed(state, batch), true), { signal });
}

function useRuns(target: BackendTarget) {
  const client = useQueryClient();
  const key = ['comparison-runs', target.baseUrl];
  const { data: runs } = useQuery<readonly FinishedRun[]>({
    queryKey: key,
    queryFn: () => [],
    initialData: [],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const addRun = useCallback(
    (parameters: ComparisonParameters, comparison: ComparisonState) => {
      client.setQueryData<readonly FinishedRun[]>(['comparison-runs', target.baseUrl], (before = []) => [
        { ...parameters, id: (before[0]?.id ?? 0) + 1, finishedAt: Date.now(), comparison },
        ...before.slice(0, MAX_RUNS - 1),
      ]);
    },
    [client, target.baseUrl],
  );
  return { runs, addRun };
}

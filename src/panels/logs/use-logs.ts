import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { liveLogsEndpoint } from '../../contract/logs.ts';
import { runInFrames } from '../../store/frame-batch.ts';
import { createPacedStore } from '../../store/paced-store.ts';
import { EVENT_SOURCE_MAX_RATE, endpointUrl } from '../../streams/choose-transport.ts';
import { isConnectionNews } from '../../streams/connection-view.ts';
import { weightOfEvent } from '../../streams/count-messages.ts';
import { createPageFeedReader } from '../../streams/shared/page-feeds.ts';
import type { BackendTarget, StreamEvent } from '../../streams/types.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import type { LogFilter } from './log-filter.ts';
import type { LogLine } from './log-line.ts';
import { logsFeed } from './logs-feed.ts';
import { useLogsSettings } from './logs-settings.ts';
import {
  applyLogs,
  clearLogs,
  createLogs,
  freeze,
  type LogsState,
  restart,
  setFilter,
  unfreeze,
} from './logs-store.ts';

/** Holds the feed while mounted. Pausing freezes what is seen; the feed goes on. */
export function useLogs(target: BackendTarget, filter: LogFilter) {
  const onThrown = useThrown();
  const [store] = useState(() =>
    createPacedStore<LogsState>(createLogs(filter), { isNews: isConnectionNews }),
  );
  const [reader] = useState(() => createPageFeedReader(logsFeed));
  const [run, setRun] = useState(0);
  const [stopped, setStopped] = useState(false);
  const source = useLogsSettings((settings) => settings.source);
  const demoRate = useLogsSettings((settings) => settings.rate);
  const rate = source === 'demo' ? demoRate : undefined;

  // Declared before the feed, so that another source begins with an empty book.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another backend or source is another log
  useEffect(() => {
    store.setState(clearLogs);
  }, [store, target, source]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` starts the same feed anew
  useEffect(() => {
    if (stopped) return;
    const controller = new AbortController();
    store.setState(restart);
    const url = endpointUrl(target, liveLogsEndpoint.path, { source, rate });
    const fast = rate !== undefined && rate > EVENT_SOURCE_MAX_RATE;
    const events = reader.read({ url, token: target.token, fast }, controller.signal);
    const { signal } = controller;
    const take = (batch: readonly StreamEvent<LogLine>[]) =>
      store.take((state) => {
        const next = applyLogs(state, batch);
        // The last lines of a feed that was left say nothing of where its connection is now.
        return signal.aborted ? { ...next, connection: state.connection } : next;
      });
    // Started again it goes on after what was pulled.
    runInFrames(events, take, { signal, weightOf: weightOfEvent, flushesAtAbort: true }).catch(onThrown);
    return () => controller.abort();
  }, [store, reader, target, source, rate, stopped, run, onThrown]);

  useEffect(() => {
    const state = setFilter(store.getState(), filter);
    // What takes longer is drawn once it is done; that it is under way can wait for its turn.
    if (state.nextMatches === null) store.setState(state);
    else store.take(() => state);
  }, [store, filter]);

  const controls = useMemo(
    () => ({
      onStart: () => {
        setStopped(false);
        setRun((count) => count + 1);
      },
      onStop: () => {
        setStopped(true);
        store.setState((state) => unfreeze(ended(state)));
      },
      onPause: () => store.setState(freeze),
      onResume: () => store.setState(unfreeze),
      onReconnect: reader.reconnect,
      onClear: () => store.setState(clearLogs),
    }),
    [store, reader],
  );
  const newestWire = useCallback(() => store.getState().connection.wire, [store]);
  return { state: useStore(store.shown), store, controls, newestWire };
}

function ended(state: LogsState): LogsState {
  return { ...state, connection: { ...state.connection, state: { status: 'ended', reason: 'stopped' } } };
}

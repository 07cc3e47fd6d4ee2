import { useEffect, useMemo, useState } from 'react';
import { createStore, useStore } from 'zustand';
import { liveLogsEndpoint } from '../../contract/logs.ts';
import { runInFrames } from '../../store/frame-batch.ts';
import { authorizationHeaders, endpointUrl, eventTransport } from '../../streams/choose-transport.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { subscribe } from '../../streams/subscribe.ts';
import type { BackendTarget, ParseMessage } from '../../streams/types.ts';
import type { LogFilter } from './log-filter.ts';
import type { LogLine } from './log-line.ts';
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
import { readLogLine } from './read-log-line.ts';

const parseLine: ParseMessage<LogLine> = ({ data }) => readLogLine(data);

/** Holds the feed while mounted. Pausing freezes what is seen; the feed goes on. */
export function useLogs(target: BackendTarget, filter: LogFilter) {
  const [store] = useState(() => createStore<LogsState>(() => createLogs(filter)));
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
    const events = subscribe({
      request: {
        url: endpointUrl(target, liveLogsEndpoint.path, { source, rate }),
        headers: authorizationHeaders(target),
      },
      transport: eventTransport(target),
      parse: parseLine,
      lifetime: 'endless',
      reconnect: 'always',
      slots: pageConnections,
      label: 'Live logs',
      signal: controller.signal,
    });
    void runInFrames(events, (batch) => {
      // What was under way when the feed was left belongs to no log any more.
      if (!controller.signal.aborted) store.setState((state) => applyLogs(state, batch));
    });
    return () => controller.abort();
  }, [store, target, source, rate, stopped, run]);

  useEffect(() => {
    store.setState((state) => setFilter(state, filter));
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
      onReconnect: () => setRun((count) => count + 1),
      onClear: () => store.setState(clearLogs),
    }),
    [store],
  );
  return { state: useStore(store), store, controls };
}

function ended(state: LogsState): LogsState {
  return { ...state, connection: { ...state.connection, state: { status: 'ended', reason: 'stopped' } } };
}

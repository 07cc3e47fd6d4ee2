import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { runInFrames } from '../../store/frame-batch.ts';
import { createPacedStore } from '../../store/paced-store.ts';
import { authorizationHeaders, endpointUrl } from '../../streams/choose-transport.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { isConnectionNews, stoppedConnectionView } from '../../streams/connection-view.ts';
import { decoderOf } from '../../streams/decoders/by-format.ts';
import { parseBytes } from '../../streams/parse-json.ts';
import { createPauseGate, type PauseGate } from '../../streams/pause-gate.ts';
import { createReconnectTrigger, type ReconnectTrigger } from '../../streams/reconnect-trigger.ts';
import { subscribe } from '../../streams/subscribe.ts';
import { createFetchTransport } from '../../streams/transports/fetch-stream.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import { choiceById, type DownloadChoice, useDownloadSettings } from './downloads-settings.ts';
import { applyDownload, type DownloadState, initialDownload } from './downloads-store.ts';

const parse = parseBytes();

interface DownloadRun {
  readonly target: BackendTarget;
  readonly choice: DownloadChoice;
  readonly query: Readonly<Record<string, number>>;
  readonly gate: PauseGate;
  readonly reconnect: ReconnectTrigger;
}

/** One download at a time. Pausing stops reading: the backend feels it through the socket. */
export function useDownloads(target: BackendTarget) {
  const onThrown = useThrown();
  const [store] = useState(() =>
    createPacedStore<DownloadState>(initialDownload, { isNews: isConnectionNews }),
  );
  const [run, setRun] = useState<DownloadRun | null>(null);

  useEffect(() => {
    if (run === null) return;
    const { target } = run;
    const controller = new AbortController();
    store.setState(initialDownload, true);
    const events = subscribe({
      request: {
        url: endpointUrl(target, run.choice.path, run.query),
        headers: authorizationHeaders(target),
      },
      transport: createFetchTransport({ decoder: decoderOf.bytes, reader: 'byob' }),
      parse,
      lifetime: 'finite',
      reconnect: 'before-first-byte',
      pauseGate: run.gate,
      reconnectTrigger: run.reconnect,
      slots: pageConnections,
      label: 'File download',
      signal: controller.signal,
    });
    runInFrames(events, (batch) => store.take((state) => applyDownload(state, batch)), {
      signal: controller.signal,
      maxWaiting: 256,
    }).catch(onThrown);
    return () => {
      controller.abort();
      store.setState(cancelled, true);
    };
  }, [store, run, onThrown]);

  // Another backend is asked for nothing that it was not asked for: what is under way ends.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `target` is what ends it
  useEffect(() => () => setRun(null), [target]);

  const onDownload = useCallback(() => {
    const { choiceId, rate } = useDownloadSettings.getState();
    const choice = choiceById(choiceId);
    const query = rate === 'default' ? choice.query : { ...choice.query, rate: Number(rate) };
    setRun({ target, choice, query, gate: createPauseGate(), reconnect: createReconnectTrigger() });
  }, [target]);
  const controls = useMemo(
    () => ({
      onDownload,
      onCancel: () => setRun(null),
      onPause: () => run?.gate.pause(),
      onResume: () => run?.gate.resume(),
      onReconnect: () => run?.reconnect.reconnectNow(),
    }),
    [onDownload, run],
  );
  const [lastChoice, setLastChoice] = useState<DownloadChoice | null>(null);
  useEffect(() => {
    if (run) setLastChoice(run.choice);
  }, [run]);
  return { state: useStore(store.shown), choice: run?.choice ?? lastChoice, controls };
}

const cancelled = (state: DownloadState): DownloadState => ({
  ...state,
  connection: stoppedConnectionView(state.connection),
});

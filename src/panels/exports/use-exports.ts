import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { useStore } from 'zustand';
import { runInFrames } from '../../store/frame-batch.ts';
import { createPacedStore } from '../../store/paced-store.ts';
import { authorizationHeaders, endpointUrl } from '../../streams/choose-transport.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { isConnectionNews, stoppedConnectionView } from '../../streams/connection-view.ts';
import { decoderOf } from '../../streams/decoders/by-format.ts';
import { parseJson } from '../../streams/parse-json.ts';
import { createPauseGate, type PauseGate } from '../../streams/pause-gate.ts';
import { createReconnectTrigger, type ReconnectTrigger } from '../../streams/reconnect-trigger.ts';
import { subscribe } from '../../streams/subscribe.ts';
import { createFetchTransport } from '../../streams/transports/fetch-stream.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import { exportFormats, rowsError, useExportSettings } from './exports-settings.ts';
import { applyExport, type ExportRow, type ExportState, initialExport } from './exports-store.ts';

const parseRow = parseJson<ExportRow>(z.record(z.string(), z.unknown()));

/** What one run was asked for; `null` before the first. */
export interface ExportRun {
  readonly target: BackendTarget;
  readonly format: keyof typeof exportFormats;
  readonly rows: number;
  readonly rate: number;
  readonly gate: PauseGate;
  readonly reconnect: ReconnectTrigger;
}

/** One export at a time. Pausing stops pulling: the backend's cursor waits. */
export function useExports(target: BackendTarget) {
  const onThrown = useThrown();
  const [store] = useState(() => createPacedStore<ExportState>(initialExport, { isNews: isConnectionNews }));
  const [run, setRun] = useState<ExportRun | null>(null);

  useEffect(() => {
    if (run === null) return;
    const controller = new AbortController();
    const { target, format, rows, rate, gate } = run;
    store.setState(initialExport, true);
    const events = subscribe({
      request: {
        url: endpointUrl(target, exportFormats[format].endpoint.path, { rows, rate }),
        headers: authorizationHeaders(target),
      },
      transport: createFetchTransport({ decoder: decoderOf[format] }),
      parse: parseRow,
      lifetime: 'finite',
      reconnect: 'before-first-byte',
      pauseGate: gate,
      reconnectTrigger: run.reconnect,
      slots: pageConnections,
      label: 'Data export',
      signal: controller.signal,
    });
    runInFrames(events, (batch) => store.take((state) => applyExport(state, batch)), {
      signal: controller.signal,
    }).catch(onThrown);
    return () => {
      controller.abort();
      store.setState(stopped, true);
    };
  }, [store, run, onThrown]);

  // Another backend is asked for nothing that it was not asked for: what is under way ends.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `target` is what ends it
  useEffect(() => () => setRun(null), [target]);

  const onStart = useCallback(() => {
    const { format, rows, rate } = useExportSettings.getState();
    if (rowsError(rows) === null)
      setRun({
        target,
        format,
        rows: Number(rows),
        rate,
        gate: createPauseGate(),
        reconnect: createReconnectTrigger(),
      });
  }, [target]);
  const controls = useMemo(
    () => ({
      onStart,
      onStop: () => setRun(null),
      onPause: () => run?.gate.pause(),
      onResume: () => run?.gate.resume(),
      onReconnect: () => run?.reconnect.reconnectNow(),
    }),
    [onStart, run],
  );
  return { state: useStore(store.shown), requested: run, controls };
}

const stopped = (state: ExportState): ExportState => ({
  ...state,
  connection: stoppedConnectionView(state.connection),
});

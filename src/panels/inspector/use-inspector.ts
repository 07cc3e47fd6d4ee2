import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { runInFrames } from '../../store/frame-batch.ts';
import { createPacedStore } from '../../store/paced-store.ts';
import { backendAnswers } from '../../streams/backend-answers.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { isConnectionNews, stoppedConnectionView } from '../../streams/connection-view.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { useReturn } from '../../ui/use-return.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import { inspect } from './inspect.ts';
import { applyInspection, canAskAgain, createInspection, type InspectorState } from './inspector-store.ts';
import type { Inspection } from './read-draft.ts';

/** A frame's worth of chunks that may wait before they are taken, so that a fast download stays bounded. */
const MAX_WAITING = 256;

export function useInspector(target: BackendTarget) {
  const onThrown = useThrown();
  const [store] = useState(() =>
    createPacedStore<InspectorState>(createInspection(null), { isNews: isConnectionNews }),
  );
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  const controls = useMemo(() => {
    const leave = () => {
      running.current?.abort();
      running.current = null;
    };
    return {
      onInspect(inspection: Inspection) {
        leave();
        const controller = new AbortController();
        running.current = controller;
        store.setState(createInspection(inspection), true);
        const events = inspect(inspection, { signal: controller.signal, slots: pageConnections });
        runInFrames(events, (batch) => store.take((state) => applyInspection(state, batch)), {
          signal: controller.signal,
          maxWaiting: MAX_WAITING,
        }).catch(onThrown);
      },
      onStop() {
        leave();
        store.setState(stopped);
      },
      onClear() {
        leave();
        store.setState(createInspection(null), true);
      },
    };
  }, [store, onThrown]);

  const state = useStore(store.shown);
  const onReturn = useCallback(() => {
    const { inspection } = store.getState();
    if (inspection !== null) controls.onInspect(inspection);
  }, [store, controls]);
  const asksAgain = useReturn({
    key: ['inspector-recovery', target.baseUrl, target.token !== null],
    isDown: canAskAgain(state, target),
    asks: (signal) => backendAnswers(target, signal),
    onReturn,
  });
  return { state, asksAgain, controls };
}

function stopped(state: InspectorState): InspectorState {
  const { requestedAtMs } = state.connection.wire;
  return {
    ...state,
    connection: stoppedConnectionView(state.connection),
    durationMs: state.durationMs ?? (requestedAtMs === null ? null : performance.now() - requestedAtMs),
  };
}

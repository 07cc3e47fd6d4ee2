import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { tickerEndpoint } from '../../contract/ticker.ts';
import { runInFrames } from '../../store/frame-batch.ts';
import { createPacedStore } from '../../store/paced-store.ts';
import { EVENT_SOURCE_MAX_RATE, endpointUrl } from '../../streams/choose-transport.ts';
import { isConnectionNews } from '../../streams/connection-view.ts';
import { weightOfEvent } from '../../streams/count-messages.ts';
import { createPageFeedReader } from '../../streams/shared/page-feeds.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import { tickerFeed } from './ticker-feed.ts';
import { askedSymbols, useTickerSettings } from './ticker-settings.ts';
import {
  applyTicker,
  beginFeed,
  behindBy,
  clearRows,
  initialTicker,
  type TickerState,
  withoutRows,
} from './ticker-store.ts';

/**
 * Holds the feed while mounted. Pausing freezes what is seen, until it is resumed: the feed goes on, or another one does (of
 * another rate, of more symbols, set here or in another tab), and `behind` counts what is not seen.
 */
export function useTicker(target: BackendTarget) {
  const onThrown = useThrown();
  const [store] = useState(() => createPacedStore<TickerState>(initialTicker, { isNews: isConnectionNews }));
  const [reader] = useState(() => createPageFeedReader(tickerFeed));
  const [run, setRun] = useState(0);
  const [stopped, setStopped] = useState(false);
  const [frozen, setFrozen] = useState<TickerState | null>(null);
  const symbols = useTickerSettings((settings) => askedSymbols(settings.symbols));
  const rate = useTickerSettings((settings) => settings.rate);

  // Declared before the feed, so that another backend begins with no prices. Another fault or token is the same market.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another backend has other prices
  useEffect(() => {
    store.setState(clearRows);
    setFrozen(null);
  }, [store, target.baseUrl]);

  // Not with the next feed: a stopped one has none, and a view that stands still is of the one before.
  const watched = useRef(symbols);
  useEffect(() => {
    const now = symbols.split(',');
    const left = watched.current.split(',').filter((symbol) => !now.includes(symbol));
    watched.current = symbols;
    if (left.length === 0) return;
    store.setState((state) => withoutRows(state, left));
    setFrozen((state) => state && withoutRows(state, left));
  }, [store, symbols]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` starts the same feed anew
  useEffect(() => {
    if (stopped) return;
    const controller = new AbortController();
    store.setState(beginFeed);
    const url = endpointUrl(target, tickerEndpoint.path, { symbols, rate });
    const source = { url, token: target.token, fast: rate > EVENT_SOURCE_MAX_RATE };
    const events = reader.read(source, controller.signal);
    runInFrames(events, (batch) => store.take((state) => applyTicker(state, batch)), {
      signal: controller.signal,
      weightOf: weightOfEvent,
    }).catch(onThrown);
    return () => controller.abort();
  }, [store, reader, target, symbols, rate, stopped, run, onThrown]);

  const live = useStore(store.shown);
  const controls = useMemo(
    () => ({
      onStart: () => {
        setStopped(false);
        setFrozen(null);
        setRun((count) => count + 1);
      },
      onStop: () => {
        setStopped(true);
        setFrozen(null);
        store.setState(stop);
      },
      onPause: () => setFrozen(store.shown.getState()),
      onResume: () => setFrozen(null),
      onReconnect: reader.reconnect,
    }),
    [store, reader],
  );
  const newestWire = useCallback(() => store.getState().connection.wire, [store]);
  return {
    state: frozen ? frozenView(frozen, live) : live,
    behind: frozen && behindBy(frozen, live),
    controls,
    newestWire,
  };
}

function stop(state: TickerState): TickerState {
  return { ...state, connection: { ...state.connection, state: { status: 'ended', reason: 'stopped' } } };
}

/** The prices of the moment of pausing, with the wire as it is now. */
function frozenView(frozen: TickerState, live: TickerState): TickerState {
  const { state } = live.connection;
  const flowing = state.status === 'live' || state.status === 'stalled';
  return {
    ...frozen,
    connection: { ...live.connection, state: flowing ? { status: 'paused', attempt: state.attempt } : state },
  };
}

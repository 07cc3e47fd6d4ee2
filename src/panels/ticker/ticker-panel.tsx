import { lazy, Suspense } from 'react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { formatCount } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import { StreamControls } from '../../ui/stream-controls.tsx';
import { NoPrices } from './no-prices.tsx';
import { QuoteHeadline } from './quote-headline.tsx';
import { sortRows } from './sort-rows.ts';
import classes from './ticker-panel.module.css';
import { useTickerSettings } from './ticker-settings.ts';
import { MAX_ROWS, type TickerState } from './ticker-store.ts';
import { TickerTable } from './ticker-table.tsx';
import { TickerToolbar } from './ticker-toolbar.tsx';
import { useTicker } from './use-ticker.ts';

const PriceChart = lazy(async () => ({ default: (await import('./price-chart.tsx')).PriceChart }));

export function TickerPanel({ target, view }: { target: BackendTarget; view: PanelView }) {
  const { state, behind, controls, newestWire } = useTicker(target);
  return (
    <PanelFrame
      title="Stock ticker"
      view={view}
      connection={state.connection}
      newestWire={newestWire}
      failure={describeFailure(state.connection.state)}
      onRetry={controls.onStart}
      actions={
        <StreamControls status={state.connection.state.status} frozen={behind !== null} {...controls} />
      }
      toolbar={<TickerToolbar />}
    >
      {behind !== null && (
        <Notice
          tone="calm"
          title={`The view is paused, ${formatCount(behind)} ${behind === 1 ? 'event' : 'events'} behind; the feed goes on.`}
        />
      )}
      {state.hasMoreSymbols && (
        <Notice tone="warn" title={`More than ${MAX_ROWS} symbols came; those after them are not shown.`} />
      )}
      <Prices state={state} frozen={behind !== null} expanded={view.expanded} />
    </PanelFrame>
  );
}

interface PricesProps {
  readonly state: TickerState;
  readonly frozen: boolean;
  readonly expanded: boolean;
}

function Prices({ state, frozen, expanded }: PricesProps) {
  const { symbols, chosen, sortBy, descending } = useTickerSettings();
  const rows = sortRows(state.rows, symbols, { sortBy, descending });
  const row = state.rows.get(chosen ?? '') ?? state.rows.get(symbols[0] ?? '') ?? rows[0];
  const { status } = state.connection.state;
  if (!row) return <NoPrices status={status} />;
  return (
    <div className={classes.prices} data-expanded={expanded}>
      <div className={classes.chart}>
        <QuoteHeadline row={row} />
        <Suspense fallback={<div className={classes.chartPlaceholder} />}>
          {/* A feed that was stopped stays as it was left. */}
          <PriceChart row={row} frozen={frozen || status === 'ended'} />
        </Suspense>
      </div>
      <TickerTable rows={rows} chosen={row.symbol} frozen={frozen} />
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { formatCount } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import classes from './comparison-panel.module.css';
import { fieldError, useComparisonSettings } from './comparison-settings.ts';
import { type ComparisonState, shortLanes } from './comparison-store.ts';
import { LaneStrips } from './lane-strips.tsx';
import { LaneTable } from './lane-table.tsx';
import { RunHistory } from './run-history.tsx';
import { useComparison } from './use-comparison.ts';
import { verdictOf } from './verdict.ts';

const RowsChart = lazy(async () => ({ default: (await import('./rows-chart.tsx')).RowsChart }));

export function ComparisonPanel({ target, view }: { target: BackendTarget; view: PanelView }) {
  const { comparison, running, run, stop, runs } = useComparison(target);
  return (
    <PanelFrame
      title="Buffered vs streamed"
      view={view}
      connection={comparison.connection}
      failure={describeFailure(comparison.connection.state)}
      onRetry={run}
      toolbar={<ComparisonToolbar running={running} onRun={run} onStop={stop} />}
    >
      {comparison.buffered.problem !== null && comparison.connection.state.status !== 'failed' && (
        <Notice tone="failed" title="The buffered lane failed">
          {comparison.buffered.problem}
        </Notice>
      )}
      {shortLanes(comparison).map((name) => (
        <Notice
          key={name}
          tone="warn"
          title={`The ${name} answer ended after ${formatCount(comparison[name].rows.length)} of ${formatCount(comparison.requestedRows)} rows.`}
        >
          The backend may make fewer, or the answer was cut.
        </Notice>
      ))}
      <div className={classes.split}>
        <div className={classes.figure}>
          <Verdict comparison={comparison} running={running} />
          <LaneStrips comparison={comparison} running={running} />
          <Suspense fallback={<div className={classes.chart} />}>
            <div className={classes.chart}>
              <RowsChart comparison={comparison} />
            </div>
          </Suspense>
        </div>
        <div className={classes.side}>
          <LaneTable comparison={comparison} />
          <RunHistory runs={runs} />
        </div>
      </div>
    </PanelFrame>
  );
}

function Verdict({ comparison, running }: { comparison: ComparisonState; running: boolean }) {
  const waiting = running
    ? 'Both requests are under way: the same rows, made at the same pace.'
    : 'Run a comparison to see both answers on one time axis.';
  return <p className={classes.verdict}>{(!running && verdictOf(comparison)) || waiting}</p>;
}

function ComparisonToolbar({
  running,
  onRun,
  onStop,
}: {
  running: boolean;
  onRun: () => void;
  onStop: () => void;
}) {
  const { rows, delay, change } = useComparisonSettings();
  const rowsError = fieldError('rows', rows);
  const delayError = fieldError('delay', delay);
  return (
    <form
      className={classes.toolbar}
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <NumberField label="Rows" value={rows} error={rowsError} onChange={(text) => change({ rows: text })} />
      <NumberField
        label="Delay (ms)"
        value={delay}
        error={delayError}
        onChange={(text) => change({ delay: text })}
      />
      <Button
        type="submit"
        size="compact-sm"
        leftSection={<IconPlayerPlay size={13} />}
        disabled={rowsError !== null || delayError !== null}
      >
        Run comparison
      </Button>
      {running && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStop size={13} />}
          onClick={onStop}
        >
          Stop
        </Button>
      )}
    </form>
  );
}

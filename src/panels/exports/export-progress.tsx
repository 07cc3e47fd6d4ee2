import { formatCount, formatDuration, formatRate } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import classes from './export-progress.module.css';
import { type ExportState, meanRowsPerSecond } from './exports-store.ts';

/** How many rows came, how fast, and how long the rest takes at that pace. */
export function ExportProgress({
  state,
  requestedRows,
}: {
  state: ExportState;
  requestedRows: number | null;
}) {
  const { rows, startedAtMs, lastRowAtMs, connection } = state;
  const mean = meanRowsPerSecond(state);
  const over = connection.state.status === 'ended' || connection.state.status === 'failed';
  const left = requestedRows === null ? 0 : requestedRows - rows;
  const took = startedAtMs !== null && lastRowAtMs !== null ? lastRowAtMs - startedAtMs : null;
  return (
    <div className={classes.progress}>
      <p className={classes.figures}>
        <strong className={classes.rows}>{formatCount(rows)}</strong>{' '}
        <span>{requestedRows === null ? 'rows' : `of ${formatCount(requestedRows)} rows`}</span>
        <span className={classes.rate}>
          {mean !== null && `${formatRate(mean).replace('/s', '')} rows/s`}
        </span>
        <span>
          {over
            ? took !== null && `in ${formatDuration(took)}`
            : mean !== null && left > 0 && `about ${formatDuration((left / mean) * 1_000)} left`}
        </span>
      </p>
      {requestedRows !== null && <ProgressBar label="Export" value={rows} max={requestedRows} />}
    </div>
  );
}

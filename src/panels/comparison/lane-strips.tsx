import { formatDuration } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import type { ComparisonState, Lane, LaneStatus } from './comparison-store.ts';
import classes from './lane-strips.module.css';

const statusWords: Record<LaneStatus, string> = {
  idle: 'not run',
  waiting: 'waiting',
  receiving: 'receiving',
  complete: 'complete',
  stopped: 'stopped',
  failed: 'failed',
};

/** Both lanes on one time axis: a bar for each row at the time the page could show it. */
export function LaneStrips({ comparison, running }: { comparison: ComparisonState; running: boolean }) {
  const nowMs = useNow(100, running);
  const spanMs = Math.max(timeSpan(comparison), running ? elapsed(comparison, nowMs) : 0, 1);
  return (
    <div className={classes.lanes}>
      <Strip name="Buffered" tone="buffered" lane={comparison.buffered} spanMs={spanMs} nowMs={nowMs} />
      <Strip name="Streamed" tone="streamed" lane={comparison.streamed} spanMs={spanMs} nowMs={nowMs} />
      <div className={classes.axis} aria-hidden="true">
        <span>0</span>
        <span>{formatDuration(spanMs / 2)}</span>
        <span>{formatDuration(spanMs)}</span>
      </div>
    </div>
  );
}

const elapsed = ({ streamed }: ComparisonState, nowMs: number) => nowMs - (streamed.requestedAtMs ?? nowMs);

const timeSpan = ({ buffered, streamed }: ComparisonState) =>
  Math.max(
    ...[buffered, streamed].map((lane) => Math.max(lane.endMs ?? 0, lane.rows.at(-1)?.arrivedMs ?? 0)),
  );

interface StripProps {
  readonly name: string;
  readonly tone: 'buffered' | 'streamed';
  readonly lane: Lane;
  readonly spanMs: number;
  readonly nowMs: number;
}

function Strip({ name, tone, lane, spanMs, nowMs }: StripProps) {
  const first = lane.rows[0]?.arrivedMs;
  const waiting = lane.status === 'waiting' ? Math.max(0, nowMs - (lane.requestedAtMs ?? nowMs)) : 0;
  const silentMs = Math.min(spanMs, first ?? waiting);
  return (
    <div className={classes.lane} data-tone={tone}>
      <span className={classes.name}>
        {name} <span className={classes.status}>{statusWords[lane.status]}</span>
      </span>
      <div className={classes.track}>
        <span className={classes.silence} style={{ width: `${(silentMs / spanMs) * 100}%` }} />
        {grouped(lane).map(([arrivedMs, rows]) => (
          <span
            key={arrivedMs}
            className={classes.row}
            style={{ left: `calc(${(arrivedMs / spanMs) * 100}% - 2px)`, height: `${rows > 1 ? 100 : 62}%` }}
            title={`${rows} ${rows === 1 ? 'row' : 'rows'} at ${formatDuration(arrivedMs)}`}
          />
        ))}
      </div>
    </div>
  );
}

/** Rows that came in the same moment are one bar. */
function grouped(lane: Lane): [number, number][] {
  const counts = new Map<number, number>();
  for (const { arrivedMs } of lane.rows) counts.set(arrivedMs, (counts.get(arrivedMs) ?? 0) + 1);
  return [...counts];
}

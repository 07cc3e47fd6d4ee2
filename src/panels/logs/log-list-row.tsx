import { IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { formatCount } from '../../ui/format.ts';
import { fieldsText } from './log-filter.ts';
import type { LogLine, LogRow } from './log-line.ts';
import classes from './log-list-row.module.css';
import { formatClock, formatExact } from './log-time.ts';
import { MarkedText } from './marked-text.tsx';

interface LogListRowProps {
  readonly row: LogRow;
  readonly position: number;
  readonly search: string;
  readonly unfolded: boolean;
  readonly wrap: boolean;
  readonly onFold: (position: number) => void;
}

export const LogListRow = memo(function LogListRow(props: LogListRowProps) {
  const { row } = props;
  return row.type === 'line' ? (
    <LineRow {...props} line={row.line} arrivedAtMs={row.arrivedAtMs} />
  ) : (
    <div className={classes.loss}>{lossWords(row)}</div>
  );
});

function lossWords(row: Exclude<LogRow, { type: 'line' }>): string {
  if (row.type === 'dropped')
    return `dropped ${lines(row.count)}: they came faster than this page could take them`;
  return row.missed === null
    ? 'may have missed lines: the server cannot tell how many'
    : `missed ${lines(row.missed)}: the server no longer has them`;
}

const lines = (count: number) => `${formatCount(count)} ${count === 1 ? 'line' : 'lines'}`;

function LineRow({
  line,
  arrivedAtMs,
  position,
  search,
  unfolded,
  wrap,
  onFold,
}: LogListRowProps & { line: LogLine; arrivedAtMs: number }) {
  const toggle = () => {
    // Whoever has just selected text wants the text.
    if (window.getSelection()?.type !== 'Range') onFold(position);
  };
  return (
    <div className={classes.row} data-level={line.level ?? 'other'} data-unfolded={unfolded}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the button in it is the control */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div className={classes.line} data-wrap={wrap || unfolded} onClick={toggle}>
        <button
          type="button"
          className={classes.fold}
          aria-expanded={unfolded}
          aria-label={unfolded ? 'Fold line' : 'Unfold line'}
          onClick={(event) => {
            event.stopPropagation();
            onFold(position);
          }}
        >
          <IconChevronRight size={12} aria-hidden="true" />
        </button>
        <Time line={line} arrivedAtMs={arrivedAtMs} />
        <span className={classes.level}>{line.level ?? 'log'}</span>
        {line.service !== null && (
          <span className={classes.service}>
            <MarkedText text={line.service} search={search} />
          </span>
        )}
        <span className={classes.message}>
          <MarkedText text={line.message} search={search} />
          {line.fields !== null && !unfolded && (
            <span className={classes.inline}>
              {' '}
              <MarkedText text={fieldsText(line.fields)} search={search} />
            </span>
          )}
        </span>
      </div>
      {unfolded && <Fields line={line} arrivedAtMs={arrivedAtMs} search={search} />}
    </div>
  );
}

function Time({ line, arrivedAtMs }: { line: LogLine; arrivedAtMs: number }) {
  const own = line.timeMs !== null;
  return (
    <time
      className={classes.time}
      data-own={own}
      title={own ? formatExact(line.timeMs) : `Arrived ${formatExact(arrivedAtMs)}; the line names no time`}
    >
      {formatClock(line.timeMs ?? arrivedAtMs)}
    </time>
  );
}

function Fields({ line, arrivedAtMs, search }: { line: LogLine; arrivedAtMs: number; search: string }) {
  const fields = [
    ...(line.timeMs === null ? [] : [['time', formatExact(line.timeMs)] as const]),
    ['arrived', formatExact(arrivedAtMs)] as const,
    ...Object.entries(line.fields ?? {}),
  ];
  return (
    <dl className={classes.fields}>
      {fields.map(([name, value]) => (
        <div key={name} className={classes.field}>
          <dt>{name}</dt>
          <dd>
            <MarkedText text={pretty(value)} search={search} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function pretty(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value));
}

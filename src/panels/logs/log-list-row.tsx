import { IconChevronRight, IconCopy, IconListSearch } from '@tabler/icons-react';
import { memo } from 'react';
import { fieldsText } from './log-fields.ts';
import type { LogLine, LogRow } from './log-line.ts';
import classes from './log-list-row.module.css';
import { formatClock, formatExact } from './log-time.ts';
import { lossWords } from './loss-words.ts';
import { type FindRanges, markText } from './marked-text.tsx';

/** The same for all rows: React need not look at it again. */
const foldIcon = <IconChevronRight size={12} aria-hidden="true" />;

/** What can be done with one row. */
export interface RowActions {
  readonly onFold: (position: number) => void;
  /** Shows the lines around this one, whatever the filter; null where they are shown already. */
  readonly onContext: ((position: number) => void) | null;
  readonly onCopy: (row: LogRow) => void;
}

interface LogListRowProps extends RowActions {
  readonly row: LogRow;
  readonly position: number;
  /** Among the rows shown. */
  readonly index: number;
  readonly find: FindRanges;
  readonly unfolded: boolean;
  readonly wrap: boolean;
  readonly chosen: boolean;
}

export const LogListRow = memo(function LogListRow(props: LogListRowProps) {
  const { row, position, index, wrap, unfolded } = props;
  return (
    <div data-position={position} data-index={index} data-measured={wrap || unfolded}>
      {row.type === 'line' ? (
        <LineRow {...props} line={row.line} arrivedAtMs={row.arrivedAtMs} />
      ) : (
        <div className={classes.loss}>{lossWords(row)}</div>
      )}
    </div>
  );
});

type LineRowProps = LogListRowProps & { readonly line: LogLine; readonly arrivedAtMs: number };

function LineRow(props: LineRowProps) {
  const { line, arrivedAtMs, position, find, unfolded, wrap, chosen, onFold } = props;
  const toggle = () => {
    // Whoever has just selected text wants the text.
    if (window.getSelection()?.type !== 'Range') onFold(position);
  };
  return (
    <div
      className={classes.row}
      data-level={line.level ?? 'other'}
      data-unfolded={unfolded}
      data-chosen={chosen}
    >
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
          {foldIcon}
        </button>
        <Time line={line} arrivedAtMs={arrivedAtMs} />
        <span className={classes.level}>{line.level ?? 'log'}</span>
        {line.service !== null && <span className={classes.service}>{markText(line.service, find)}</span>}
        <span className={classes.message}>
          {markText(line.message, find, line.styles)}
          {line.fields !== null && !unfolded && (
            <span className={classes.inline}> {markText(fieldsText(line.fields), find)}</span>
          )}
        </span>
      </div>
      {unfolded && (
        <>
          <Fields line={line} arrivedAtMs={arrivedAtMs} find={find} />
          <Actions {...props} />
        </>
      )}
    </div>
  );
}

function Actions({ row, position, onContext, onCopy }: LineRowProps) {
  return (
    <div className={classes.actions}>
      <button type="button" className={classes.action} onClick={() => onCopy(row)}>
        <IconCopy size={12} aria-hidden="true" /> Copy line
      </button>
      {onContext && (
        <button type="button" className={classes.action} onClick={() => onContext(position)}>
          <IconListSearch size={12} aria-hidden="true" /> Show context
        </button>
      )}
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

function Fields({ line, arrivedAtMs, find }: { line: LogLine; arrivedAtMs: number; find: FindRanges }) {
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
          <dd>{markText(pretty(value), find)}</dd>
        </div>
      ))}
    </dl>
  );
}

function pretty(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value));
}

import { IconCopy, IconListSearch } from '@tabler/icons-react';
import { memo } from 'react';
import { cutAt, leftWords, MAX_FOLDED, MAX_UNFOLDED } from './drawn-text.ts';
import type { Press } from './hand-on-focus.ts';
import { inlineFields, LineFields, MoreLeft } from './line-fields.tsx';
import type { LogLine, LogRow } from './log-line.ts';
import classes from './log-list-row.module.css';
import { formatClock, formatExact } from './log-time.ts';
import { lossWords } from './loss-words.ts';
import { type FindRanges, markText } from './marked-text.tsx';

/** What can be done with one row. */
export interface RowActions {
  readonly onFold: (position: number) => void;
  /** Shows the lines around this one, whatever the filter; null where they are shown already. */
  readonly onContext: ((position: number, press: Press) => void) | null;
  readonly onCopy: (row: LogRow) => void;
}

interface LogListRowProps extends RowActions {
  readonly row: LogRow;
  readonly position: number;
  readonly find: FindRanges;
  readonly unfolded: boolean;
  readonly wrap: boolean;
  readonly chosen: boolean;
}

export const LogListRow = memo(function LogListRow(props: LogListRowProps) {
  const { row, position, wrap, unfolded } = props;
  // Which one it is is asked of those alone that are measured.
  const place = wrap || unfolded ? { 'data-position': position, 'data-measured': true } : {};
  if (row.type === 'line')
    return <LineRow {...props} line={row.line} arrivedAtMs={row.arrivedAtMs} place={place} />;
  return (
    <div className={classes.loss} {...place}>
      {lossWords(row)}
    </div>
  );
});

interface LineRowProps extends LogListRowProps {
  readonly line: LogLine;
  readonly arrivedAtMs: number;
  readonly place: object;
}

/**
 * As wide as the words of a column mostly are, and a space: with a font of equal widths, spaces do for columns what boxes cost
 * more for, and a line that is copied has them, too.
 */
const LEVEL_CHARACTERS = 6;
const SERVICE_CHARACTERS = 9;
const MAX_SERVICE_CHARACTERS = 20;
/** Beyond what is ever in sight of it. */
const MAX_SERVICE_TEXT = 200;

function LineRow(props: LineRowProps) {
  const { line, arrivedAtMs, position, find, unfolded, wrap, chosen, place, onFold } = props;
  const { level, service, message, styles, fields } = line;
  const shown = cutAt(message, unfolded ? MAX_UNFOLDED : MAX_FOLDED);
  const toggle = () => {
    // Whoever has just selected text wants the text.
    if (window.getSelection()?.type !== 'Range') onFold(position);
  };
  return (
    <div
      className={classes.row}
      data-level={level ?? 'other'}
      data-unfolded={unfolded}
      data-chosen={chosen}
      {...place}
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
        />
        <Time line={line} arrivedAtMs={arrivedAtMs} />
        <span className={classes.level}>{(level ?? 'log').padEnd(LEVEL_CHARACTERS)}</span>
        {service !== null && (
          <span className={classes.service} data-long={service.length > MAX_SERVICE_CHARACTERS}>
            {markText(oneLine(cutAt(service, MAX_SERVICE_TEXT).text), find)}
            {' '.repeat(Math.max(1, SERVICE_CHARACTERS - service.length))}
          </span>
        )}
        <span className={classes.message}>
          {markText(shown.text, find, styles)}
          {shown.left > 0 && !unfolded && <span className={classes.left}>{leftWords(shown.left)}</span>}
          {fields !== null && !unfolded && inlineFields(fields, find)}
        </span>
      </div>
      {unfolded && (
        <>
          {shown.left > 0 && <MoreLeft words={leftWords(shown.left)} />}
          <LineFields line={line} arrivedAtMs={arrivedAtMs} find={find} />
          <Actions {...props} />
        </>
      )}
    </div>
  );
}

const oneLine = (text: string) => (/[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, ' ') : text);

function Actions({ row, position, onContext, onCopy }: LineRowProps) {
  return (
    <div className={classes.actions}>
      <button type="button" className={classes.action} onClick={() => onCopy(row)}>
        <IconCopy size={12} aria-hidden="true" /> Copy line
      </button>
      {onContext && (
        <button type="button" className={classes.action} onClick={(event) => onContext(position, event)}>
          <IconListSearch size={12} aria-hidden="true" /> Show context
        </button>
      )}
    </div>
  );
}

function Time({ line: { timeMs }, arrivedAtMs }: { line: LogLine; arrivedAtMs: number }) {
  return (
    <time
      className={classes.time}
      data-own={timeMs !== null}
      onPointerLeave={({ currentTarget }) => currentTarget.removeAttribute('title')}
      // Made when it is looked for: at a high rate each row is another line with each redraw.
      onPointerMove={({ currentTarget }) => {
        currentTarget.title =
          timeMs === null
            ? `Arrived ${formatExact(arrivedAtMs)}; the line names no time`
            : formatExact(timeMs);
      }}
    >
      {`${formatClock(timeMs ?? arrivedAtMs)} `}
    </time>
  );
}

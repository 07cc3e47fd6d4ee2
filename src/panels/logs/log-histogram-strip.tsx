import { CloseButton } from '@mantine/core';
import { type KeyboardEvent, memo, type PointerEvent, useState } from 'react';
import { formatCount, formatDuration } from '../../ui/format.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { useThrottled } from '../../ui/use-throttled.ts';
import { handOnFocus } from './hand-on-focus.ts';
import { BAR_TONES, barPaths } from './histogram-bars.ts';
import { moveRange, rangeBetween, sharesOf } from './histogram-range.ts';
import type { LogBook } from './log-book.ts';
import type { TimeRange } from './log-filter.ts';
import type { HistogramBin } from './log-histogram.ts';
import classes from './log-histogram-strip.module.css';
import { rangeWords } from './log-time.ts';

const HEIGHT = 30;
/** A redraw this often is as much as an eye follows in bars. */
const REDRAW_MS = 250;

interface StripProps {
  readonly book: LogBook;
  readonly version: number;
  readonly range: TimeRange | null;
  readonly onRange: (range: TimeRange | null) => void;
}

/** How many lines of which level came when; a stretch dragged over it is all that the list shows. */
export function LogHistogramStrip({ book, version, range, onRange }: StripProps) {
  const shownVersion = useThrottled(version, REDRAW_MS, book.rows.size === 0 ? 'empty' : 'filled');
  return <Strip book={book} version={shownVersion} range={range} onRange={onRange} />;
}

const Strip = memo(function Strip({ book, range, onRange }: StripProps) {
  const [element, width] = useElementWidth<HTMLDivElement>();
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  const { bins, widthMs } = book.histogram.shown();
  const shown = dragged ? rangeBetween(bins, widthMs, dragged) : range;

  const shareAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return (event.clientX - box.left) / Math.max(1, box.width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && range !== null) onRange(null);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      onRange(moveRange(range, event, bins, widthMs));
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.strip}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no place for a drawing */}
      <div
        ref={element}
        className={classes.bars}
        role="group"
        aria-label="Lines over time"
        aria-roledescription="histogram"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys choose a time range, as the mouse does
        tabIndex={0}
        title={`${formatDuration(widthMs)} a bar. Drag, or use the arrow keys, to show one stretch of time.`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0 || bins.length === 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged([shareAt(event), shareAt(event)]);
        }}
        onPointerMove={(event) => dragged && setDragged([dragged[0], shareAt(event)])}
        onPointerUp={() => {
          if (dragged) onRange(rangeBetween(bins, widthMs, dragged));
          setDragged(null);
        }}
        onPointerCancel={() => setDragged(null)}
      >
        <Bars bins={bins} width={width} />
        {shown && <Selected shares={sharesOf(shown, bins, widthMs)} />}
      </div>
      {range && (
        <div className={classes.range}>
          <span>{rangeWords(range)}</span>
          <CloseButton
            size="xs"
            aria-label="Clear time range"
            onClick={(event) => {
              handOnFocus(event, element.current);
              onRange(null);
            }}
          />
        </div>
      )}
    </div>
  );
});

function Bars({ bins, width }: { bins: readonly HistogramBin[]; width: number }) {
  const paths = barPaths(bins, { width, height: HEIGHT });
  const lines = bins.reduce((total, { counts }) => total + counts.reduce((sum, count) => sum + count, 0), 0);
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={`${formatCount(lines)} lines by level over time`}
    >
      {BAR_TONES.map((tone) => (
        <path key={tone} data-tone={tone} d={paths[tone]} />
      ))}
    </svg>
  );
}

function Selected({ shares: [from, to] }: { shares: readonly [number, number] }) {
  return (
    <div className={classes.selected} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
  );
}

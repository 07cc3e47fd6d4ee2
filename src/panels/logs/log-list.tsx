import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { formatCount } from '../../ui/format.ts';
import classes from './log-list.module.css';
import { LogListRow } from './log-list-row.tsx';
import type { LogsState } from './logs-store.ts';
import { useFollow } from './use-follow.ts';

const ROW_HEIGHT = 21;

const OVERSCAN = 12;

function endOf(range: Range, height: number): Range {
  const startIndex = Math.max(0, range.count - Math.ceil(height / ROW_HEIGHT) - 1);
  return { ...range, startIndex, endIndex: range.count - 1 };
}

const keysUp: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/** The rows that the filter shows, of which only those in sight are drawn. */
export function LogList({ state, wrap }: { state: LogsState; wrap: boolean }) {
  const scroller = useRef<HTMLElement>(null);
  const { matches, book, filter } = state;
  const { unfolded, toggle } = useUnfolded();
  const { following, newRows, onScroll, leave, jumpToEnd } = useFollow(scroller, state, ROW_HEIGHT);
  const list = useVirtualizer({
    count: matches.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => matches.positionAt(index),
    overscan: OVERSCAN,
    // The scroll position follows a frame later than the rows: at its end the list draws its end, wherever it was.
    rangeExtractor: (range) =>
      defaultRangeExtractor(following.current ? endOf(range, scroller.current?.clientHeight ?? 0) : range),
  });

  const onFold = (position: number, index: number) => {
    leave();
    toggle(position);
    // A row that folds has its own height again; one that unfolds measures itself.
    if (unfolded.has(position) && !wrap) list.resizeItem(index, ROW_HEIGHT);
  };

  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroller}
        aria-label="Log lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        onWheel={(event) => event.deltaY < 0 && leaveIfScrollable(event.currentTarget, leave)}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) =>
          keysUp.has(event.key) && leaveIfScrollable(event.currentTarget, leave)
        }
      >
        <div className={classes.rows} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => {
            const position = Number(key);
            const row = book.rows.at(position);
            const measured = wrap || unfolded.has(position);
            return (
              row && (
                <div
                  key={key}
                  className={classes.place}
                  data-index={index}
                  ref={measured ? list.measureElement : undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <LogListRow
                    row={row}
                    position={position}
                    search={filter.text}
                    unfolded={unfolded.has(position)}
                    wrap={wrap}
                    onFold={() => onFold(position, index)}
                  />
                </div>
              )
            );
          })}
        </div>
      </section>
      {newRows !== null && (
        <button type="button" className={classes.jump} onClick={jumpToEnd}>
          ↓ {formatCount(newRows)} new
        </button>
      )}
    </div>
  );
}

function leaveIfScrollable(element: HTMLElement, leave: () => void): void {
  if (element.scrollTop > 0) leave();
}

/** The positions of the rows that are unfolded. */
function useUnfolded() {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const toggle = useCallback((position: number) => {
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(position)) after.add(position);
      return after;
    });
  }, []);
  return { unfolded, toggle };
}

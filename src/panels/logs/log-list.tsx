import { IconArrowBarToUp } from '@tabler/icons-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  memo,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { formatCount } from '../../ui/format.ts';
import { handOnFocus } from './hand-on-focus.ts';
import classes from './log-list.module.css';
import { LogListRow, type RowActions } from './log-list-row.tsx';
import type { LogsState } from './logs-store.ts';
import type { FindRanges } from './marked-text.tsx';
import { ROW_HEIGHT } from './row-layout.ts';
import { type Anchor, useAnchor } from './use-anchor.ts';
import { useFollow } from './use-follow.ts';
import { useRowHeights } from './use-row-heights.ts';

/** Rows drawn beyond what is in sight, on either side: what a quick scroll shows before the next redraw. */
const OVERSCAN = 12;
/** All of them change with each redraw then. */
const OVERSCAN_FOLLOWING = 4;

const keysUp: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp']);

interface LogListProps extends Omit<RowActions, 'onFold'> {
  readonly state: LogsState;
  readonly wrap: boolean;
  readonly find: FindRanges;
  readonly anchor: Anchor | null;
  /** Where to put what scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
}

/**
 * The rows that the filter shows, of which only those in sight are drawn: a redraw costs the same however many there are.
 * Remembered, because a key pressed in the search field changes nothing here.
 */
export const LogList = memo(function LogList(props: LogListProps) {
  const { state, wrap, find, anchor, scroller, onContext, onCopy } = props;
  const rows = useRef<HTMLDivElement>(null);
  const { matches, book } = state;
  const size = useClientSize(scroller);
  const { unfolded, toggle } = useUnfolded();
  const { layout, measure, forget, version } = useRowHeights(rows, matches);
  const follow = useFollow(scroller, state, layout);
  const { following, newRows, leave, goTo, settle } = follow;

  const end = Math.max(0, layout.height - size.height);
  const top = following ? end : Math.min(follow.top, end);
  const first = Math.max(0, layout.indexAt(top) - (following ? OVERSCAN_FOLLOWING : OVERSCAN));
  const last = Math.min(matches.count - 1, layout.indexAt(top + size.height) + (following ? 0 : OVERSCAN));

  // biome-ignore lint/correctness/useExhaustiveDependencies: of another width, wrapped lines have other heights
  useLayoutEffect(() => forget(), [forget, size.width, wrap]);
  useLayoutEffect(measure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are other lines then, and the exact time of one is not another's
  useLayoutEffect(
    () => rows.current?.querySelector('time[title]')?.removeAttribute('title'),
    [state.version],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a measured height moves the end
  useLayoutEffect(settle, [settle, version]);
  const stay = useAnchor(anchor, matches, (position) => goTo({ position, offset: -size.height / 2 }));
  // Whoever goes on by themselves is not taken to the anchor once its rows are found.
  const jumpToEnd = () => {
    stay();
    follow.jumpToEnd();
  };
  const jumpToTop = () => {
    stay();
    follow.jumpToTop();
  };
  const goUp = (element: HTMLElement) => {
    stay();
    leaveIfScrollable(element, leave);
  };

  const onFold = useCallback(
    (position: number) => {
      leave();
      toggle(position);
      // A row that folds has its own height again; one that unfolds is measured.
      forget(position);
    },
    [leave, toggle, forget],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Home') jumpToTop();
    else if (event.key === 'End') jumpToEnd();
    else if (keysUp.has(event.key)) goUp(event.currentTarget);
  };

  /** A row that has the focus must not go while the list follows its end: the focus would be nowhere. */
  const leaveWhereFocused = ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
    if (target !== currentTarget && target.matches(':focus-visible')) leave();
  };

  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroller}
        data-empty={matches.count === 0}
        aria-label="Log lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={follow.onScroll}
        onWheel={(event) => event.deltaY < 0 && goUp(event.currentTarget)}
        onKeyDown={onKeyDown}
        onFocus={leaveWhereFocused}
      >
        <div className={classes.rows} data-wrap={wrap} style={{ height: layout.height }}>
          <div ref={rows} className={classes.window} style={{ top: layout.topOf(first) }}>
            {Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => {
              const index = first + offset;
              const position = matches.positionAt(index);
              const row = book.rows.drawnAt(position);
              return (
                row && (
                  <LogListRow
                    key={slotOf(matches.firstOrdinal + index)}
                    row={row}
                    position={position}
                    find={find}
                    unfolded={unfolded.has(position)}
                    wrap={wrap}
                    chosen={anchor?.position === position}
                    onFold={onFold}
                    onContext={onContext}
                    onCopy={onCopy}
                  />
                )
              );
            })}
          </div>
        </div>
      </section>
      {layout.height > 3 * size.height && top > 0 && (
        <button
          type="button"
          className={classes.top}
          aria-label="Jump to top"
          title="Jump to top (Home)"
          onClick={(event) => {
            handOnFocus(event, scroller.current);
            jumpToTop();
          }}
        >
          <IconArrowBarToUp size={14} aria-hidden="true" />
        </button>
      )}
      {newRows !== null && matches.count > 0 && (
        <button
          type="button"
          className={classes.jump}
          onClick={(event) => {
            handOnFocus(event, scroller.current);
            jumpToEnd();
          }}
        >
          ↓ {formatCount(newRows)} new
        </button>
      )}
    </div>
  );
}, isSameList);

/** A filter that is still looking, or a connection that changes, is no other list. */
function isSameList({ state: before, ...last }: LogListProps, { state, ...next }: LogListProps): boolean {
  return (
    before.version === state.version &&
    before.matches === state.matches &&
    (Object.keys(next) as (keyof typeof next)[]).every((name) => last[name] === next[name])
  );
}

/** More than are ever drawn. */
const SLOTS = 1_024;

/** A row that comes takes over the elements of one that goes: at a high rate all of them change with each frame. */
const slotOf = (ordinal: number) => ordinal % SLOTS;

function leaveIfScrollable(element: HTMLElement, leave: () => void): void {
  if (element.scrollTop > 0) leave();
}

function useClientSize(element: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState({ width: 0, height: ROW_HEIGHT * 40 });
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const take = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    take();
    const observer = new ResizeObserver(take);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
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

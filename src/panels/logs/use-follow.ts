import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { LogsState } from './logs-store.ts';
import { drawnRows, type Place, placeAt, TOP, topOf } from './reading-place.ts';
import type { RowLayout } from './row-layout.ts';

/** Closer to the end than this is at the end. */
const END_SLACK_PX = 12;

/**
 * Keeps a scrolled list at its end while it grows, until its reader scrolls up: from then on the row at the top of the view stays
 * there. `newRows` counts what came since.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, state: LogsState, layout: RowLayout) {
  const { matches, book } = state;
  /** The position from which rows are new to a reader who has left the end; null for one at the end. */
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const [place, setPlace] = useState(TOP);
  const lastTop = useRef(0);
  const lastHeight = useRef(0);
  const drawn = useRef(drawnRows(matches, layout));
  const top = topOf(place, matches, layout);
  const following = leftAt === null;

  useLayoutEffect(() => {
    drawn.current = drawnRows(matches, layout);
  });

  const leave = useCallback(() => {
    const element = scroller.current;
    if (!following || !element) return;
    setPlace(placeAt(element.scrollTop, drawn.current));
    setLeftAt(book.rows.end);
  }, [scroller, following, book]);

  /** Leaves the end for a place. */
  const goTo = useCallback(
    (to: Place) => {
      leave();
      setPlace(to);
    },
    [leave],
  );

  const jumpToEnd = useCallback(() => {
    setLeftAt(null);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  const jumpToTop = useCallback(() => goTo(TOP), [goTo]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // A list that grows taller is moved up by the browser, not by its reader.
    const resized = clientHeight !== lastHeight.current;
    const scrolledUp = scrollTop < lastTop.current && !resized;
    const isSettled = scrollTop === lastTop.current;
    lastTop.current = scrollTop;
    lastHeight.current = clientHeight;
    // Nobody scrolled: it is where `settle` left it, be it that there were fewer rows for a moment.
    if (isSettled) return;
    if (scrollHeight - scrollTop - clientHeight <= END_SLACK_PX) setLeftAt(null);
    else if (scrolledUp) leave();
    setPlace(placeAt(scrollTop, drawn.current));
  }, [scroller, leave]);

  /** Brings the scroll position in line with what is drawn, before it is painted. */
  const settle = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    lastHeight.current = element.clientHeight;
    const to = following ? element.scrollHeight - element.clientHeight : top;
    if (Math.abs(element.scrollTop - to) >= 1) element.scrollTop = to;
    lastTop.current = element.scrollTop;
  }, [scroller, following, top]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is changed in place, and `version` says when
  useLayoutEffect(settle, [settle, state.version]);

  const newRows = leftAt === null ? null : matches.countFrom(leftAt);
  return { following, newRows, top, onScroll, leave, goTo, settle, jumpToEnd, jumpToTop };
}

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { LogMatches } from './log-matches.ts';
import type { LogsState } from './logs-store.ts';
import { ROW_HEIGHT } from './row-layout.ts';

/** Closer to the end than this is at the end. */
const END_SLACK_PX = 12;

/** Where a reader has scrolled to, and which rows were shown then. */
interface Place {
  readonly top: number;
  readonly matches: LogMatches;
  readonly firstOrdinal: number;
}

const placeAt = (top: number, matches: LogMatches): Place => ({
  top,
  matches,
  firstOrdinal: matches.firstOrdinal,
});

/** What the store lets go at the top moves the list up by as much, so that what is being read stays where it is. */
function topNow({ top, matches, firstOrdinal }: Place, shown: LogMatches): number {
  return matches === shown ? Math.max(0, top - (shown.firstOrdinal - firstOrdinal) * ROW_HEIGHT) : top;
}

/**
 * Keeps a scrolled list at its end while it grows, until its reader scrolls up. `newRows` counts what came since.
 * @param height of all rows, in pixels
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, state: LogsState) {
  const { matches, book } = state;
  /** The position from which rows are new to a reader who has left the end; null for one at the end. */
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const [place, setPlace] = useState(() => placeAt(0, matches));
  const lastTop = useRef(0);
  const lastHeight = useRef(0);
  const top = topNow(place, matches);
  const following = leftAt === null;

  const leave = useCallback(() => {
    setLeftAt((before) => before ?? book.rows.end);
  }, [book]);

  const scrollTo = useCallback(
    (to: number) => {
      const element = scroller.current;
      if (element) element.scrollTop = to;
      lastTop.current = to;
      setPlace(placeAt(to, matches));
    },
    [scroller, matches],
  );

  const jumpToEnd = useCallback(() => {
    setLeftAt(null);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  const jumpToTop = useCallback(() => {
    leave();
    scrollTo(0);
  }, [leave, scrollTo]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // A list that grows taller is moved up by the browser, not by its reader.
    const resized = clientHeight !== lastHeight.current;
    const scrolledUp = scrollTop < lastTop.current && !resized;
    lastTop.current = scrollTop;
    lastHeight.current = clientHeight;
    setPlace(placeAt(scrollTop, matches));
    if (scrollHeight - scrollTop - clientHeight <= END_SLACK_PX) setLeftAt(null);
    else if (scrolledUp) leave();
  }, [scroller, leave, matches]);

  /** Brings the scroll position in line with what is drawn, before it is painted. */
  const settle = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    lastHeight.current = element.clientHeight;
    const to = following ? element.scrollHeight - element.clientHeight : top;
    if (Math.abs(element.scrollTop - to) < 1) return;
    element.scrollTop = to;
    lastTop.current = element.scrollTop;
  }, [scroller, following, top]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is changed in place, and `version` says when
  useLayoutEffect(settle, [settle, state.version]);

  const newRows = leftAt === null ? null : matches.countFrom(leftAt);
  return { following, newRows, top, onScroll, leave, scrollTo, settle, jumpToEnd, jumpToTop };
}

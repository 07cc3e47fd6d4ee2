import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { LogsState } from './logs-store.ts';

/** Closer to the end than this is at the end. */
const END_SLACK_PX = 12;

/**
 * Keeps a scrolled list at its end while it grows, until its reader scrolls up. `newRows` counts what came since.
 * What the store lets go at the top moves the list up by as much, so that what is being read stays where it is.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, state: LogsState, rowHeight: number) {
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const following = useRef(true);
  const lastTop = useRef(0);
  const firstShown = useRef(-1);
  const { matches, book } = state;

  const leave = useCallback(() => {
    if (!following.current) return;
    following.current = false;
    setLeftAt(state.frozenEnd ?? book.rows.end);
  }, [state.frozenEnd, book]);

  const jumpToEnd = useCallback(() => {
    following.current = true;
    setLeftAt(null);
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    if (scrollHeight - scrollTop - clientHeight <= END_SLACK_PX) {
      following.current = true;
      setLeftAt(null);
    } else if (scrollTop < lastTop.current) leave();
    lastTop.current = scrollTop;
  }, [scroller, leave]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is changed in place, and `version` says when
  useLayoutEffect(() => {
    const element = scroller.current;
    const first = matches.positionAt(0);
    const gone = firstShown.current === -1 || first === -1 ? 0 : first - firstShown.current;
    firstShown.current = first;
    if (!element) return;
    if (following.current) element.scrollTop = element.scrollHeight;
    else if (gone > 0 && !matches.filtering) element.scrollTop -= gone * rowHeight;
    lastTop.current = element.scrollTop;
  }, [scroller, matches, state.version, rowHeight]);

  const newRows = leftAt === null ? null : matches.countFrom(leftAt);
  return { following, newRows, onScroll, leave, jumpToEnd };
}

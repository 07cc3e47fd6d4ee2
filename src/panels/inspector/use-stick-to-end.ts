import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

const END_SLACK_PX = 8;

/** Keeps a scrolled list at its end while it grows, for as long as its reader leaves it there. */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, version: number) {
  const atEnd = useRef(true);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight <= END_SLACK_PX;
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the list has grown
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [scroller, version]);
  return { atEnd, onScroll };
}

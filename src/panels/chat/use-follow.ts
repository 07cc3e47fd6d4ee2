import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** This close to its end a list counts as scrolled to it. */
const NEAR_THE_END = 24;

interface Follow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly following: boolean;
  readonly jumpToEnd: () => void;
}

/**
 * Keeps a growing list at its end, until the reader scrolls up. Back at the end, or once there is something newer
 * (which the reader asked for), it follows again.
 */
export function useFollow(newestId: string | undefined): Follow {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const followingNow = useRef(true);
  const [following, setFollowing] = useState(true);

  const follow = useCallback((next: boolean) => {
    followingNow.current = next;
    setFollowing(next);
  }, []);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return;
    let lastTop = element.scrollTop;
    const onScroll = () => {
      const left = element.scrollHeight - element.clientHeight - element.scrollTop;
      const up = element.scrollTop < lastTop;
      lastTop = element.scrollTop;
      // The end of a list that shrank is its end, though it was reached upwards.
      if (left < (up ? 1 : NEAR_THE_END)) follow(true);
      else if (up) follow(false);
    };
    // Where the list grows as fast as it is scrolled, positions alone hide that the reader wants to go up.
    const onWheel = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0 && element.scrollTop > 0) follow(false);
    };
    const observer = new ResizeObserver(() => {
      if (followingNow.current) toEnd();
    });
    observer.observe(content.current);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [follow, toEnd]);

  const jumpToEnd = useCallback(() => {
    follow(true);
    toEnd();
  }, [follow, toEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `newestId` is what calls for it
  useEffect(jumpToEnd, [jumpToEnd, newestId]);

  return { scroller, content, following, jumpToEnd };
}

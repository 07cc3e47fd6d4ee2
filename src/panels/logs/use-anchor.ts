import { useCallback, useLayoutEffect, useRef } from 'react';
import type { LogMatches } from './log-matches.ts';

/** The row whose surroundings somebody looks at, or has looked at: another object each time that they come and go. */
export interface Anchor {
  readonly position: number;
}

/**
 * Goes to each new anchor among the rows that are shown, and once more among those that are shown for its sake and may be found
 * later: whoever has gone on from there is not brought back by the filters that follow.
 *
 * @returns what ends the wait for those rows
 */
export function useAnchor(
  anchor: Anchor | null,
  matches: LogMatches,
  goTo: (position: number) => void,
): () => void {
  const reached = useRef<Anchor | null>(null);
  /** What was shown when the anchor came, until something else is. */
  const shownBefore = useRef<LogMatches | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: goes there when there is somewhere to go, not with each line
  useLayoutEffect(() => {
    const isNew = anchor !== reached.current;
    const isReplaced = shownBefore.current !== null && shownBefore.current !== matches;
    if (!isNew && !isReplaced) return;
    reached.current = anchor;
    shownBefore.current = isNew && anchor !== null ? matches : null;
    if (anchor !== null) goTo(anchor.position);
  }, [anchor, matches]);

  return useCallback(() => {
    shownBefore.current = null;
  }, []);
}

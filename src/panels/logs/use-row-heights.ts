import { type RefObject, useCallback, useState } from 'react';
import type { LogMatches } from './log-matches.ts';
import { layOut, ROW_HEIGHT, type TallRow } from './row-layout.ts';

/** Of wrapped rows, the last measured this many keep their height; the others count as one line again. */
const MAX_MEASURED = 2_000;

/** The heights of those rows that are higher than a line, as they were measured when last drawn. */
export function useRowHeights(rows: RefObject<HTMLElement | null>, matches: LogMatches) {
  const [heights] = useState(() => new Map<number, number>());
  const [version, setVersion] = useState(0);

  /** Measures what is drawn. */
  const measure = useCallback(() => {
    const grown = measured(rows.current).filter((row) => row.height !== heightOf(heights, row.position));
    for (const { position, height } of grown) remember(heights, position, height);
    if (grown.length > 0) setVersion((before) => before + 1);
  }, [rows, heights]);

  const forget = useCallback(
    (position?: number) => {
      if (position === undefined) heights.clear();
      else heights.delete(position);
      setVersion((before) => before + 1);
    },
    [heights],
  );

  return { layout: layOut(matches.count, tallRows(heights, matches)), measure, forget, version };
}

const heightOf = (heights: ReadonlyMap<number, number>, position: number): number =>
  heights.get(position) ?? ROW_HEIGHT;

/** The rows drawn that may be higher than a line. */
function measured(
  rows: HTMLElement | null,
): readonly { readonly position: number; readonly height: number }[] {
  return [...(rows?.querySelectorAll<HTMLElement>(':scope > [data-measured="true"]') ?? [])].map(
    (element) => ({
      position: Number(element.dataset.position),
      height: element.offsetHeight,
    }),
  );
}

function remember(heights: Map<number, number>, position: number, height: number): void {
  heights.delete(position);
  if (height !== ROW_HEIGHT) heights.set(position, height);
  const oldest = heights.keys().next();
  if (heights.size > MAX_MEASURED && !oldest.done) heights.delete(oldest.value);
}

function tallRows(heights: ReadonlyMap<number, number>, matches: LogMatches): readonly TallRow[] {
  const tall: TallRow[] = [];
  for (const [position, height] of heights) {
    const index = matches.indexFrom(position);
    if (matches.positionAt(index) === position) tall.push({ index, height });
  }
  return tall.sort((a, b) => a.index - b.index);
}

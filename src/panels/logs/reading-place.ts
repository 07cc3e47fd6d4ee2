import type { LogMatches } from './log-matches.ts';
import type { RowLayout } from './row-layout.ts';

/** Where somebody reads: a row, and how far below its upper edge the view begins, in pixels; above it where that is less than 0. */
export interface Place {
  readonly position: number;
  readonly offset: number;
}

export const TOP: Place = { position: 0, offset: 0 };

/** What was drawn last. Rows come and go in place, so which row was drawn where is told by how many had gone before it by then. */
export interface DrawnRows {
  readonly matches: LogMatches;
  readonly layout: RowLayout;
  readonly firstOrdinal: number;
}

export const drawnRows = (matches: LogMatches, layout: RowLayout): DrawnRows => ({
  matches,
  layout,
  firstOrdinal: matches.firstOrdinal,
});

/** The place of a view that begins at this distance from the top of what was drawn. */
export function placeAt(top: number, { matches, layout, firstOrdinal }: DrawnRows): Place {
  const drawnIndex = layout.indexAt(top);
  const index = firstOrdinal + drawnIndex - matches.firstOrdinal;
  if (index < 0) return { position: Math.max(0, matches.positionAt(0)), offset: 0 };
  return { position: Math.max(0, matches.positionAt(index)), offset: top - layout.topOf(drawnIndex) };
}

/**
 * How far from the top a place is, whatever rows have gone above it, are shown now or have another height. Where its row is gone
 * itself, it is where the next one begins.
 */
export function topOf({ position, offset }: Place, matches: LogMatches, layout: RowLayout): number {
  const index = matches.indexFrom(position);
  const top = layout.topOf(index);
  const isThere = matches.positionAt(index) === position;
  const lowest = isThere ? layout.topOf(index + 1) - top - 1 : 0;
  return Math.max(0, top + Math.min(offset, lowest));
}

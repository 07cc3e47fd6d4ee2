/** How high a row is that is neither wrapped nor unfolded. */
export const ROW_HEIGHT = 21;

/** A row of another height, by its index among the rows shown. */
export interface TallRow {
  readonly index: number;
  readonly height: number;
}

/** Where each row stands. Made anew for every redraw, so it may only cost what the few rows of another height cost. */
export interface RowLayout {
  readonly height: number;
  topOf(index: number): number;
  /** The row at this distance from the top; the nearest one for a distance out of bounds. */
  indexAt(top: number): number;
}

/** @param tall those of another height than `ROW_HEIGHT`, by rising index. */
export function layOut(count: number, tall: readonly TallRow[]): RowLayout {
  // What the tall rows before each one add, and all of them at the end.
  const added = [0];
  for (const { height } of tall) added.push((added.at(-1) ?? 0) + height - ROW_HEIGHT);

  const topOf = (index: number) =>
    index * ROW_HEIGHT + (added[firstFrom(tall.length, (each) => (tall[each]?.index ?? 0) >= index)] ?? 0);

  const indexAt = (top: number) => {
    const next = firstFrom(tall.length, (each) => topOf(tall[each]?.index ?? 0) > top);
    const last = tall[next - 1];
    const index =
      last === undefined
        ? Math.floor(top / ROW_HEIGHT)
        : last.index + Math.max(0, 1 + Math.floor((top - topOf(last.index) - last.height) / ROW_HEIGHT));
    return Math.max(0, Math.min(count - 1, index));
  };

  return { height: topOf(count), topOf, indexAt };
}

/** The first of 0 … length for which `passes` holds; `length` where it holds for none. It must hold for all after it. */
export function firstFrom(length: number, passes: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

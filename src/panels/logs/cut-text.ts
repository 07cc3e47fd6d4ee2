import type { StyledSpan, TextStyle } from './ansi-style.ts';
import type { FoundRange } from './find-in-text.ts';

/** A piece of a text that looks alike from its first character to its last. */
export interface TextPiece {
  readonly start: number;
  readonly text: string;
  readonly found: boolean;
  readonly style: TextStyle | null;
}

/** Cuts a text wherever something found or a style begins or ends. Both lists rise and don't overlap within themselves. */
export function cutText(
  text: string,
  found: readonly FoundRange[],
  styles: readonly StyledSpan[],
): readonly TextPiece[] {
  const edges = new Set([0]);
  for (const { start, end } of [...found, ...styles]) edges.add(start).add(end);
  const starts = [...edges].filter((edge) => edge >= 0 && edge < text.length).sort((a, b) => a - b);
  const foundAt = cursor(found);
  const styleAt = cursor(styles);
  return starts.map((start, index) => ({
    start,
    text: text.slice(start, starts[index + 1] ?? text.length),
    found: foundAt(start) !== null,
    style: styleAt(start)?.style ?? null,
  }));
}

/** The range that covers a place, for places that only rise. */
function cursor<R extends FoundRange>(ranges: readonly R[]): (place: number) => R | null {
  let next = 0;
  return (place) => {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= place) next += 1;
    const range = ranges[next];
    return range !== undefined && range.start <= place ? range : null;
  };
}

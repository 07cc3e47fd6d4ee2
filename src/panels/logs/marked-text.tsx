import type { CSSProperties, ReactNode } from 'react';
import { styleOf } from './ansi-colour.ts';
import type { StyledSpan } from './ansi-style.ts';
import { cutText } from './cut-text.ts';
import type { FoundRange } from './find-in-text.ts';

/** Where in a text the search finds something. */
export type FindRanges = (text: string) => readonly FoundRange[];

/**
 * Text with what the search finds in it marked. No component: of the rows that are drawn with each redraw, three texts each, most
 * have no mark, and are text.
 *
 * @param styles how a terminal would draw it
 */
export function markText(text: string, find: FindRanges, styles: readonly StyledSpan[] = []): ReactNode {
  const found = find(text);
  if (found.length === 0 && styles.length === 0) return text;
  return cutText(text, found, styles).map(({ start, text: piece, found: isFound, style }) => {
    const css: CSSProperties | undefined = style ? styleOf(style) : undefined;
    return isFound ? (
      <mark key={start} style={css}>
        {piece}
      </mark>
    ) : (
      <span key={start} style={css}>
        {piece}
      </span>
    );
  });
}

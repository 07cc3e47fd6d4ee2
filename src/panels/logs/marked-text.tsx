import type { CSSProperties } from 'react';
import { styleOf } from './ansi-colour.ts';
import type { StyledSpan } from './ansi-style.ts';
import { cutText } from './cut-text.ts';
import type { FoundRange } from './find-in-text.ts';

/** Where in a text the search finds something. */
export type FindRanges = (text: string) => readonly FoundRange[];

interface MarkedTextProps {
  readonly text: string;
  readonly find: FindRanges;
  /** How a terminal would draw it. */
  readonly styles?: readonly StyledSpan[] | undefined;
}

/** Text with what the search finds in it marked. */
export function MarkedText({ text, find, styles = [] }: MarkedTextProps) {
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

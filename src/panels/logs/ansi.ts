import { ESCAPE, escapeSequences } from '../../contract/log-lines/escapes.ts';
import { applySgr, PLAIN, type StyledSpan, type TextStyle } from './ansi-style.ts';

const selectGraphicRendition = new RegExp(`^${ESCAPE}\\[([\\d;:]*)m$`);

/** Styles of one line are many at most where somebody makes fun of us. */
const MAX_SPANS = 500;

export interface StyledText {
  readonly text: string;
  readonly styles: readonly StyledSpan[];
}

/** The text without its terminal escape sequences, and how those that set a style make it look. */
export function readAnsi(raw: string): StyledText {
  if (!raw.includes(ESCAPE)) return { text: raw, styles: [] };
  const styles: StyledSpan[] = [];
  let text = '';
  let style: TextStyle = PLAIN;
  let from = 0;
  const take = (part: string) => {
    const start = text.length;
    text += part;
    if (part !== '' && !isPlain(style) && styles.length < MAX_SPANS)
      styles.push({ start, end: text.length, style });
  };
  for (const match of raw.matchAll(escapeSequences)) {
    take(raw.slice(from, match.index));
    from = match.index + match[0].length;
    const parameters = selectGraphicRendition.exec(match[0])?.[1];
    if (parameters !== undefined) style = applySgr(style, parameters);
  }
  take(raw.slice(from));
  return { text, styles };
}

function isPlain({ colour, background, ...attributes }: TextStyle): boolean {
  return colour === null && background === null && !Object.values(attributes).some(Boolean);
}

/** The styles of a part of a text, counted from its beginning. */
export function stylesWithin(
  styles: readonly StyledSpan[],
  start: number,
  end: number,
): readonly StyledSpan[] {
  return styles
    .filter((span) => span.end > start && span.start < end)
    .map((span) => ({
      start: Math.max(span.start, start) - start,
      end: Math.min(span.end, end) - start,
      style: span.style,
    }));
}

import type { CSSProperties } from 'react';
import type { TextColour, TextStyle } from './ansi-style.ts';

/** The sixteen colours of a terminal's theme in the page's own, which can be read on dark and on light. */
const basic = [
  'var(--text-faint)',
  'var(--bad)',
  'var(--up)',
  'var(--warn)',
  'var(--accent)',
  'var(--paused)',
  'color-mix(in srgb, var(--accent), var(--up))',
  'var(--text-soft)',
] as const;

function cssColour(colour: TextColour): string {
  if (colour.type === 'fixed') return `rgb(${colour.red} ${colour.green} ${colour.blue})`;
  const named = basic[colour.index % basic.length] ?? 'var(--text)';
  return colour.index < basic.length ? named : `color-mix(in srgb, ${named} 75%, var(--text))`;
}

/** A fixed colour was chosen for a ground that this page doesn't have: the text's own colour in it keeps it readable. */
function inkOf(colour: TextColour): string {
  const css = cssColour(colour);
  return colour.type === 'fixed' ? `color-mix(in srgb, ${css} 45%, var(--text))` : css;
}

/** What a terminal writes with where nothing else is said, and so what inverse text has as its ground. */
const INK: TextColour = { type: 'theme', index: 7 };

export function styleOf(style: TextStyle): CSSProperties {
  const { bold, dim, italic, underline, inverse } = style;
  const colour = inverse ? style.background : style.colour;
  const background = inverse ? (style.colour ?? INK) : style.background;
  return {
    ...(colour && { color: inkOf(colour) }),
    // On a tinted ground, dimmed or coloured text would be too faint.
    ...(background && {
      background: `color-mix(in srgb, ${cssColour(background)} 22%, transparent)`,
      color: 'var(--text)',
    }),
    ...(bold && { fontWeight: 700 }),
    ...(dim && !colour && !background && { color: 'var(--text-faint)' }),
    ...(italic && { fontStyle: 'italic' }),
    ...(underline && { textDecoration: 'underline' }),
  };
}

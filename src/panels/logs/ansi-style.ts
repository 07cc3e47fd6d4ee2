/** A colour as SGR names it: one of the sixteen that a terminal's theme decides, or a fixed one. */
export type TextColour =
  | { readonly type: 'theme'; readonly index: number }
  | { readonly type: 'fixed'; readonly red: number; readonly green: number; readonly blue: number };

/** What SGR sets. */
export interface TextStyle {
  readonly colour: TextColour | null;
  readonly background: TextColour | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  /** Colour and background change places. */
  readonly inverse: boolean;
}

/** A stretch of text without its escape sequences, and how it looks. */
export interface StyledSpan {
  readonly start: number;
  readonly end: number;
  readonly style: TextStyle;
}

export const PLAIN: TextStyle = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const theme = (index: number): TextColour => ({ type: 'theme', index });
const BRIGHT = 8;

/** The 256 colours of xterm: sixteen of the theme, a cube of 6 × 6 × 6, and 24 greys. */
export function indexedColour(index: number): TextColour {
  if (index < 16) return theme(index);
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return { type: 'fixed', red: grey, green: grey, blue: grey };
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return {
    type: 'fixed',
    red: step(Math.floor(cube / 36)),
    green: step(Math.floor(cube / 6) % 6),
    blue: step(cube % 6),
  };
}

const isByte = (value: number | undefined): value is number =>
  value !== undefined && value >= 0 && value <= 255;

/** `5;n` or `2;r;g;b` after 38, 48 or 58: the colour, and how many numbers it takes. A colour of no such form takes the rest: what its numbers mean, nobody knows. */
function extendedColour(numbers: readonly number[]): { colour: TextColour | null; length: number } {
  const [kind, first, second, third] = numbers;
  if (kind === 5 && isByte(first)) return { colour: indexedColour(first), length: 2 };
  if (kind === 2 && isByte(first) && isByte(second) && isByte(third))
    return { colour: { type: 'fixed', red: first, green: second, blue: third }, length: 4 };
  return { colour: null, length: numbers.length };
}

/** The single numbers that are no colours. ECMA-48 8.3.117. */
const attributes: ReadonlyMap<number, Partial<TextStyle>> = new Map<number, Partial<TextStyle>>([
  [0, PLAIN],
  [1, { bold: true }],
  [2, { dim: true }],
  [3, { italic: true }],
  [4, { underline: true }],
  [7, { inverse: true }],
  [21, { underline: true }],
  [22, { bold: false, dim: false }],
  [23, { italic: false }],
  [24, { underline: false }],
  [27, { inverse: false }],
  [39, { colour: null }],
  [49, { background: null }],
]);

function themeColour(code: number): Partial<TextStyle> | null {
  if (code >= 30 && code <= 37) return { colour: theme(code - 30) };
  if (code >= 40 && code <= 47) return { background: theme(code - 40) };
  if (code >= 90 && code <= 97) return { colour: theme(code - 90 + BRIGHT) };
  if (code >= 100 && code <= 107) return { background: theme(code - 100 + BRIGHT) };
  return null;
}

const UNDERLINE_COLOUR = 58;
const isExtended = (code: number): boolean => code === 38 || code === 48 || code === UNDERLINE_COLOUR;

function colourChange(code: number, colour: TextColour | null): Partial<TextStyle> {
  // Lines under text are of its colour here.
  if (colour === null || code === UNDERLINE_COLOUR) return {};
  return code === 38 ? { colour } : { background: colour };
}

/** `38:2::255:0:0`, `4:3`: a parameter whose parts belong together (ITU-T T.416, 13.1.8). */
function subParameters(parameter: string): Partial<TextStyle> {
  const [code = 0, ...parts] = parameter.split(':').map(Number);
  // No underline; the others say what kind of line.
  if (code === 4) return { underline: parts[0] !== 0 };
  if (!isExtended(code)) return {};
  // After the 2 comes a colour space, mostly empty; some leave it out.
  const numbers = parts[0] === 2 && parts.length > 4 ? [2, ...parts.slice(2)] : parts;
  return colourChange(code, extendedColour(numbers).colour);
}

/** The style after `ESC [ parameters m`. What it doesn't know, it leaves out. */
export function applySgr(style: TextStyle, parameters: string): TextStyle {
  const all = parameters.split(';');
  let after = style;
  for (let at = 0; at < all.length; at += 1) {
    const parameter = all[at] ?? '';
    const code = Number(parameter);
    if (parameter.includes(':')) after = { ...after, ...subParameters(parameter) };
    else if (isExtended(code)) {
      const { colour, length } = extendedColour(all.slice(at + 1).map(Number));
      after = { ...after, ...colourChange(code, colour) };
      at += length;
    } else after = { ...after, ...(attributes.get(code) ?? themeColour(code)) };
  }
  return after;
}

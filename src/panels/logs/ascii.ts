/** What parts JSON and lines, as bytes of ASCII, and so of UTF-8. */
export const LF = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
const NINE = 0x39;
export const COLON = 0x3a;
export const EQUALS = 0x3d;
export const CAPITAL_Z = 0x5a;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

export const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

import { BACKSLASH, COLON, DOT, isDigit, MINUS, QUOTE, SPACE, ZERO } from './ascii.ts';
import { sameBytes } from './same-bytes.ts';

/**
 * Where the parts of JSON end in UTF-8 (RFC 8259). Each returns -1 where what is there is not of its kind. A byte of 0, which JSON
 * has nowhere, must stand after the text.
 */

const encoder = new TextEncoder();
const WORDS = ['true', 'false', 'null'].map((word) => encoder.encode(word));

/** What the character after a backslash stands for (section 7); 0 where it is `u`, or none. */
const UNESCAPED = new Uint8Array(256);
for (const [character, meant] of Object.entries({
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
})) {
  UNESCAPED[character.charCodeAt(0)] = meant.charCodeAt(0);
}

/** What an escape of two characters stands for, by its second. */
export const unescaped = (byte: number): number => UNESCAPED[byte] ?? 0;

/** The only white space here: what else JSON knows, nobody writes within a line. */
export function skipSpaces(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at += 1;
  return at;
}

/** The closing quote of a string that begins at `from`, all of whose escapes have two characters. */
export function endOfString(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== QUOTE) return -1;
  let at = from + 1;
  for (;;) {
    const byte = bytes[at] ?? 0;
    if (byte > BACKSLASH || (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH)) at += 1;
    else if (byte === QUOTE) return at;
    else if (byte === BACKSLASH && unescaped(bytes[at + 1] ?? 0) !== 0) at += 2;
    else return -1;
  }
}

export function hasEscape(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (bytes[at] === BACKSLASH) return true;
  return false;
}

/** Where the value begins that belongs to the key with this closing quote. */
export function valueAfter(bytes: Uint8Array, keyEnd: number): number {
  const colon = skipSpaces(bytes, keyEnd + 1);
  return bytes[colon] === COLON ? skipSpaces(bytes, colon + 1) : -1;
}

/** The end of a literal, or of a number as `String` writes it. */
export function endOfPlainValue(bytes: Uint8Array, from: number): number {
  const first = bytes[from] ?? 0;
  if (first === MINUS || isDigit(first)) return endOfNumber(bytes, from);
  const word = WORDS.find(([letter]) => letter === first);
  const isWord = word !== undefined && sameBytes(word, 0, bytes, from, word.length);
  return isWord ? from + word.length : -1;
}

/** With more digits, or smaller, a number may be written in another way than it is read. */
const MAX_DIGITS = 15;
const MAX_FRACTION = 6;

function endOfNumber(bytes: Uint8Array, from: number): number {
  const isNegative = bytes[from] === MINUS;
  const wholeFrom = isNegative ? from + 1 : from;
  const wholeEnd = endOfDigits(bytes, wholeFrom);
  const digits = wholeEnd - wholeFrom;
  const beginsWithZero = bytes[wholeFrom] === ZERO;
  if (digits === 0 || digits > MAX_DIGITS || (beginsWithZero && digits > 1)) return -1;
  if (bytes[wholeEnd] !== DOT) return isNegative && beginsWithZero ? -1 : wholeEnd;
  const end = endOfDigits(bytes, wholeEnd + 1);
  const fraction = end - wholeEnd - 1;
  const isShort = fraction > 0 && fraction <= MAX_FRACTION && digits + fraction <= MAX_DIGITS;
  return isShort && bytes[end - 1] !== ZERO ? end : -1;
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  return at;
}

/** What begins a terminal's escape sequence. */
export const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

/**
 * A terminal's escape sequences (ECMA-48): control sequences, cut short or not; strings with their end, an operating system command's
 * BEL too (without it, what follows may be the line); designations of character sets (`ESC ( B`); and those of one character.
 */
export const escapeSequences = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]?|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)|[PX^_][^${ESCAPE}]*${ESCAPE}\\\\|[ -/]+[0-~]|[0-~])?`,
  'g',
);

export const withoutEscapes = (text: string): string =>
  text.includes(ESCAPE) ? text.replace(escapeSequences, '') : text;

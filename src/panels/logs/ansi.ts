/** ECMA-48: control sequences (`ESC [ … letter`), operating system commands (`ESC ] … BEL`) and two-character escapes. */
const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const sequences = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\^_])`,
  'g',
);

/** The text without its terminal escape sequences. */
export function stripAnsi(text: string): string {
  return text.includes(ESCAPE) ? text.replace(sequences, '') : text;
}

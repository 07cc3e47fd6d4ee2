/** Bytes of one line, its line feed included. All of them are ASCII, so that a byte is a character. */
export const LINE_BYTES = 80;
const NUMBER_DIGITS = 9;
const OFFSET_DIGITS = 11;

const REMARKS = [
  'the quick brown fox jumps over the lazy dog',
  'each line is 80 bytes, so its number is its place',
  'a chunk may end anywhere, even within a line',
  'no length was announced; the end is the end',
  'a reader that pauses makes the server pause',
  'if this came all at once, something buffers',
  'bytes are counted from 0, lines from 1',
].map((remark) => `${`  ${remark}`.padEnd(LINE_BYTES - 1 - NUMBER_DIGITS - 2 - OFFSET_DIGITS)}\n`);

function line(index: number): string {
  const number = String(index + 1).padStart(NUMBER_DIGITS, '0');
  const offset = String(index * LINE_BYTES).padStart(OFFSET_DIGITS, '0');
  return `${number}  ${offset}${REMARKS[index % REMARKS.length]}`;
}

/** Characters `offset` to `offset + length` (exclusive) of an endless text of numbered lines: a pure function. */
export function textAt(offset: number, length: number): string {
  const first = Math.floor(offset / LINE_BYTES);
  const last = Math.ceil((offset + length) / LINE_BYTES);
  let text = '';
  for (let index = first; index < last; index += 1) text += line(index);
  const start = offset - first * LINE_BYTES;
  return text.slice(start, start + length);
}

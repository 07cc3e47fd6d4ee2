/** Marks that common fonts have; for the rest, Unicode's control pictures. */
const marks: Readonly<Record<string, string>> = { '\n': '↵', '\r': '←', '\t': '→' };

/** What the marks stand for. */
export const MARKS_LEGEND = '↵ LF, ← CR, → TAB';

/** Control characters as marks, so that line ends and escapes are seen. */
export function visibleControls(text: string): string {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20) return marks[char] ?? String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '␡' : char;
  }).join('');
}

/** As `visibleControls`, with the line breaks that the text has after their marks. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleControls).join('↵\n');
}

/** Share of control characters and of bytes that are no UTF-8 above which bytes are shown as hex. */
const MAX_UNREADABLE = 0.1;

/** The bytes as text, or null where they are no text. A character that a chunk cuts in two counts as unreadable. */
export function asText(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes);
  let unreadable = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0xfffd || (code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)) unreadable += 1;
  }
  return unreadable > 2 && unreadable > text.length * MAX_UNREADABLE ? null : text;
}

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0');

/** `ff d8 ff e0 …` */
function hexPreview(bytes: Uint8Array): string {
  return Array.from(bytes, hexOf).join(' ');
}

const BYTES_A_LINE = 16;

/** Offset, sixteen bytes and their printable characters a line, as `hexdump -C` shows them. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.byteLength; offset += BYTES_A_LINE) {
    const row = bytes.subarray(offset, offset + BYTES_A_LINE);
    const hex = Array.from(row, hexOf)
      .join(' ')
      .padEnd(BYTES_A_LINE * 3 - 1);
    const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex}  ${text.join('')}`);
  }
  return lines.join('\n');
}

const PREVIEW_BYTES = 160;

/** The start of a chunk in one line: text with its control characters visible, or hex. */
export function previewOf(bytes: Uint8Array): string {
  const start = bytes.subarray(0, PREVIEW_BYTES);
  const text = asText(start);
  const shown = text === null ? hexPreview(start.subarray(0, 48)) : visibleControls(text);
  return bytes.byteLength > start.byteLength ? `${shown}…` : shown;
}

/** JSON with its structure laid out; other text as it is. */
export function prettyText(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // It only looked like JSON.
    return text;
  }
}

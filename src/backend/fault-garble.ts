import type { BodyFormat } from '../contract/endpoint.ts';
import { bytesOf, type ContentPiece } from './fault-pieces.ts';

/**
 * The same unit with its content malformed and its framing whole, so that a reader loses this unit and no other. What
 * ends in U+FFFD outside of a string is never JSON, and inside of one that string never ends.
 */
export function garbled(piece: ContentPiece, format: BodyFormat): ContentPiece {
  const { content } = piece;
  if (typeof content !== 'string' || format === 'bytes') {
    return { ...piece, content: bytesOf(piece).map((byte) => byte ^ 0xff) };
  }
  return { ...piece, content: GARBLE[format](content) };
}

const half = (text: string): string => `${text.slice(0, Math.floor(text.length / 2))}\uFFFD`;

const firstLine = (text: string): string => text.replace(/^[^\r\n]*/, (line) => half(line));

const GARBLE: Readonly<Record<Exclude<BodyFormat, 'bytes'>, (text: string) => string>> = {
  sse: (block) => block.replace(/^data: ?([^\n]*)/m, (_field, payload: string) => `data: ${half(payload)}`),
  ndjson: firstLine,
  lines: firstLine,
  csv: firstRecord,
  'json-array': firstElement,
  json: half,
  text: half,
  html: half,
};

/** Too few fields, and no quote that could take the following records in (RFC 4180, section 2). */
function firstRecord(text: string): string {
  const [record = ''] = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text) ?? [];
  return half(record).replaceAll(/["\r\n]/g, ' ') + text.slice(record.length);
}

/** Broken JSON would break the whole array. Text where an object belongs breaks one element. */
function firstElement(text: string): string {
  return text.replace(
    /^([\s[,]*)([^\n]*?)(,?)(?=\n|$)/,
    (_line, before: string, element: string, comma: string) => {
      return before + JSON.stringify(half(element)) + comma;
    },
  );
}

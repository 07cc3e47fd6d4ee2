import type { ReadLine } from './read-line.ts';
import { isLogRecord, isRecord, type LogRecord, readJsonRecord } from './record.ts';

export type JsonLine =
  | { readonly ok: true; readonly value: ReadLine }
  /** It says that it is JSON and is not, or is no line of a log. */
  | { readonly ok: false; readonly reason: string };

const spacedJson = /^\s*\{\s*"/;

/**
 * Reads a line that is one JSON object, whatever library wrote it. Its message is as it came, escape sequences included; with none, it
 * is empty, and its fields are what is shown of it.
 *
 * @returns null for text. What begins like a line of JSON is one, or broken; a piece of JSON over several lines is text.
 */
export function readJsonLine(text: string): JsonLine | null {
  const isLine = text.startsWith('{"');
  if (!isLine && !spacedJson.test(text)) return null;
  const line = readJson(text);
  return line.ok || isLine ? line : null;
}

function readJson(text: string): JsonLine {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? readJsonEntry(parsed) : { ok: false, reason: 'it is no JSON object' };
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'its JSON is broken' : String(error) };
  }
}

/** As `readJsonLine`, of a line that has been parsed. */
export function readJsonEntry(record: LogRecord): JsonLine {
  const line = readJsonRecord(record);
  if (isLogRecord(line)) return { ok: true, value: { ...line, message: line.message ?? '' } };
  const reason = 'message' in record ? 'its message is no text' : 'it has no message, no level and no time';
  return { ok: false, reason };
}

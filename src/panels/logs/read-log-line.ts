import { isLogRecord, isRecord, type LogRecord, readRecord } from '../../contract/log-lines/record.ts';
import { readLogText } from '../../contract/log-lines/text.ts';
import type { ParseResult } from '../../streams/types.ts';
import { readAnsi, type StyledText, stylesWithin } from './ansi.ts';
import { isTooDeep } from './log-fields.ts';
import type { LogLine } from './log-line.ts';

/**
 * Reads one line of a log feed: the contract's JSON, the JSON of common loggers, logfmt, or plain text.
 * Refused is only what says that it is JSON and is not, or is no line of a log.
 *
 * @param nowMs by which a time without its date is told
 */
export function readLogLine(value: unknown, nowMs = Date.now()): ParseResult<LogLine> {
  if (isRecord(value)) return readEntry(value);
  if (typeof value !== 'string') return { ok: false, reason: 'it is neither text nor a JSON object' };
  const styled = readAnsi(value.endsWith('\n') ? value.replace(/\r?\n$/, '') : value);
  // What begins like a line of JSON is one, or broken; a piece of JSON over several lines is text.
  const isLine = styled.text.startsWith('{"');
  const json = isLine || SPACED_JSON.test(styled.text) ? readJson(styled.text) : null;
  if (json !== null && (json.ok || isLine)) return json;
  return { ok: true, value: withStyles(readLogText(styled.text, nowMs), styled) };
}

const SPACED_JSON = /^\s*\{\s*"/;

/** A line's message is the end of its text: its styles are those of that end. */
function withStyles(line: LogLine, { text, styles }: StyledText): LogLine {
  if (styles.length === 0) return line;
  const end = text.trimEnd().length;
  const start = end - line.message.length;
  if (text.slice(start, end) !== line.message) return line;
  const own = stylesWithin(styles, start, end);
  return own.length === 0 ? line : { ...line, styles: own };
}

function readJson(text: string): ParseResult<LogLine> {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? readEntry(parsed) : { ok: false, reason: 'it is no JSON object' };
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'its JSON is broken' : String(error) };
  }
}

function readEntry(record: LogRecord): ParseResult<LogLine> {
  const entry = readRecord(record);
  if (!isLogRecord(entry)) {
    const reason = 'message' in record ? 'its message is no text' : 'it has no message, no level and no time';
    return { ok: false, reason };
  }
  if (entry.fields !== null && isTooDeep(entry.fields))
    return { ok: false, reason: 'its fields are nested too deep' };
  // With no message, its fields are what is shown of it.
  const { text, styles } = readAnsi(entry.message ?? '');
  const line = { ...entry, message: text };
  return { ok: true, value: styles.length > 0 ? { ...line, styles } : line };
}

import { type JsonLine, readJsonEntry, readJsonLine } from '../../contract/log-lines/json-line.ts';
import { isRecord } from '../../contract/log-lines/record.ts';
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
  if (isRecord(value)) return inStyle(readJsonEntry(value));
  if (typeof value !== 'string') return { ok: false, reason: 'it is neither text nor a JSON object' };
  const styled = readAnsi(value.endsWith('\n') ? value.replace(/\r?\n$/, '') : value);
  const json = readJsonLine(styled.text);
  if (json !== null) return inStyle(json);
  const line = readLogText(styled.text, nowMs);
  // Text has JSON in it where Docker Compose wrote a container's name before.
  return hasDeepFields(line) ? tooDeep : { ok: true, value: withStyles(line, styled) };
}

const tooDeep = { ok: false, reason: 'its fields are nested too deep' } as const;
const hasDeepFields = ({ fields }: LogLine): boolean => fields !== null && isTooDeep(fields);

/** A line's message is the end of its text: its styles are those of that end. */
function withStyles(line: LogLine, { text, styles }: StyledText): LogLine {
  if (styles.length === 0) return line;
  const end = text.trimEnd().length;
  const start = end - line.message.length;
  if (text.slice(start, end) !== line.message) return line;
  const own = stylesWithin(styles, start, end);
  return own.length === 0 ? line : { ...line, styles: own };
}

function inStyle(json: JsonLine): ParseResult<LogLine> {
  if (!json.ok) return json;
  if (hasDeepFields(json.value)) return tooDeep;
  const { text, styles } = readAnsi(json.value.message);
  const line = { ...json.value, message: text };
  return { ok: true, value: styles.length > 0 ? { ...line, styles } : line };
}

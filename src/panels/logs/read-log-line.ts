import type { z } from 'zod';
import { tolerantLogEntrySchema } from '../../contract/logs.ts';
import type { ParseResult } from '../../streams/types.ts';
import { readAnsi, type StyledText, stylesWithin } from './ansi.ts';
import { isTooDeep } from './log-fields.ts';
import { readLevel } from './log-levels.ts';
import { type LogLine, readTime } from './log-line.ts';
import { readLogFmt } from './read-log-fmt.ts';
import { readLogText } from './read-log-text.ts';

/** What structured loggers call the same thing, the contract's own name first. */
const aliases = {
  timestamp: ['timestamp', 'time', '@timestamp', 'ts', 'datetime', 'date', 'asctime'],
  level: ['level', 'severity', 'levelname', 'lvl', 'log.level'],
  service: ['service', 'logger', 'name', 'logger_name', 'app', 'module', 'component', 'container', 'source'],
  message: ['message', 'msg', 'event', 'text', 'log', 'line', 'textPayload'],
} as const;

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Written for speed, as all that is done for each line: a feed may have 20,000 of them a second.
function keyOf(entry: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = entry[name];
    if (value !== undefined && value !== null) return name;
  }
  return null;
}

/**
 * Reads one line of a log feed: the contract's JSON, the JSON of common loggers, logfmt, or plain text.
 * Refused is only what says that it is JSON and is not, or holds no message.
 */
export function readLogLine(value: unknown): ParseResult<LogLine> {
  if (isObject(value)) return readEntry(value);
  if (typeof value !== 'string') return { ok: false, reason: 'it is neither text nor a JSON object' };
  const styled = readAnsi(value.endsWith('\n') ? value.replace(/\r?\n$/, '') : value);
  // What begins like a line of JSON is one, or broken; a piece of JSON over several lines is text.
  const isLine = styled.text.startsWith('{"');
  const json = isLine || SPACED_JSON.test(styled.text) ? readJson(styled.text) : null;
  if (json !== null && (json.ok || isLine)) return json;
  const pairs = readLogFmt(styled.text);
  return pairs ? readEntry(pairs) : { ok: true, value: withStyles(readLogText(styled.text), styled) };
}

const SPACED_JSON = /^\s*\{\s*"/;

/** A line's message is the end of its text: its styles are those of that end. */
function withStyles(line: LogLine, { text, styles }: StyledText): LogLine {
  const end = text.trimEnd().length;
  const start = end - line.message.length;
  if (styles.length === 0 || text.slice(start, end) !== line.message) return line;
  const own = stylesWithin(styles, start, end);
  return own.length === 0 ? line : { ...line, styles: own };
}

function readJson(text: string): ParseResult<LogLine> {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? readEntry(parsed) : { ok: true, value: readLogText(text) };
  } catch (error) {
    return { ok: false, reason: error instanceof SyntaxError ? 'its JSON is broken' : String(error) };
  }
}

function readEntry(entry: JsonObject): ParseResult<LogLine> {
  const keys = {
    timestamp: keyOf(entry, aliases.timestamp),
    level: keyOf(entry, aliases.level),
    service: keyOf(entry, aliases.service),
    message: keyOf(entry, aliases.message),
  };
  if (keys.message === null) return { ok: false, reason: `it has none of ${aliases.message.join(', ')}` };
  const level = keys.level === null ? undefined : entry[keys.level];
  const checked = check({
    timestamp: keys.timestamp === null ? undefined : entry[keys.timestamp],
    level: typeof level === 'number' ? String(level) : level,
    service: keys.service === null ? undefined : entry[keys.service],
    message: entry[keys.message],
    fields: isObject(entry.fields) ? entry.fields : undefined,
  });
  if (!checked.ok) return checked;
  const { value } = checked;
  const fields = otherFields(entry, keys, value.fields);
  if (fields !== null && isTooDeep(fields)) return { ok: false, reason: 'its fields are nested too deep' };
  const message = readAnsi(value.message);
  const line = {
    timeMs: readTime(value.timestamp),
    level: readLevel(value.level),
    service: value.service ?? null,
    message: message.text,
    fields,
  };
  return { ok: true, value: message.styles.length > 0 ? { ...line, styles: message.styles } : line };
}

type CheckedEntry = z.infer<typeof tolerantLogEntrySchema>;
type UncheckedEntry = Readonly<Record<keyof CheckedEntry, unknown>>;

/** What the schema says; asked is the schema itself only where that is not plain to see. */
function check(parts: UncheckedEntry): ParseResult<CheckedEntry> {
  if (isPlain(parts)) return { ok: true, value: parts };
  const parsed = tolerantLogEntrySchema.safeParse(parts);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, reason: `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'of another shape'}` };
}

const isTextOrNothing = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

function isPlain(parts: UncheckedEntry): parts is UncheckedEntry & CheckedEntry {
  return (
    typeof parts.message === 'string' &&
    isTextOrNothing(parts.timestamp) &&
    isTextOrNothing(parts.level) &&
    isTextOrNothing(parts.service) &&
    (parts.fields === undefined || isObject(parts.fields))
  );
}

function otherFields(
  entry: JsonObject,
  { timestamp, level, service, message }: Readonly<Record<keyof typeof aliases, string | null>>,
  fields: JsonObject | undefined,
): JsonObject | null {
  const others: [string, unknown][] = [];
  for (const key of Object.keys(entry)) {
    if (key === message || key === timestamp || key === level || key === service || key === 'fields')
      continue;
    others.push([key, entry[key]]);
  }
  // By entries: a field may be called `__proto__`.
  const all = others.length === 0 ? fields : Object.fromEntries([...Object.entries(fields ?? {}), ...others]);
  return all === undefined || Object.keys(all).length === 0 ? null : all;
}

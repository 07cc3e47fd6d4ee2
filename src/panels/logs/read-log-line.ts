import { tolerantLogEntrySchema } from '../../contract/logs.ts';
import type { ParseResult } from '../../streams/types.ts';
import { readAnsi, type StyledText, stylesWithin } from './ansi.ts';
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

function keyOf(entry: JsonObject, names: readonly string[]): string | null {
  return names.find((name) => entry[name] !== undefined && entry[name] !== null) ?? null;
}

/**
 * Reads one line of a log feed: the contract's JSON, the JSON of common loggers, logfmt, or plain text.
 * Refused is only what says that it is JSON and is not, or holds no message.
 */
export function readLogLine(value: unknown): ParseResult<LogLine> {
  if (isObject(value)) return readEntry(value);
  if (typeof value !== 'string') return { ok: false, reason: 'it is neither text nor a JSON object' };
  const styled = readAnsi(value.replace(/\r?\n$/, ''));
  if (styled.text.startsWith('{"')) return readJson(styled.text);
  const pairs = readLogFmt(styled.text);
  return pairs ? readEntry(pairs) : { ok: true, value: withStyles(readLogText(styled.text), styled) };
}

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
  const take = (key: string | null) => (key === null ? undefined : entry[key]);
  const level = take(keys.level);
  const parsed = tolerantLogEntrySchema.safeParse({
    timestamp: take(keys.timestamp),
    level: typeof level === 'number' ? String(level) : level,
    service: take(keys.service),
    message: take(keys.message),
    fields: isObject(entry.fields) ? entry.fields : undefined,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, reason: `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'of another shape'}` };
  }
  const { timestamp, service } = parsed.data;
  const message = readAnsi(parsed.data.message);
  return {
    ok: true,
    value: {
      timeMs: readTime(timestamp),
      level: readLevel(parsed.data.level),
      service: service ?? null,
      message: message.text,
      ...(message.styles.length > 0 && { styles: message.styles }),
      fields: otherFields(entry, Object.values(keys), parsed.data.fields),
    },
  };
}

function otherFields(
  entry: JsonObject,
  taken: readonly (string | null)[],
  fields: JsonObject | undefined,
): JsonObject | null {
  const others: Record<string, unknown> = { ...fields };
  for (const [key, value] of Object.entries(entry)) {
    if (key !== 'fields' && !taken.includes(key)) others[key] = value;
  }
  return Object.keys(others).length > 0 ? others : null;
}

import { withoutEscapes } from './escapes.ts';
import { readLevel } from './levels.ts';
import type { ReadLine } from './read-line.ts';
import { readTime } from './times.ts';

export type LogRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is LogRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key of a record, and one of the object that it holds where the value is in there. */
type Alias = readonly [key: string, inner?: string];

/** What structured loggers call the same thing, the contract's own name first. */
const aliases: Readonly<Record<'timestamp' | 'level' | 'service' | 'message', readonly Alias[]>> = {
  timestamp: [['timestamp'], ['time'], ['@timestamp'], ['ts'], ['@t'], ['datetime'], ['date'], ['asctime']],
  level: [
    ['level'],
    ['severity'],
    ['levelname'],
    ['lvl'],
    ['loglevel'],
    ['log.level'],
    ['log', 'level'],
    ['@level'],
  ],
  service: [
    ['service'],
    ['service.name'],
    ['service', 'name'],
    ['logger'],
    ['name'],
    ['logger_name'],
    ['app'],
    ['module'],
    ['component'],
    ['container'],
    ['source'],
  ],
  message: [
    ['message'],
    ['msg'],
    ['@message'],
    ['event'],
    ['text'],
    ['log'],
    ['line'],
    ['textPayload'],
    // An error that came without words of its own.
    ['err'],
    ['error'],
  ],
};

interface Taken<T> {
  readonly alias: Alias;
  readonly value: T;
}

/** The first of these that has a value of the right kind; whatever else bears such a name is left where it is. */
function take<T>(
  record: LogRecord,
  names: readonly Alias[],
  read: (value: unknown) => T | null,
): Taken<T> | null {
  for (const alias of names) {
    const [key, inner] = alias;
    const outer = record[key];
    if (outer === undefined || outer === null) continue;
    const value = inner === undefined ? read(outer) : isRecord(outer) ? read(outer[inner]) : null;
    if (value !== null) return { alias, value };
  }
  return null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const plainText = (value: unknown): string | null =>
  typeof value === 'string' ? withoutEscapes(value) : null;
const levelOf = (value: unknown) => readLevel(typeof value === 'string' ? withoutEscapes(value) : value);

/**
 * Reads what a structured logger wrote, JSON or logfmt. The message is as it came, escape sequences included, and null where there is
 * none; all that was not taken is among the fields.
 */
export function readRecord(
  record: LogRecord,
): Omit<ReadLine, 'message'> & { readonly message: string | null } {
  const timestamp = take(record, aliases.timestamp, readTime);
  const level = take(record, aliases.level, levelOf);
  const service = take(record, aliases.service, plainText);
  const message = take(record, aliases.message, textOf);
  return {
    timeMs: timestamp?.value ?? null,
    level: level?.value ?? null,
    service: service?.value ?? null,
    message: message?.value ?? errorWords(record),
    fields: fieldsOf(record, [timestamp, level, service, message]),
  };
}

/** Whether a record is a line of a log at all: with no message, it has to say how severe it is, or when it was. */
export const isLogRecord = ({ message, level, timeMs }: ReturnType<typeof readRecord>): boolean =>
  message !== null || level !== null || timeMs !== null;

/** `{err: {message}}`, as pino writes a logged error; the object stays among the fields, with its stack. */
function errorWords({ err, error }: LogRecord): string | null {
  const thrown = err ?? error;
  return isRecord(thrown) ? textOf(thrown.message) : null;
}

function fieldsOf(record: LogRecord, taken: readonly (Taken<unknown> | null)[]): LogRecord | null {
  const others: [string, unknown][] = [];
  for (const key of Object.keys(record)) {
    const left = leftOf(record, key, taken);
    if (left === undefined) continue;
    if (key === 'fields' && isRecord(left)) {
      for (const inner of Object.keys(left)) others.push([inner, plainValue(left[inner], MAX_DEPTH)]);
    } else others.push([key, plainValue(left, MAX_DEPTH)]);
  }
  // By entries: a field may be called `__proto__`.
  return others.length === 0 ? null : Object.fromEntries(others);
}

/** What is left of the value under a key; undefined for nothing. */
function leftOf(record: LogRecord, key: string, taken: readonly (Taken<unknown> | null)[]): unknown {
  let value = record[key];
  for (const each of taken) {
    if (each === null || each.alias[0] !== key) continue;
    const [, inner] = each.alias;
    if (inner === undefined || !isRecord(value)) return undefined;
    const rest = Object.entries(value).filter(([name]) => name !== inner);
    if (rest.length === 0) return undefined;
    value = Object.fromEntries(rest);
  }
  return value;
}

/** Deeper, nobody reads them: the page refuses such fields. */
const MAX_DEPTH = 64;

/** Without escape sequences: what colours a terminal is noise in a list of fields. The same object where there are none. */
function plainValue(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return withoutEscapes(value);
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  const plain = Object.entries(value).map(([key, inner]) => [key, plainValue(inner, levels - 1)] as const);
  if (plain.every(([key, inner]) => (value as LogRecord)[key] === inner)) return value;
  return Array.isArray(value) ? plain.map(([, inner]) => inner) : Object.fromEntries(plain);
}

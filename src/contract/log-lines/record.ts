import type { LogLevel } from '../logs.ts';
import { type Alias, type Aliases, aliases, aliasesInOtherCase } from './aliases.ts';
import { withoutEscapes } from './escapes.ts';
import { readLevel, readSeverity } from './levels.ts';
import type { ReadLine } from './read-line.ts';
import { readTime } from './times.ts';

export type LogRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is LogRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Taken<T> {
  readonly alias: Alias;
  readonly value: T;
}

/** The first of these that has a value of the right kind; whatever else bears such a name is left where it is. */
function take<T>(
  record: LogRecord,
  names: readonly Alias[],
  read: (value: unknown, key: string, record: LogRecord) => T | null,
): Taken<T> | null {
  for (const alias of names) {
    const [key, inner] = alias;
    const outer = record[key];
    if (outer === undefined || outer === null) continue;
    const own = inner === undefined ? outer : isRecord(outer) ? outer[inner] : null;
    const value = read(own, key, record);
    if (value !== null) return { alias, value };
  }
  return null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const plainText = (value: unknown): string | null =>
  typeof value === 'string' ? withoutEscapes(value) : null;
const isSyslog = (key: string, { version, short_message }: LogRecord): boolean =>
  /^(?:severity|PRIORITY)$/.test(key) || (version !== undefined && short_message !== undefined);

/** 3 is an error of syslog's, journald's and GELF's; to Go's logr it is nothing to worry about. */
function levelOf(value: unknown, key: string, record: LogRecord): LogLevel | null {
  const plain = typeof value === 'string' ? withoutEscapes(value) : value;
  return readLevel(plain) ?? (isSyslog(key, record) ? readSeverity(plain) : null);
}

/** What a record says. The message is as it came, escape sequences included. */
type ReadRecord = Omit<ReadLine, 'message'> & { readonly message: string | null };

/** Reads what a structured logger wrote, JSON or logfmt; all that was not taken is among the fields. */
export const readRecord = (record: LogRecord): ReadRecord => readBy(aliases, record);

/** As `readRecord`, of JSON: where none of the names is there, those of .NET are looked for, which are the same in capitals. */
export function readJsonRecord(record: LogRecord): ReadRecord {
  const read = readRecord(record);
  return isLogRecord(read) ? read : readBy(aliasesInOtherCase(Object.keys(record)), record);
}

function readBy(names: Aliases, record: LogRecord): ReadRecord {
  const timestamp = take(record, names.timestamp, readTime);
  const level = take(record, names.level, levelOf);
  const service = take(record, names.service, plainText);
  const message = take(record, names.message, textOf);
  return {
    timeMs: timestamp?.value ?? null,
    level: level?.value ?? null,
    service: service?.value ?? null,
    message: message?.value ?? errorWords(record),
    fields: fieldsOf(record, [timestamp, level, service, message]),
  };
}

/** Whether a record is a line of a log at all: with no message, it has to say how severe it is, or when it was. */
export const isLogRecord = ({ message, level, timeMs }: ReadRecord): boolean =>
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

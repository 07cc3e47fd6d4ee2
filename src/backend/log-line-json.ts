import type { LogLevel } from '../contract/logs.ts';
import { levelNamed } from './log-levels.ts';
import { timeNamed } from './log-times.ts';

/** What a line says of itself; null where it doesn't. */
export interface ReadLine {
  readonly timestamp: string | null;
  readonly level: LogLevel | null;
  readonly service: string | null;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

const LEVEL_KEYS = ['level', 'severity', 'lvl', 'levelname', 'loglevel', 'log.level', '@level'];
const MESSAGE_KEYS = ['msg', 'message', '@message', 'text', 'event'];
const TIME_KEYS = ['time', 'timestamp', 'ts', '@timestamp', '@t', 'date', 'datetime', 'asctime'];
const SERVICE_KEYS = ['service', 'service.name', 'name', 'logger', 'app', 'component', 'module'];

/** A line that is one JSON object, whatever library wrote it; null where it is none. */
export function readJsonLine(text: string): ReadLine | null {
  if (!text.startsWith('{')) return null;
  const record = parsedObject(text);
  return record === null ? null : readRecord(record);
}

function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON after all: it is read as text.
    return null;
  }
}

/** Common keys become the entry's own; what is left stays as its fields. */
export function readRecord(record: Readonly<Record<string, unknown>>): ReadLine {
  const left = new Map(Object.entries(record));
  const take = <T>(keys: readonly string[], read: (value: unknown) => T | null): T | null => {
    for (const key of keys) {
      const value = read(left.get(key));
      if (value === null) continue;
      left.delete(key);
      return value;
    }
    return null;
  };
  const level = take(LEVEL_KEYS, levelNamed);
  const timestamp = take(TIME_KEYS, timeNamed);
  const service = take(SERVICE_KEYS, nonEmptyText);
  const message = take(MESSAGE_KEYS, nonEmptyText) ?? errorMessage(left) ?? '';
  return { timestamp, level, service, message, fields: fieldsOf(left) };
}

/** What is left over; an object named `fields` with nothing beside it stands for itself. */
function fieldsOf(left: ReadonlyMap<string, unknown>): Record<string, unknown> | null {
  const fields = left.get('fields');
  if (left.size === 1 && typeof fields === 'object' && fields !== null) return { ...fields };
  return left.size === 0 ? null : Object.fromEntries(left);
}

function nonEmptyText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `{err: {message}}`, as pino writes a logged error that came without words. */
function errorMessage(left: ReadonlyMap<string, unknown>): string | null {
  const error = left.get('err') ?? left.get('error');
  if (typeof error === 'string') return error;
  return typeof error === 'object' && error !== null && 'message' in error
    ? nonEmptyText(error.message)
    : null;
}

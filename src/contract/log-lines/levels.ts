import { LOG_LEVELS, type LogLevel } from '../logs.ts';

/** The names that loggers of all kinds use, in lower case. */
const names: Record<LogLevel, readonly string[]> = {
  trace: ['trace', 'trc', 'trce', 'verbose', 'silly', 'finest', 'finer', 't', 'v'],
  debug: ['debug', 'dbg', 'dbug', 'fine', 'config', 'd'],
  info: ['info', 'inf', 'information', 'informational', 'notice', 'log', 'success', 'i', 'n'],
  warn: ['warn', 'wrn', 'warning', 'w'],
  error: ['error', 'err', 'severe', 'fail', 'failure', 'e'],
  fatal: ['fatal', 'ftl', 'critical', 'crit', 'alert', 'emergency', 'emerg', 'panic', 'f', 'c'],
};

/** A map, as any word can stand where a level is looked for: `constructor`, too. */
const levelByName = new Map<string, LogLevel>(
  LOG_LEVELS.flatMap((level) => names[level].map((name) => [name, level] as const)),
);

/** Syslog's severities 0 to 7 (RFC 5424, section 6.2.1). */
const SYSLOG: readonly LogLevel[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

/** The level in a syslog line's priority, which is 8 times the facility and the severity. */
export const levelOfPriority = (priority: number): LogLevel => SYSLOG[priority % 8] ?? 'info';

/** Monolog's whole hundreds, 100 to 600, and its 550, an alert. */
const monolog = new Map<number, LogLevel>([
  [100, 'debug'],
  [200, 'info'],
  [250, 'info'],
  [300, 'warn'],
  [400, 'error'],
  [500, 'fatal'],
  [550, 'fatal'],
  [600, 'fatal'],
]);

/** Pino and bunyan count from 10, trace, to 60, fatal. A smaller number is one logger's info and the next one's emergency. */
function levelOfNumber(value: number): LogLevel | null {
  if (value > 60) return monolog.get(value) ?? null;
  return LOG_LEVELS[Math.floor(value / 10) - 1] ?? null;
}

const digits = /^\d{1,9}$/;

/** Reads a level by any of its common names or numbers; null where it is none. */
export function readLevel(value: unknown): LogLevel | null {
  if (typeof value === 'number') return levelOfNumber(value);
  if (typeof value !== 'string') return null;
  const known = levelByName.get(value);
  if (known !== undefined) return known;
  const text = value.trim().toLowerCase();
  if (digits.test(text)) return levelOfNumber(Number(text));
  return levelByName.get(text) ?? null;
}

/** Reads one of syslog's severities, 0 to 7, as a number or in digits; null where it is none. */
export function readSeverity(value: unknown): LogLevel | null {
  const number = typeof value === 'string' && digits.test(value) ? Number(value) : value;
  return typeof number === 'number' ? (SYSLOG[number] ?? null) : null;
}

/** As `readLevel`, for words in running text: single letters are words there, not levels. */
export function readLevelWord(word: string): LogLevel | null {
  return word.length > 1 ? (levelByName.get(word.toLowerCase()) ?? null) : null;
}

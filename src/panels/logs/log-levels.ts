import { LOG_LEVELS, type LogLevel } from '../../contract/logs.ts';

/** A level, or `other` for lines that name none. */
export type LevelKey = LogLevel | 'other';
export const LEVEL_KEYS: readonly LevelKey[] = [...LOG_LEVELS, 'other'];

/** The names that loggers of all kinds use, in lower case. */
const names: Record<LogLevel, readonly string[]> = {
  trace: ['trace', 'trc', 'verbose', 'silly', 'finest', 'finer', 't', 'v'],
  debug: ['debug', 'dbg', 'fine', 'config', 'd'],
  info: ['info', 'inf', 'information', 'informational', 'notice', 'log', 'success', 'i', 'n'],
  warn: ['warn', 'wrn', 'warning', 'w'],
  error: ['error', 'err', 'severe', 'failure', 'e'],
  fatal: ['fatal', 'ftl', 'critical', 'crit', 'alert', 'emergency', 'emerg', 'panic', 'f', 'c'],
};

const levelByName = new Map<string, LogLevel>(
  LOG_LEVELS.flatMap((level) => names[level].map((name) => [name, level] as const)),
);

/** Numbers as pino and bunyan write them: 10 is trace, 60 is fatal. */
function levelOfNumber(value: number): LogLevel | null {
  if (value < 10) return null;
  return LOG_LEVELS[Math.min(LOG_LEVELS.length, Math.floor(value / 10)) - 1] ?? null;
}

/** Reads a level by any of its common names, or by pino's number; null where it is none. */
export function readLevel(value: unknown): LogLevel | null {
  if (typeof value === 'number') return levelOfNumber(value);
  if (typeof value !== 'string') return null;
  const known = levelByName.get(value);
  if (known !== undefined) return known;
  const text = value.trim().toLowerCase();
  if (/^\d+$/.test(text)) return levelOfNumber(Number(text));
  return levelByName.get(text) ?? null;
}

/** As `readLevel`, for words in running text: single letters are words there, not levels. */
export function readLevelWord(word: string): LogLevel | null {
  return word.length > 1 ? (levelByName.get(word.toLowerCase()) ?? null) : null;
}

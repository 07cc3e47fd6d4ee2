import type { LogLevel } from '../contract/logs.ts';

/** Its own keys alone are names: any word can stand where a level is looked for, `constructor` too. */
const NAMES: Readonly<Record<string, LogLevel>> = {
  trace: 'trace',
  trc: 'trace',
  silly: 'trace',
  finest: 'trace',
  debug: 'debug',
  dbg: 'debug',
  verbose: 'debug',
  fine: 'debug',
  info: 'info',
  inf: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  log: 'info',
  warn: 'warn',
  wrn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  fatal: 'fatal',
  ftl: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  panic: 'fatal',
};

/** Syslog's severities 0 to 7 (RFC 5424, section 6.2.1). */
const SYSLOG: readonly LogLevel[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

/** A level as log libraries name or number it (pino and bunyan: 10, 20, … 60); null where it is none. */
export function levelNamed(level: unknown): LogLevel | null {
  if (typeof level === 'number') return levelNumbered(level);
  if (typeof level !== 'string') return null;
  if (/^\d+$/.test(level)) return levelNumbered(Number(level));
  const name = level.toLowerCase();
  return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null;
}

function levelNumbered(level: number): LogLevel {
  if (level < 8) return syslogLevel(level);
  if (level < 20) return 'trace';
  if (level < 30) return 'debug';
  if (level < 40) return 'info';
  if (level < 50) return 'warn';
  return level < 60 ? 'error' : 'fatal';
}

export function syslogLevel(severity: number): LogLevel {
  return SYSLOG[Math.floor(severity)] ?? 'info';
}

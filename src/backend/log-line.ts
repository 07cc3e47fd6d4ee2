import type { LogEntry } from '../contract/logs.ts';
import { levelNamed, syslogLevel } from './log-levels.ts';
import { type ReadLine, readJsonLine, readRecord } from './log-line-json.ts';
import { syslogTime, timeNamed } from './log-times.ts';

/** What stands in for the things a line doesn't say. */
export interface LineDefaults {
  readonly service: string;
  /** When the line was read. */
  readonly nowMs: number;
}

/** Reads a line of any log: JSON, logfmt, syslog, or text that begins with a time or a level. It never fails. */
export function readLogLine(text: string, defaults: LineDefaults): LogEntry {
  const line = readJsonLine(text) ?? readSyslog(text, defaults.nowMs) ?? readLogfmt(text) ?? readText(text);
  return {
    timestamp: line.timestamp ?? new Date(defaults.nowMs).toISOString(),
    level: line.level ?? 'info',
    service: line.service ?? defaults.service,
    message: line.message,
    ...(line.fields === null ? {} : { fields: line.fields }),
  };
}

/** RFC 5424's header, and the older form of RFC 3164. */
const NEW_SYSLOG = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (?:-|\[.*?\]) ?(.*)$/s;
const OLD_SYSLOG =
  /^(?:<(\d{1,3})>)?([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (\S+) ([^\s:[]+)(?:\[(\d+)\])?: (.*)$/s;

function readSyslog(text: string, nowMs: number): ReadLine | null {
  const [, newPriority, time = '', host, app = '', pid, , newMessage = ''] = NEW_SYSLOG.exec(text) ?? [];
  if (newPriority !== undefined) {
    const level = syslogLevel(Number(newPriority) % 8);
    return { timestamp: timeNamed(time), level, service: app, message: newMessage, fields: { host, pid } };
  }
  const [, priority, oldTime, oldHost, oldApp = '', oldPid, message = ''] = OLD_SYSLOG.exec(text) ?? [];
  if (oldTime === undefined) return null;
  const inner = readText(message);
  return {
    timestamp: syslogTime(oldTime, nowMs),
    level: priority === undefined ? inner.level : syslogLevel(Number(priority) % 8),
    service: oldApp,
    message: inner.message,
    fields: { host: oldHost, ...(oldPid === undefined ? {} : { pid: oldPid }) },
  };
}

const LOGFMT_PAIR = /([\w.@-]+)=("(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s+|$)/y;

/** `level=info msg="started" port=8080`: pairs from the first character to the last, a message or a level among them. */
function readLogfmt(text: string): ReadLine | null {
  const record: Record<string, unknown> = {};
  LOGFMT_PAIR.lastIndex = 0;
  while (LOGFMT_PAIR.lastIndex < text.length) {
    const pair = LOGFMT_PAIR.exec(text);
    if (pair === null) return null;
    record[pair[1] ?? ''] = unquoted(pair[2] ?? '');
  }
  const line = readRecord(record);
  return line.level === null && line.message === '' ? null : line;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

const LEADING_TIME =
  /^\[?(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)\]?[\s:|-]+/;
const LEADING_LEVEL = /^(?:\[\s*([A-Za-z]{3,13})\s*\]:?|([A-Z]{3,13})\b:?|([A-Za-z]{3,13}):)[\s|-]*/;
const LEADING_SERVICE = /^\[?([A-Za-z][\w./-]{0,40})\]?: +(?=\S)/;

/** `2026-11-21 10:00:00,123 [ERROR] billing: no route`: each of the three is optional, in this order. */
function readText(text: string): ReadLine {
  const time = LEADING_TIME.exec(text);
  const afterTime = text.slice(time?.[0].length ?? 0);
  const found = LEADING_LEVEL.exec(afterTime);
  const level = found === null ? null : levelNamed(found[1] ?? found[2] ?? found[3]);
  if (level === null) {
    return { timestamp: timeNamed(time?.[1]), level, service: null, message: afterTime, fields: null };
  }
  const afterLevel = afterTime.slice(found?.[0].length ?? 0);
  const service = LEADING_SERVICE.exec(afterLevel);
  return {
    timestamp: timeNamed(time?.[1]),
    level,
    service: service?.[1] ?? null,
    message: afterLevel.slice(service?.[0].length ?? 0),
    fields: null,
  };
}

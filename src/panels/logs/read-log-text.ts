import type { LogLevel } from '../../contract/logs.ts';
import { readLevelWord } from './log-levels.ts';
import { type LogLine, readTime } from './log-line.ts';

/** ISO 8601 and Python's `2026-01-01 12:00:00,123`, in brackets or not. */
const leadingTime =
  /^\[?(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)\]?(?:\s+[-|]\s+|[\s|]+|$)/;
/** `[ERROR]`, `(warn)`, `<info>`, `INFO`, `INFO:` and what parts it from the rest. */
const leadingWord =
  /^(?:[[(<]\s*([A-Za-z]{2,13})\s*[\])>]|([A-Za-z]{2,13})(?=[\s:|-]|$))[:|]?\s*(?:[-|]\s+)?/;
/** Python's `LEVEL:logger:message`. */
const pythonBasic = /^([A-Z]{4,8}):([\w.]+):(.*)$/s;
/** Python's usual format, `service - LEVEL - message`. */
const pythonUsual = /^([\w./@:-]+)\s+[-|]\s+(?=[[(]?[A-Za-z]{3,13}[\])]?\s+[-|]\s)/;

const bracketed = /^\[([A-Za-z_][\w./@:-]{0,39})\][:\s]\s*/;
const dashed = /^([A-Za-z_][\w./@:-]{0,39})\s+[-–|]\s+/;
/** Rust's `crate::module: message`, and `service: message`. */
const coloned = /^([A-Za-z_][\w./@-]*(?:::[\w-]+)*):\s+/;

interface Rest {
  readonly text: string;
}

function takeTime({ text }: Rest): Rest & { timeMs: number | null } {
  const match = leadingTime.exec(text);
  const timeMs = match ? readTime(match[1]) : null;
  return match && timeMs !== null ? { text: text.slice(match[0].length), timeMs } : { text, timeMs: null };
}

function takeLevel({ text }: Rest): Rest & { level: LogLevel | null } {
  const match = leadingWord.exec(text);
  const bare = match?.[2];
  // "Failure of …" or "Log in …" starts a sentence: without brackets or a colon, only capitals make a level.
  if (bare !== undefined && bare !== bare.toUpperCase() && !match?.[0].includes(':'))
    return { text, level: null };
  const level = readLevelWord(match?.[1] ?? bare ?? '');
  return match && level ? { text: text.slice(match[0].length), level } : { text, level: null };
}

function takeService({ text }: Rest, trusted: boolean): Rest & { service: string | null } {
  const match = bracketed.exec(text) ?? dashed.exec(text) ?? (trusted ? coloned.exec(text) : null);
  const service = match?.[1];
  return match && service ? { text: text.slice(match[0].length), service } : { text, service: null };
}

/**
 * Reads a plain text line in the common forms: `[ERROR] Something failed`, `ERROR: x`, `2026-01-01T12:00:00Z INFO service - x`,
 * Python's, Rust's and uvicorn's. What fits none is a message with nothing else known.
 */
export function readLogText(whole: string): LogLine {
  const basic = pythonBasic.exec(whole);
  const basicLevel = readLevelWord(basic?.[1] ?? '');
  if (basic && basicLevel) return line(null, basicLevel, basic[2] ?? null, basic[3] ?? '');

  const timed = takeTime({ text: whole.trimStart() });
  const usual = pythonUsual.exec(timed.text);
  const levelled = takeLevel({ text: usual ? timed.text.slice(usual[0].length) : timed.text });
  if (usual && levelled.level) return line(timed.timeMs, levelled.level, usual[1] ?? null, levelled.text);

  const plain = usual ? takeLevel(timed) : levelled;
  // A level with no time before it (`[12:00:01] …` aside) makes a later time unlikely, not impossible: `INFO 2026-…`.
  const late =
    timed.timeMs === null && plain.level ? takeTime(plain) : { text: plain.text, timeMs: timed.timeMs };
  const known = plain.level !== null || late.timeMs !== null;
  const named = known ? takeService(late, late.timeMs !== null) : { text: late.text, service: null };
  return line(late.timeMs, plain.level, named.service, named.text);
}

function line(
  timeMs: number | null,
  level: LogLevel | null,
  service: string | null,
  message: string,
): LogLine {
  return { timeMs, level, service, message: message.trimEnd(), fields: null };
}

import { withoutEscapes } from './escapes.ts';
import { readHeader } from './headers.ts';
import { readJsonLine } from './json-line.ts';
import { LineDraft } from './line-draft.ts';
import { readLogfmt } from './logfmt.ts';
import type { ReadLine } from './read-line.ts';
import { takeHostAndApp, takeLevelAmidNames, takeNames } from './take-names.ts';
import { CLOCK, DATE_TIME, nearestTime, readTime } from './times.ts';

const GAP = '(?:\\s+[-|]\\s+|[\\s|]+|$)';
/** In brackets or not; a zone's other names (`CET`) are not known to be one zone, and are left out. */
const leadingTime = new RegExp(`^\\[?(${DATE_TIME})(?: [A-Z]{3,5}(?= \\[\\d))?(?:\\]:?|:(?=\\s))?${GAP}`);
const leadingClock = new RegExp(`^(\\[?)(${CLOCK})(?:\\]:?)?${GAP}`);

/** Docker Compose's `shop-api-1  | `, padded to the longest name with two spaces at least; its first version wrote `shop_api_1  | `. */
const containerName = /^([a-zA-Z\d][\w.-]{0,200}[-_]\d{1,4})\s{2,200}\|(?: |$)/;

/**
 * Reads a plain text line in the common forms: `[ERROR] Something failed`, `ERROR: x`, `2026-01-01T12:00:00Z INFO service - x`,
 * logfmt, syslog's, Python's, Java's, Rust's and those of known servers, and any line that Docker Compose wrote a container's name
 * before. What fits none is a message with nothing else known.
 *
 * @param nowMs by which a time without its date is told
 */
export function readLogText(whole: string, nowMs: number): ReadLine {
  const match = containerName.exec(whole);
  if (match === null) return readOwnText(whole, nowMs);
  const [prefix, container = ''] = match;
  const line = readOfContainer(whole.slice(prefix.length), nowMs);
  if (line.service === null) return { ...line, service: container };
  return { ...line, fields: { container, ...line.fields } };
}

function readOfContainer(text: string, nowMs: number): ReadLine {
  const json = readJsonLine(text);
  return json?.ok ? { ...json.value, message: withoutEscapes(json.value.message) } : readOwnText(text, nowMs);
}

function readOwnText(whole: string, nowMs: number): ReadLine {
  const text = whole.trimStart();
  return (
    readHeader(text, nowMs) ??
    readLogfmt(text) ??
    readWithClock(text, nowMs) ??
    readWithDate(text, text !== whole)
  );
}

/** A time of day is one where it stands in brackets or before a level; else somebody may be telling it. */
function readWithClock(text: string, nowMs: number): ReadLine | null {
  const match = leadingClock.exec(text);
  if (match === null) return null;
  const [whole, bracket, clock = ''] = match;
  const line = new LineDraft(text.slice(whole.length));
  line.timeMs = nearestTime(clock, nowMs);
  if (line.timeMs === null) return null;
  line.hasLoggersTime = isLoggersTime(clock);
  takeNames(line, takeLevelAmidNames(line));
  return bracket === '[' || line.level !== null ? line.finish() : null;
}

function readWithDate(text: string, isIndented: boolean): ReadLine {
  const line = new LineDraft(text, isIndented);
  takeTime(line);
  if (line.timeMs !== null) takeHostAndApp(line);
  const brackets = takeLevelAmidNames(line);
  // A level with no time before it makes a later time unlikely, not impossible: `INFO 2026-…`.
  if (line.timeMs === null && line.level !== null) takeTime(line);
  if (line.timeMs !== null || line.level !== null) takeNames(line, brackets);
  return line.finish();
}

function takeTime(line: LineDraft): void {
  const { rest } = line;
  const time = line.take(leadingTime)?.[1];
  line.timeMs = readTime(time);
  line.hasLoggersTime = isLoggersTime(time ?? '');
  if (line.timeMs === null) line.rest = rest;
}

const isLoggersTime = (time: string): boolean => /,\d{3}$/.test(time);

/** `12:00:01` and fractions of it, in the words of a regular expression. */
export const CLOCK = '\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?';
/** ISO 8601, with Python's comma, Go's slashes, and a zone that may stand apart. */
export const DATE_TIME = `\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]${CLOCK}(?: ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?!\\w))?`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const MONTH = `(?:${MONTHS.join('|')})`;

/** What a Date can hold (ECMA-262, 21.4.1.1). */
const MAX_MS = 8.64e15;

/** Epoch seconds, milliseconds, microseconds and nanoseconds tell themselves apart by size for any date from 1973 to 5138. */
function epochMs(value: number): number | null {
  // A smaller one is a duration, or a count.
  if (!(value >= 1e8)) return null;
  if (value < 1e11) return value * 1_000;
  if (value < 1e14) return value;
  const ms = value < 1e17 ? value / 1e3 : value / 1e6;
  return ms <= MAX_MS ? ms : null;
}

/** Most lines of a burst bear the time of the one before. */
let lastRead = { text: '', timeMs: null as number | null };

/** Reads a time as loggers write it, in milliseconds since 1970; null where it is none. A time that names no zone is local. */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string') return null;
  if (value !== lastRead.text) lastRead = { text: value, timeMs: readTimeText(value.trim()) };
  return lastRead.timeMs;
}

const dateTime =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[Tt ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))? ?(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/;
/** `Thu, 01 Jan 2026 12:00:00 GMT`, `Thu Jan  1 12:00:00 2026`, and a web server's `01/Jan/2026:12:00:00 +0000`. */
const withMonth = new RegExp(
  `^(?:[A-Z][a-z]{2,8},? )?(?:${MONTH}[a-z]{0,6} [ \\d]?\\d,?|\\d{1,2}[ /-]${MONTH})[ /-].{0,40}$`,
);

/** As scripts write times (ECMA-262, 21.4.1.32), and so do most loggers. */
const script = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Date.parse by itself finds the year 2000 in "0.003", and refuses in one browser what it takes in another. */
function readTimeText(text: string): number | null {
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(text)) return epochMs(Number(text));
  if (script.test(text)) return parsed(text);
  const iso = dateTime.exec(text);
  if (iso !== null) return parsed(isoTextOf(iso));
  if (!withMonth.test(text) || !/\d\d:\d\d/.test(text)) return null;
  return parsed(text.replace(/^(\d\d)\/(\w{3})\/(\d{4}):/, '$1 $2 $3 '));
}

function parsed(text: string): number | null {
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** In the one form that every browser has to read (ECMA-262, 21.4.1.32). */
function isoTextOf([
  ,
  year,
  month,
  day,
  minute,
  second = ':00',
  fraction = '',
  zone = '',
]: RegExpExecArray): string {
  const date = `${year}-${month}-${day}`;
  if (minute === undefined) return date;
  return `${date}T${minute}${second}.${fraction.padEnd(3, '0').slice(0, 3)}${isoZone(zone)}`;
}

function isoZone(zone: string): string {
  if (zone === '') return '';
  if (/[A-Za-z]/.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}

const DAY_MS = 86_400_000;

/** A time of day without its date: the one that is nearest to now, so that one of just before midnight is yesterday's. */
export function nearestTime(clock: string, nowMs: number): number | null {
  const now = new Date(nowMs);
  const atMs = localTime(now.getFullYear(), now.getMonth(), now.getDate(), clock);
  if (atMs === null) return null;
  if (atMs - nowMs > DAY_MS / 2) return atMs - DAY_MS;
  return nowMs - atMs > DAY_MS / 2 ? atMs + DAY_MS : atMs;
}

/**
 * A time without its year: the last time that it was that day. What is less than a day ahead is of this year and another zone.
 *
 * @param month by its English name's first three letters, or its number, `01` for January
 */
export function lastTimeOfYear(month: string, day: string, clock: string, nowMs: number): number | null {
  const index = MONTHS.includes(month) ? MONTHS.indexOf(month) : Number(month) - 1;
  const year = new Date(nowMs).getFullYear();
  const atMs = localTime(year, index, Number(day), clock);
  return atMs !== null && atMs > nowMs + DAY_MS ? localTime(year - 1, index, Number(day), clock) : atMs;
}

/** @param month by its English name's first three letters */
export const timeOfDate = (year: string, month: string, day: string, clock: string): number | null =>
  localTime(Number(year), MONTHS.indexOf(month), Number(day), clock);

function localTime(year: number, month: number, day: number, clock: string): number | null {
  const [hour = 0, minute = 0, second = 0] = clock
    .split(':')
    .map((part) => Number.parseFloat(part.replace(',', '.')));
  const isReal = month >= 0 && month < 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return null;
  // Of 1.123 s, a float, too little is left without the rounding.
  const ms = Math.floor(Math.round(1e6 * second) / 1e3);
  return new Date(year, month, day, hour, minute, 0, ms).getTime();
}

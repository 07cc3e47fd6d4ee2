import type { TimeRange } from './log-filter.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** The time of day here, with milliseconds: what parts two log lines. */
export function formatClock(epochMs: number): string {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return String(epochMs);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** The day here. */
function formatDay(epochMs: number): string {
  const date = new Date(epochMs);
  const year = String(date.getFullYear()).padStart(4, '0');
  return `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Date, time and zone; a time beyond what a Date can hold is shown as the number it is. */
export function formatExact(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? String(epochMs) : date.toISOString();
}

/** A range as it is read: an end that is open is left out, and so is the day where it is the one that is expected. */
export function rangeWords({ fromMs, toMs }: TimeRange, nowMs = Date.now()): string {
  const today = formatDay(nowMs);
  if (fromMs === Number.NEGATIVE_INFINITY) return `until ${withDayUnless(today, toMs)}`;
  if (toMs === Number.POSITIVE_INFINITY) return `from ${withDayUnless(today, fromMs)}`;
  return `${withDayUnless(today, fromMs)} – ${withDayUnless(formatDay(fromMs), toMs)}`;
}

/** To a tenth of a second: no bar of the histogram is narrower. */
function withDayUnless(expected: string, epochMs: number): string {
  const [day, clock] = [formatDay(epochMs), formatClock(epochMs).slice(0, 10)];
  return day === expected ? clock : `${day} ${clock}`;
}

/** As a field of local date and time writes it, to the second; empty for what it can't show, as the open end of a range. */
export function localFieldText(epochMs: number): string {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return '';
  const seconds = date.getSeconds() === 0 ? '' : `:${two(date.getSeconds())}`;
  // Not by the zone's offset: that is whole minutes, which those of long ago are not, and a year is typed digit by digit.
  return `${formatDay(epochMs)}T${two(date.getHours())}:${two(date.getMinutes())}${seconds}`;
}

/** Epoch seconds, milliseconds, microseconds or nanoseconds: told apart by size, which fits all times from 1973 on. */
function epochMs(value: number): number {
  if (value < 1e11) return value * 1_000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1_000 : value / 1_000_000;
}

/** A time as log libraries write it, as ISO 8601 text; null where it is none. Text without a zone is local time. */
export function timeNamed(value: unknown): string | null {
  if (typeof value === 'number') return isoText(epochMs(value));
  if (typeof value !== 'string' || value === '') return null;
  if (/^\d+(\.\d+)?$/.test(value)) return isoText(epochMs(Number(value)));
  return isoText(Date.parse(value.replace(',', '.').replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3')));
}

/** `Nov  3 07:04:05`, which has no year: the last time that it was that day. */
export function syslogTime(text: string, nowMs: number): string | null {
  const year = new Date(nowMs).getFullYear();
  const atMs = Date.parse(`${text} ${year}`);
  const dayAhead = nowMs + 86_400_000;
  return isoText(atMs > dayAhead ? Date.parse(`${text} ${year - 1}`) : atMs);
}

function isoText(atMs: number): string | null {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const two = (value: number) => String(value).padStart(2, '0');

/** The time of day here, with milliseconds: what parts two log lines. */
export function formatClock(epochMs: number): string {
  const date = new Date(epochMs);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Date, time and zone; a time beyond what a Date can hold is shown as the number it is. */
export function formatExact(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? String(epochMs) : date.toISOString();
}

/** Where something was found in a text: from `start`, `end` no longer part of it. */
export interface FoundRange {
  readonly start: number;
  readonly end: number;
}

export const MAX_RANGES = 200;

/** @param needle in lower case. */
export function findText(text: string, needle: string): readonly FoundRange[] {
  const whole = text.toLowerCase();
  // A few characters change their length in lower case: positions would not fit, so such text is not marked.
  if (needle === '' || whole.length !== text.length) return [];
  const ranges: FoundRange[] = [];
  let start = whole.indexOf(needle);
  while (start !== -1 && ranges.length < MAX_RANGES) {
    const end = start + needle.length;
    ranges.push({ start, end });
    start = whole.indexOf(needle, end);
  }
  return ranges;
}

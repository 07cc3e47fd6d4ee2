import type { FoundRange } from './find-in-text.ts';

/** Whether a text that is cut here is cut between the halves of one character. */
export const splitsPair = (text: string, at: number): boolean =>
  (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/**
 * Without Unicode mode an expression finds halves of characters, of which neither can be drawn: what is found of one is all of it,
 * once. The ranges rise and don't overlap.
 */
export function withWholePairs(text: string, ranges: readonly FoundRange[]): readonly FoundRange[] {
  const whole: FoundRange[] = [];
  let drawn = 0;
  for (const range of ranges) {
    const start = Math.max(drawn, splitsPair(text, range.start) ? range.start - 1 : range.start);
    const end = splitsPair(text, range.end) ? range.end + 1 : range.end;
    if (start >= end) continue;
    whole.push({ start, end });
    drawn = end;
  }
  return whole;
}

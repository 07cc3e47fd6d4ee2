import { runInSlices } from './in-slices.ts';
import type { LogMatches } from './log-matches.ts';
import type { LogRows } from './log-rows.ts';
import { rowText } from './log-text.ts';

/** More than this does no clipboard good; a file takes all. */
export const MAX_COPIED = 20_000;
const PORTION_ROWS = 500;

interface WrittenLines {
  readonly parts: readonly string[];
  readonly count: number;
  /** How many were let go of before they could be written: the oldest ones. */
  readonly gone: number;
}

/** The rows shown as text, the newest `most` of them, put together a slice at a time. */
export async function textOfShown(
  matches: LogMatches,
  rows: LogRows,
  signal: AbortSignal,
  most = Number.POSITIVE_INFINITY,
): Promise<WrittenLines> {
  // Positions first: while it is written, rows go on coming and going.
  const count = Math.min(matches.count, most);
  const skipped = matches.count - count;
  const positions = Float64Array.from({ length: count }, (_, index) => matches.positionAt(skipped + index));
  const parts: string[] = [];
  let next = 0;
  let written = 0;
  await runInSlices(() => {
    const lines: string[] = [];
    for (const position of positions.subarray(next, next + PORTION_ROWS)) {
      const row = rows.at(position);
      if (row) lines.push(rowText(row), '\n');
    }
    next += PORTION_ROWS;
    written += lines.length / 2;
    parts.push(lines.join(''));
    return next >= count;
  }, signal);
  return { parts, count: written, gone: count - written };
}

/** Hands a text file to the browser's downloads. */
export function saveTextFile(parts: readonly string[], name: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun when this task is over.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

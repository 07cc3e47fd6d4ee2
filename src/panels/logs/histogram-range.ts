import type { TimeRange } from './log-filter.ts';
import type { HistogramBin } from './log-histogram.ts';

/** The bin at this share (0 to 1) of the histogram's width. */
function binAt(bins: readonly HistogramBin[], share: number): number {
  return Math.max(0, Math.min(bins.length - 1, Math.floor(share * bins.length)));
}

/** The time that two places of a histogram enclose, whole bins of it; null where there are none. */
export function rangeBetween(
  bins: readonly HistogramBin[],
  widthMs: number,
  shares: readonly [number, number],
): TimeRange | null {
  const first = bins[binAt(bins, Math.min(...shares))];
  const last = bins[binAt(bins, Math.max(...shares))];
  return first && last ? { fromMs: first.fromMs, toMs: last.fromMs + widthMs } : null;
}

/** Where a range begins and ends, as shares of the histogram's width; what lies outside is cut off. */
export function sharesOf(
  range: TimeRange,
  bins: readonly HistogramBin[],
  widthMs: number,
): readonly [number, number] {
  const startMs = bins[0]?.fromMs ?? 0;
  const share = (timeMs: number) =>
    Math.max(0, Math.min(1, (timeMs - startMs) / Math.max(1, bins.length * widthMs)));
  return [share(range.fromMs), share(range.toMs)];
}

/** A range moved by one bin with an arrow key, or made longer or shorter with Shift; from none, the last bin. */
export function moveRange(
  range: TimeRange | null,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  bins: readonly HistogramBin[],
  widthMs: number,
): TimeRange | null {
  const direction = key === 'ArrowLeft' ? -1 : 1;
  const last = bins.at(-1);
  if (range === null) return last ? { fromMs: last.fromMs, toMs: last.fromMs + widthMs } : null;
  const byMs = direction * widthMs;
  const fromMs = shiftKey ? range.fromMs : range.fromMs + byMs;
  return { fromMs, toMs: Math.max(range.toMs + byMs, fromMs + widthMs) };
}

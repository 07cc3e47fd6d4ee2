import { formatDuration } from '../../ui/format.ts';
import type { ComparisonState } from './comparison-store.ts';
import { summarise } from './comparison-store.ts';

/** What the two lanes show, in one sentence of plain words; null while one of them has no first row. */
export function verdictOf({
  buffered,
  streamed,
}: Pick<ComparisonState, 'buffered' | 'streamed'>): string | null {
  const slow = summarise(buffered, null);
  const fast = summarise(streamed, null);
  if (slow.firstRowMs === null || fast.firstRowMs === null) return null;
  const saved = slow.firstRowMs - fast.firstRowMs;
  if (saved <= slow.firstRowMs * 0.1) {
    return arrivedAtOnce(
      streamed.rows.map(({ arrivedMs }) => arrivedMs),
      fast.firstRowMs,
    )
      ? 'The streamed answer arrived all at once: something on the way holds it back, or the rows took no time to make.'
      : 'Both showed their first row at about the same time.';
  }
  const times = slow.firstRowMs / Math.max(1, fast.firstRowMs);
  return `Streaming showed the first row ${formatDuration(saved)} sooner, ${times.toFixed(times < 10 ? 1 : 0)} times as fast.`;
}

function arrivedAtOnce(arrivedMs: readonly number[], firstMs: number): boolean {
  const last = arrivedMs.at(-1) ?? firstMs;
  return arrivedMs.length > 1 && last - firstMs < 20;
}

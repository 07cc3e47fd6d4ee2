import type { ChartStyle } from './ticker-settings.ts';
import { MAX_SAMPLES, type PriceSample, type TickerRow } from './ticker-store.ts';

/** One candle, or one point of a line: what a chart draws of a span of time. */
export type Candle = PriceSample;

/** What a chart shows of a symbol. Times are on `performance.now()`'s clock. */
export interface PriceView {
  /** A candle stands at the beginning of its span, a point of a line where its first price came. */
  readonly candles: readonly Candle[];
  readonly spanMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface PriceViewOptions {
  readonly chartStyle: ChartStyle;
  readonly withinMs: number;
  /** Where the view ends, whether or not anything was traded lately: a price that is old is seen to be. */
  readonly nowMs: number;
}

const MOST: Record<ChartStyle, number> = { line: 240, candles: 60 };

/** The last `withinMs` of a symbol, in equal spans. They begin at whole multiples, so that a candle keeps its place while newer ones come. */
export function priceView(row: TickerRow, { chartStyle, withinMs, nowMs }: PriceViewOptions): PriceView {
  const seconds = row.current === null ? row.samples : [...row.samples, row.current];
  const firstMs = seconds[0]?.atMs ?? nowMs;
  const toMs = Math.max(nowMs, seconds.at(-1)?.atMs ?? nowMs);
  const fromMs = Math.max(firstMs, toMs - withinMs);
  const spanMs = Math.max(1_000, Math.ceil((toMs - fromMs) / MOST[chartStyle] / 1_000) * 1_000);
  // A span that has lost its first seconds would change its open at each redraw: it is left out.
  const hasLostSome = fromMs > firstMs || seconds.length >= MAX_SAMPLES;
  const wholeFromMs = hasLostSome ? Math.ceil(fromMs / spanMs) * spanMs : Number.NEGATIVE_INFINITY;
  const bySpan = new Map<number, Candle>();
  for (const sample of seconds) {
    if (sample.atMs < wholeFromMs) continue;
    const startMs = Math.floor(sample.atMs / spanMs) * spanMs;
    const before = bySpan.get(startMs);
    if (before !== undefined) bySpan.set(startMs, merged(before, sample));
    else bySpan.set(startMs, chartStyle === 'line' ? sample : { ...sample, atMs: startMs });
  }
  return { candles: [...bySpan.values()], spanMs, fromMs, toMs };
}

function merged(before: Candle, { high, low, price }: PriceSample): Candle {
  return { ...before, low: Math.min(before.low, low), high: Math.max(before.high, high), price };
}

/** The place of the candle that is nearest to a time; -1 where there is none. */
export function nearestCandle(candles: readonly Candle[], atMs: number): number {
  let nearest = -1;
  let leastMs = Number.POSITIVE_INFINITY;
  for (const [index, candle] of candles.entries()) {
    const awayMs = Math.abs(candle.atMs - atMs);
    if (awayMs >= leastMs) continue;
    nearest = index;
    leastMs = awayMs;
  }
  return nearest;
}

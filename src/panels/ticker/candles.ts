import type { PriceSample, TickerRow } from './ticker-store.ts';

/** One candle, or one point of a line: what a chart draws of a span of time. */
export type Candle = PriceSample;

/**
 * The last `withinMs` of a symbol, merged into at most `most` candles of equal spans. Spans begin at whole multiples, so
 * that a candle keeps its place while newer ones come.
 */
export function candlesOf(row: TickerRow, withinMs: number, most: number): Candle[] {
  const seconds = row.current === null ? row.samples : [...row.samples, row.current];
  const endMs = seconds.at(-1)?.atMs ?? 0;
  const shown = seconds.filter(({ atMs }) => atMs >= endMs - withinMs);
  const firstMs = shown[0]?.atMs ?? 0;
  const spanMs = Math.max(1_000, Math.ceil((endMs - firstMs) / most / 1_000) * 1_000);
  const candles = new Map<number, Candle>();
  for (const sample of shown) {
    const startMs = Math.floor(sample.atMs / spanMs) * spanMs;
    const before = candles.get(startMs);
    candles.set(startMs, before ? merged(before, sample) : sample);
  }
  return [...candles.values()];
}

function merged(before: Candle, { high, low, price }: PriceSample): Candle {
  return { ...before, low: Math.min(before.low, low), high: Math.max(before.high, high), price };
}

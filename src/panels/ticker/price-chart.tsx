import { useComputedColorScheme } from '@mantine/core';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatPrice } from '../../ui/format.ts';
import { candlesOf } from './candles.ts';
import classes from './price-chart.module.css';
import { priceAxisPx } from './price-decimals.ts';
import { createPricePlot, epochMsOf, type PointedCandle, type PricePlot } from './price-plot.ts';
import { PriceReading } from './price-reading.tsx';
import { type ChartStyle, type ChartWindow, useTickerSettings } from './ticker-settings.ts';
import type { TickerRow } from './ticker-store.ts';

const MOST: Record<ChartStyle, number> = { line: 240, candles: 60 };

const windowMs: Record<ChartWindow, number> = { '1m': 60_000, '5m': 300_000, all: Number.POSITIVE_INFINITY };

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const timeOf = (epochMs: number) => clock.format(epochMs);

/** The chosen symbol over time, as this page has seen it. */
export function PriceChart({ row }: { row: TickerRow }) {
  const chartWindow = useTickerSettings((settings) => settings.chartWindow);
  const chartStyle = useTickerSettings((settings) => settings.chartStyle);
  const scheme = useComputedColorScheme('dark');
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<PricePlot>(null);
  const [pointed, setPointed] = useState<PointedCandle | null>(null);
  const candles = useMemo(
    () => candlesOf(row, windowMs[chartWindow], MOST[chartStyle]),
    [row, chartWindow, chartStyle],
  );
  const rising = (row.change ?? 0) >= 0;
  const { decimals } = row;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours
  useLayoutEffect(() => {
    if (host.current === null) return;
    const made = createPricePlot(host.current, { chartStyle, timeOf, onPoint: setPointed });
    plot.current = made;
    return () => {
      made.destroy();
      setPointed(null);
    };
  }, [chartStyle, scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot shows the same anew
  useLayoutEffect(() => {
    plot.current?.show(candles, { rising, decimals });
  }, [candles, rising, decimals, chartStyle, scheme]);

  return (
    <div className={classes.chart}>
      <div ref={host} className={classes.plot} role="img" aria-label={`Price of ${row.symbol} over time`} />
      {pointed !== null && (
        <>
          <PriceReading
            candle={pointed.candle}
            decimals={decimals}
            chartStyle={chartStyle}
            time={timeOf(epochMsOf(pointed.candle))}
          />
          <span
            className={classes.tag}
            data-part="price-tag"
            style={{ top: pointed.topPx, width: priceAxisPx(decimals) }}
          >
            {formatPrice(pointed.candle.price, decimals)}
          </span>
        </>
      )}
    </div>
  );
}

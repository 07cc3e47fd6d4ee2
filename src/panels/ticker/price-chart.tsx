import { useComputedColorScheme } from '@mantine/core';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { pageOriginMs } from '../../streams/wall-clock.ts';
import { formatPrice } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { nearestCandle, priceView } from './candles.ts';
import { Crosshair } from './crosshair.tsx';
import classes from './price-chart.module.css';
import { priceAxisPx } from './price-decimals.ts';
import { createPricePlot, type PointedCandle, type PricePlot } from './price-plot.ts';
import { PriceReading, readingOf } from './price-reading.tsx';
import { CHART_WINDOW_MS, useTickerSettings } from './ticker-settings.ts';
import type { TickerRow } from './ticker-store.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const timeOf = (epochMs: number) => clock.format(epochMs);

interface PriceChartProps {
  readonly row: TickerRow;
  /** Whether time stands still with what is seen. */
  readonly frozen: boolean;
}

/** The chosen symbol over time, as this page has seen it. */
export function PriceChart({ row, frozen }: PriceChartProps) {
  const chartWindow = useTickerSettings((settings) => settings.chartWindow);
  const chartStyle = useTickerSettings((settings) => settings.chartStyle);
  const scheme = useComputedColorScheme('dark');
  const nowMs = useNow(1_000, !frozen);
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<PricePlot>(null);
  const [pointed, setPointed] = useState<PointedCandle | null>(null);
  const [heldAtMs, setHeldAtMs] = useState<number | null>(null);
  const view = useMemo(
    () => priceView(row, { chartStyle, withinMs: CHART_WINDOW_MS[chartWindow], nowMs }),
    [row, chartWindow, chartStyle, nowMs],
  );
  const { candles } = view;
  const { decimals } = row;
  const rising = (row.change ?? 0) >= 0;
  const originMs = pageOriginMs();
  const held = heldAtMs === null ? undefined : candles[nearestCandle(candles, heldAtMs)];
  const reading = (atMs: number) => timeOf(originMs + atMs);

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
    plot.current?.show(view, { originMs, rising, decimals });
  }, [view, originMs, rising, decimals, chartStyle, scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot is pointed at the same anew
  useLayoutEffect(() => plot.current?.point(heldAtMs), [heldAtMs, chartStyle, scheme]);

  return (
    <div className={classes.chart} onPointerMove={() => setHeldAtMs(null)}>
      <div ref={host} className={classes.plot} role="img" aria-label={`Price of ${row.symbol} over time`} />
      {candles.length === 0 && (
        <p className={classes.none}>No price of {row.symbol} came in the time that is shown.</p>
      )}
      <Crosshair
        symbol={row.symbol}
        candles={candles}
        held={held}
        words={held && readingOf(held, { chartStyle, decimals, time: reading(held.atMs) })}
        onHold={setHeldAtMs}
      />
      {pointed !== null && (
        <>
          <PriceReading
            words={readingOf(pointed.candle, { chartStyle, decimals, time: reading(pointed.candle.atMs) })}
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

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatPrice } from '../../ui/format.ts';
import { useThrottled } from '../../ui/use-throttled.ts';
import { CandleShape } from './candle-shape.tsx';
import { candlesOf } from './candles.ts';
import classes from './price-chart.module.css';
import { PriceCrosshair } from './price-crosshair.tsx';
import { PriceReading } from './price-reading.tsx';
import { type ChartStyle, type ChartWindow, useTickerSettings } from './ticker-settings.ts';
import type { TickerRow } from './ticker-store.ts';

/** Recharts costs some 9 ms a redraw of 300 points: a few times a second is what the eye needs. */
const REDRAW_MS = 400;
const MOST: Record<ChartStyle, number> = { line: 240, candles: 60 };

const windowMs: Record<ChartWindow, number> = { '1m': 60_000, '5m': 300_000, all: Number.POSITIVE_INFINITY };

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const timeOf = (atMs: number) => clock.format(performance.timeOrigin + atMs);

/** The chosen symbol over time, as this page has seen it. */
export function PriceChart({ row }: { row: TickerRow }) {
  const chartWindow = useTickerSettings((settings) => settings.chartWindow);
  const drawn = useThrottled(row, REDRAW_MS, row.symbol);
  const chartStyle = useTickerSettings((settings) => settings.chartStyle);
  const candles = candlesOf(drawn, windowMs[chartWindow], MOST[chartStyle]);
  const color = (drawn.change ?? 0) < 0 ? 'var(--down)' : 'var(--up)';
  return (
    <div className={classes.chart} role="img" aria-label={`Price of ${row.symbol} over time`}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 120 }}>
        <ComposedChart
          data={candles}
          margin={{ top: 6, right: 0, bottom: 0, left: 12 }}
          accessibilityLayer={false}
        >
          <defs>
            <linearGradient id="price-fill" x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" stopColor={color} stopOpacity={0.28} />
              <stop offset="1" stopColor={color} stopOpacity={0} />
            </linearGradient>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            domain={['dataMin', 'dataMax']}
            padding={chartStyle === 'candles' ? { left: 6, right: 6 } : {}}
            tickFormatter={timeOf}
            tick={{ fill: 'var(--text-faint)', fontSize: 10 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            minTickGap={60}
            height={18}
          />
          <YAxis
            orientation="right"
            domain={['auto', 'auto']}
            tickFormatter={formatPrice}
            tick={{ fill: 'var(--text-faint)', fontSize: 10 }}
            tickLine={false}
            axisLine={false}
            width={54}
            tickCount={4}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={false}
            position={{ x: 4, y: 0 }}
            content={<PriceReading chartStyle={chartStyle} timeOf={timeOf} />}
          />
          {chartStyle === 'line' ? (
            <Area
              type="linear"
              dataKey="price"
              stroke={color}
              strokeWidth={1.5}
              fill="url(#price-fill)"
              isAnimationActive={false}
              dot={false}
            />
          ) : (
            <Bar dataKey="range" shape={CandleShape} isAnimationActive={false} maxBarSize={9} />
          )}
          <PriceCrosshair />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

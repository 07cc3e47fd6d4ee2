import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatPrice } from '../../ui/format.ts';
import { useThrottled } from '../../ui/use-throttled.ts';
import classes from './price-chart.module.css';
import { type ChartWindow, useTickerSettings } from './ticker-settings.ts';
import type { PriceSample, TickerRow } from './ticker-store.ts';

/** Recharts costs some 9 ms a redraw of 300 points: a few times a second is what the eye needs. */
const REDRAW_MS = 400;
const MAX_POINTS = 300;

const windowMs: Record<ChartWindow, number> = { '1m': 60_000, '5m': 300_000, all: Number.POSITIVE_INFINITY };

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const timeOf = (atMs: number) => clock.format(performance.timeOrigin + atMs);

/** The chosen symbol over time, as this page has seen it. */
export function PriceChart({ row }: { row: TickerRow }) {
  const chartWindow = useTickerSettings((settings) => settings.chartWindow);
  const drawn = useThrottled(row, REDRAW_MS, row.symbol);
  const points = pointsOf(drawn, windowMs[chartWindow]);
  const color = (drawn.change ?? 0) < 0 ? 'var(--down)' : 'var(--up)';
  return (
    <div className={classes.chart} role="img" aria-label={`Price of ${row.symbol} over time`}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 120 }}>
        <AreaChart
          data={points}
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
            cursor={{ stroke: 'var(--line-strong)' }}
            contentStyle={{
              background: 'var(--surface-raised)',
              border: '1px solid var(--line-strong)',
              borderRadius: 6,
            }}
            labelStyle={{ color: 'var(--text-soft)' }}
            itemStyle={{ color: 'var(--text)' }}
            labelFormatter={(label) => timeOf(Number(label))}
            formatter={(value) => [formatPrice(Number(value)), drawn.symbol]}
          />
          <Area
            type="linear"
            dataKey="price"
            stroke={color}
            strokeWidth={1.5}
            fill="url(#price-fill)"
            isAnimationActive={false}
            dot={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

/** The window's samples, thinned to what a chart can show, and the price of now at the end. */
function pointsOf(row: TickerRow, withinMs: number): PriceSample[] {
  const latest: PriceSample = {
    atMs: Math.max(row.changedAtMs, row.samples.at(-1)?.atMs ?? 0),
    price: row.price,
  };
  const from = latest.atMs - withinMs;
  const shown = row.samples.filter(({ atMs }) => atMs >= from);
  const every = Math.ceil(shown.length / MAX_POINTS);
  return [...shown.filter((_, index) => index % every === 0), latest];
}

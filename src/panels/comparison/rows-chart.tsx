import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatDuration } from '../../ui/format.ts';
import { useThrottled } from '../../ui/use-throttled.ts';
import type { ComparisonState, Lane } from './comparison-store.ts';

const REDRAW_MS = 200;

interface Step {
  readonly atMs: number;
  readonly rows: number;
}

/** Rows on screen over time: a staircase where it streams, one step where it does not. */
export function RowsChart({ comparison }: { comparison: ComparisonState }) {
  const drawn = useThrottled(comparison, REDRAW_MS, comparison.buffered.status + comparison.streamed.status);
  const endMs = Math.max(drawn.buffered.endMs ?? 0, drawn.streamed.endMs ?? 0);
  return (
    <div role="img" aria-label="Rows on screen over time, buffered and streamed" style={{ height: '100%' }}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 160 }}>
        <LineChart margin={{ top: 6, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            domain={[0, Math.max(endMs, 100)]}
            tickFormatter={formatDuration}
            tick={{ fill: 'var(--text-faint)', fontSize: 10 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            height={18}
            allowDuplicatedCategory={false}
          />
          <YAxis
            dataKey="rows"
            allowDecimals={false}
            tick={{ fill: 'var(--text-faint)', fontSize: 10 }}
            tickLine={false}
            axisLine={false}
            width={36}
          />
          <Line
            data={staircase(drawn.buffered, endMs)}
            name="Buffered"
            dataKey="rows"
            type="stepAfter"
            stroke="var(--warn)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            data={staircase(drawn.streamed, endMs)}
            name="Streamed"
            dataKey="rows"
            type="stepAfter"
            stroke="var(--accent)"
            strokeWidth={2}
            strokeDasharray="6 3"
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

function staircase(lane: Lane, endMs: number): Step[] {
  if (lane.requestedAtMs === null) return [];
  const steps = lane.rows.map(({ arrivedMs }, index) => ({ atMs: arrivedMs, rows: index + 1 }));
  const last = steps.at(-1);
  return [
    { atMs: 0, rows: 0 },
    ...steps,
    ...(last && endMs > last.atMs ? [{ atMs: endMs, rows: last.rows }] : []),
  ];
}

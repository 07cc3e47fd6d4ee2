import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import classes from './arrival-chart.module.css';
import type { ArrivalCurve, CurvePoint } from './arrival-curve.ts';

const HEIGHT = 84;
const TOP = 6;
/** A gap shorter than this, in pixels, would be drawn as a hair. */
const MIN_GAP_PX = 4;

interface ArrivalChartProps {
  readonly curve: ArrivalCurve;
  /** What is summed up: messages, where bytes can't be seen. */
  readonly unit: 'bytes' | 'messages';
  readonly headersMs: number | null;
  readonly endMs: number | null;
}

/** How much had arrived by when: a step a chunk. A buffered answer is a cliff at the end, a streamed one a stair. */
export function ArrivalChart({ curve, unit, headersMs, endMs }: ArrivalChartProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>();
  const { points, total, longestGap } = curve;
  const lastMs = points.at(-1)?.atMs ?? 0;
  const spanMs = Math.max(1, endMs ?? lastMs, lastMs, headersMs ?? 0);
  const x = (atMs: number) => (atMs / spanMs) * width;
  const y = (amount: number) => HEIGHT - (amount / Math.max(1, total)) * (HEIGHT - TOP);
  const amount = unit === 'bytes' ? formatBytes(total) : `${formatCount(total)} messages`;
  const gapWidth = longestGap ? x(longestGap.toMs) - x(longestGap.fromMs) : 0;
  return (
    <div className={classes.frame} ref={frame}>
      <svg
        className={classes.chart}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`Arrivals: ${amount} in ${formatDuration(spanMs)}`}
      >
        {longestGap && gapWidth >= MIN_GAP_PX && (
          <rect className={classes.gap} x={x(longestGap.fromMs)} y={0} width={gapWidth} height={HEIGHT}>
            <title>Longest gap: {formatDuration(longestGap.toMs - longestGap.fromMs)}</title>
          </rect>
        )}
        {headersMs !== null && (
          <line className={classes.headers} x1={x(headersMs)} x2={x(headersMs)} y1={0} y2={HEIGHT}>
            <title>Headers after {formatDuration(headersMs)}</title>
          </line>
        )}
        {points.length > 0 && width > 0 && (
          <>
            <path className={classes.area} d={`${stairs(points, x, y, width)} V${HEIGHT} Z`} />
            <path className={classes.curve} d={stairs(points, x, y, width)} />
          </>
        )}
      </svg>
      <span className={classes.most}>{total > 0 && amount}</span>
      <div className={classes.axis} aria-hidden="true">
        <span>0</span>
        <span>{formatDuration(spanMs / 2)}</span>
        <span>{formatDuration(spanMs)}</span>
      </div>
    </div>
  );
}

function stairs(
  points: readonly CurvePoint[],
  x: (atMs: number) => number,
  y: (amount: number) => number,
  width: number,
): string {
  const steps = points.map(({ atMs, total }) => `H${x(atMs).toFixed(1)} V${y(total).toFixed(1)}`);
  return `M0 ${HEIGHT} ${steps.join(' ')} H${width}`;
}

import classes from './arrival-lane.module.css';
import { formatCount, formatDuration } from './format.ts';
import type { ArrivalReading, MarkReading } from './readings.ts';
import { useElementWidth } from './use-element-width.ts';

/** A live stream shows this much of its past. */
const LIVE_WINDOW_MS = 20_000;
const HEIGHT = 18;

interface ArrivalLaneProps {
  readonly arrivals: readonly ArrivalReading[];
  /** Where events are missing, or may be. */
  readonly marks: readonly MarkReading[];
  readonly requestedAtMs: number | null;
  /** The right edge while the stream is open; null once it is over, and the lane shows it whole. */
  readonly nowMs: number | null;
}

/** Every chunk as a bar at the time it came: its height is its bytes (or messages, where bytes can't be seen). */
export function ArrivalLane({ arrivals, marks, requestedAtMs, nowMs }: ArrivalLaneProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>();
  const { fromMs, toMs } = timeSpan(arrivals, requestedAtMs, nowMs);
  return (
    <div className={classes.lane} ref={frame} title="Each bar is one chunk, at the time it came">
      <svg className={classes.bars} width={width} height={HEIGHT} aria-hidden="true">
        <path d={barsPath(arrivals, { width, fromMs, toMs })} />
      </svg>
      {shownMarks(marks, fromMs).map(([key, mark]) => (
        <span
          key={key}
          role="img"
          className={classes.mark}
          style={{ left: `${((mark.atMs - fromMs) / Math.max(1, toMs - fromMs)) * 100}%` }}
          aria-label={markText(mark)}
          title={markText(mark)}
        />
      ))}
      <span className={classes.span} aria-hidden="true">
        {arrivals.length === 0 ? 'no chunk yet' : formatDuration(toMs - fromMs)}
      </span>
    </div>
  );
}

/** One a moment: two of one moment lie on one another. */
function shownMarks(marks: readonly MarkReading[], fromMs: number) {
  const inSight = marks.filter(({ atMs }) => atMs >= fromMs);
  return [...new Map(inSight.map((mark) => [`${mark.type} ${mark.atMs}`, mark] as const))];
}

function markText(mark: MarkReading): string {
  if (mark.type === 'hole')
    return `Nothing is known of the ${formatDuration(mark.durationMs)} before this: events may be lost`;
  return mark.missed === null
    ? 'Events may be missing here, nobody knows how many'
    : `${formatCount(mark.missed)} events are missing here`;
}

function timeSpan(arrivals: readonly ArrivalReading[], requestedAtMs: number | null, nowMs: number | null) {
  const first = requestedAtMs ?? arrivals[0]?.atMs ?? 0;
  const last = arrivals.at(-1)?.atMs ?? first;
  const toMs = Math.max(nowMs ?? last, last, first + 1);
  const whole = toMs - first;
  if (nowMs === null)
    return { fromMs: Math.max(first, arrivals[0] ? Math.min(first, arrivals[0].atMs) : first), toMs };
  return { fromMs: whole > LIVE_WINDOW_MS ? toMs - LIVE_WINDOW_MS : first, toMs };
}

interface Box {
  /** CSS pixels. */
  readonly width: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const weight = (arrival: ArrivalReading) => Math.log2(1 + (arrival.byteLength ?? arrival.messages * 64));

/** One upright stroke for all the chunks that fall on one pixel, as high as the heaviest of them. */
function barsPath(arrivals: readonly ArrivalReading[], { width, fromMs, toMs }: Box): string {
  if (width === 0) return '';
  const heaviest = arrivals.reduce((most, arrival) => Math.max(most, weight(arrival)), 8);
  const scale = (width - 2) / Math.max(1, toMs - fromMs);
  const heights = new Map<number, number>();
  for (const arrival of arrivals) {
    if (arrival.atMs < fromMs) continue;
    const pixel = Math.round((arrival.atMs - fromMs) * scale);
    const height = Math.max(3, Math.round((weight(arrival) / heaviest) * (HEIGHT - 3)));
    heights.set(pixel, Math.max(heights.get(pixel) ?? 0, height));
  }
  return Array.from(heights, ([pixel, height]) => `M${pixel + 1} ${HEIGHT - 1}v${-height}`).join('');
}

import { useEffect, useRef } from 'react';
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
  const canvas = useRef<HTMLCanvasElement>(null);
  const [frame, width] = useElementWidth<HTMLDivElement>();
  const span = timeSpan(arrivals, requestedAtMs, nowMs);
  const { fromMs, toMs } = span;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(HEIGHT * ratio);
    context.scale(ratio, ratio);
    const style = getComputedStyle(element);
    drawLane(context, { arrivals, width, fromMs, toMs, color: style.color, axis: style.borderTopColor });
  }, [arrivals, width, fromMs, toMs]);

  return (
    <div className={classes.lane} ref={frame} title="Each bar is one chunk, at the time it came">
      <canvas ref={canvas} className={classes.canvas} style={{ height: HEIGHT }} />
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
    ? 'Events are missing here, nobody knows how many'
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

interface Drawing {
  readonly arrivals: readonly ArrivalReading[];
  readonly width: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly color: string;
  readonly axis: string;
}

const weight = (arrival: ArrivalReading) => Math.log2(1 + (arrival.byteLength ?? arrival.messages * 64));

function drawLane(
  context: CanvasRenderingContext2D,
  { arrivals, width, fromMs, toMs, color, axis }: Drawing,
): void {
  context.clearRect(0, 0, width, HEIGHT);
  context.fillStyle = axis;
  context.fillRect(0, HEIGHT - 1, width, 1);
  context.fillStyle = color;
  context.globalAlpha = 0.85;
  const heaviest = arrivals.reduce((most, arrival) => Math.max(most, weight(arrival)), 8);
  const scale = (width - 2) / Math.max(1, toMs - fromMs);
  for (const arrival of arrivals) {
    if (arrival.atMs < fromMs) continue;
    const height = Math.max(3, (weight(arrival) / heaviest) * (HEIGHT - 3));
    context.fillRect((arrival.atMs - fromMs) * scale, HEIGHT - 1 - height, 1.5, height);
  }
}

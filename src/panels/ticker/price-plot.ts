import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatPrice } from '../../ui/format.ts';
import { type Candle, nearestCandle, type PriceView } from './candles.ts';
import { priceAxisPx, priceSteps } from './price-decimals.ts';
import type { ChartStyle } from './ticker-settings.ts';

/** A candle that is pointed at, and how far below the top of the chart its price is, in pixels. */
export interface PointedCandle {
  readonly candle: Candle;
  readonly topPx: number;
}

type Colors = Readonly<Record<'up' | 'down' | 'surface' | 'line' | 'words', string>>;

/**
 * A chart on a canvas: a redraw costs a millisecond, whatever it shows. It follows the size of its host, and has the colours
 * that the page had when it was made.
 */
export interface PricePlot {
  /** Draws this. */
  show(view: PriceView, look: PriceLook): void;
  /** Holds the crosshair at the candle nearest to a time, whatever the pointer does, or gives it back to the pointer. */
  point(atMs: number | null): void;
  destroy(): void;
}

/** What the times and prices of a view look like. */
export interface PriceLook {
  /** What its times count from, in epoch milliseconds: ticks stand at whole seconds of the clock on the wall. */
  readonly originMs: number;
  readonly rising: boolean;
  readonly decimals: number;
}

interface PricePlotOptions {
  readonly chartStyle: ChartStyle;
  readonly timeOf: (epochMs: number) => string;
  /** Told at every change; null where nothing is pointed at. */
  readonly onPoint: (pointed: PointedCandle | null) => void;
}

const TIME_AXIS_PX = 18;
const TIME_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400].map(
  (seconds) => seconds * 1_000,
);
const MAX_CANDLE_PX = 8;
/** What is left free above and below, as a share of the range shown. */
const ROOM = 0.08;

const EMPTY_VIEW: PriceView = { candles: [], spanMs: 1_000, fromMs: 0, toMs: 1_000 };

export function createPricePlot(
  host: HTMLElement,
  { chartStyle, timeOf, onPoint }: PricePlotOptions,
): PricePlot {
  const styles = getComputedStyle(host);
  const colorOf = (token: string) => styles.getPropertyValue(token).trim();
  // Read once: asking a page that is about to change makes the browser work out its styles at once.
  const colors: Colors = {
    up: colorOf('--up'),
    down: colorOf('--down'),
    surface: colorOf('--surface'),
    line: colorOf('--line'),
    words: colorOf('--text-faint'),
  };
  const font = `10px ${styles.fontFamily}`;
  let view = EMPTY_VIEW;
  let look: PriceLook = { originMs: 0, rising: true, decimals: 2 };
  let heldAtMs: number | null = null;

  const lineColor = () => (look.rising ? colors.up : colors.down);
  const hidden: uPlot.Series = { paths: () => null, points: { show: false } };
  const line: uPlot.Series = {
    stroke: lineColor,
    width: 1.5,
    fill: ({ ctx, bbox }) => fadeOut(ctx, bbox, lineColor()),
    points: { show: false },
  };

  const plot = new uPlot(
    {
      ...sizeOf(host),
      ms: 1,
      legend: { show: false },
      padding: [6, 0, 0, 12],
      series: [{}, ...(chartStyle === 'line' ? [line] : [hidden, hidden, hidden])],
      scales: {
        x: { range: () => timeRange(view, look, chartStyle) },
        y: {
          range: (_, low, high) =>
            widened(low, high, ROOM, Math.max(Math.abs(low ?? 0) / 1_000, 10 ** -look.decimals)),
        },
      },
      axes: [
        {
          stroke: colors.words,
          font,
          size: TIME_AXIS_PX,
          gap: 3,
          space: 90,
          incrs: TIME_STEPS_MS,
          grid: { show: false },
          ticks: { show: false },
          border: { show: true, width: 1, stroke: colors.line },
          values: ({ scales }, times) =>
            times.map((time) => (isAtEdge(time, scales.x) ? null : timeOf(time))),
        },
        {
          side: 1,
          stroke: colors.words,
          font,
          size: () => priceAxisPx(look.decimals),
          gap: 4,
          space: 20,
          incrs: () => priceSteps(look.decimals),
          grid: { width: 1, stroke: colors.line },
          ticks: { show: false },
          values: (_, prices) =>
            prices.map((price) => (view.candles.length === 0 ? null : formatPrice(price, look.decimals))),
        },
      ],
      cursor: {
        points: { show: false },
        drag: { x: false, y: false, setScale: false },
        // Asked at each redraw as well: what is below a pointer that stands still moves on.
        move: (_, left, top) => held() ?? (left < 0 ? [left, top] : (snapped() ?? [left, top])),
      },
      hooks: {
        setCursor: [
          ({ cursor, over }) => {
            const candle = view.candles[cursor.idx ?? -1];
            const { left = -1, top = -1 } = cursor;
            onPoint(candle === undefined || left < 0 ? null : { candle, topPx: over.offsetTop + top });
          },
        ],
        draw: chartStyle === 'line' ? [] : [(drawn) => drawCandles(drawn, view, look, colors)],
      },
    },
    columnsOf(view, look, chartStyle),
    host,
  );

  /** The place of the candle nearest to the pointer. At a redraw uPlot knows but the place that it was drawn to before. */
  function snapped(): [left: number, top: number] | null {
    const { event } = plot.cursor;
    if (!event) return null;
    return placeOf(view.candles[plot.posToIdx(event.clientX - plot.rect.left)]);
  }

  function held(): [left: number, top: number] | null {
    return heldAtMs === null ? null : placeOf(view.candles[nearestCandle(view.candles, heldAtMs)]);
  }

  function placeOf(candle: Candle | undefined): [left: number, top: number] | null {
    if (candle === undefined) return null;
    return [plot.valToPos(look.originMs + candle.atMs, 'x'), plot.valToPos(candle.price, 'y')];
  }

  const observer = new ResizeObserver(() => plot.setSize(sizeOf(host)));
  observer.observe(host);
  return {
    show(next, nextLook) {
      view = next;
      look = nextLook;
      plot.batch(() => plot.setData(columnsOf(view, look, chartStyle)));
    },
    point(atMs) {
      if (atMs === heldAtMs) return;
      heldAtMs = atMs;
      // Left to the pointer, it goes where that stands, if it is over the chart.
      const isPointedAt = plot.cursor.event?.type === 'mousemove';
      const [left, top] = held() ?? (isPointedAt ? snapped() : null) ?? [-10, -10];
      plot.setCursor({ left, top });
    },
    destroy() {
      observer.disconnect();
      plot.destroy();
    },
  };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement) {
  return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
}

/** The series beside the first are there for the range that the price axis shows. A chart with nothing in it has its times. */
function columnsOf(
  { candles, fromMs, toMs }: PriceView,
  { originMs }: PriceLook,
  chartStyle: ChartStyle,
): uPlot.AlignedData {
  const isEmpty = candles.length === 0;
  const times = isEmpty ? [fromMs, toMs] : candles.map(({ atMs }) => atMs);
  const column = (read: (candle: Candle) => number) => (isEmpty ? [null, null] : candles.map(read));
  const prices = column(({ price }) => price);
  const epochTimes = times.map((atMs) => originMs + atMs);
  if (chartStyle === 'line') return [epochTimes, prices];
  return [epochTimes, prices, column(({ low }) => low), column(({ high }) => high)];
}

/** As far as the view goes, and so that the first candle and the last are seen whole. */
function timeRange(
  { candles, spanMs, fromMs, toMs }: PriceView,
  { originMs }: PriceLook,
  chartStyle: ChartStyle,
): [number, number] {
  // One price alone has no time that it covers.
  if (chartStyle === 'line') return [originMs + Math.min(fromMs, toMs - 1_000), originMs + toMs];
  const firstMs = Math.min(fromMs, candles[0]?.atMs ?? fromMs);
  const lastMs = Math.max(toMs, (candles.at(-1)?.atMs ?? toMs) + spanMs / 2);
  return [originMs + firstMs - spanMs / 2, originMs + lastMs];
}

/** A range with room around it, `least` where it is but one value; any where there is none. */
function widened(low: number | null, high: number | null, room: number, least: number): [number, number] {
  if (low === null || high === null) return [0, 1];
  const around = low === high ? least : (high - low) * room;
  return [low - around, high + around];
}

/** Its words would be cut off there. */
function isAtEdge(time: number, { min = 0, max = 1 }: uPlot.Scale = {}): boolean {
  return (time - min) / (max - min) < 0.06;
}

function fadeOut(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, color: string): CanvasGradient {
  const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height);
  gradient.addColorStop(0, `color-mix(in srgb, ${color} 28%, transparent)`);
  gradient.addColorStop(1, `color-mix(in srgb, ${color} 1%, transparent)`);
  return gradient;
}

/** Hollow is up, solid is down: colour is not alone. */
function drawCandles(
  plot: uPlot,
  { candles, spanMs }: PriceView,
  { originMs }: PriceLook,
  colors: Colors,
): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const { min = 0, max = 1 } = plot.scales.x ?? {};
  const room = (bbox.width * spanMs) / (max - min);
  // Even, so that both sides stand on whole pixels as the middle does.
  const width = 2 * ratio * Math.max(0.5, Math.min(MAX_CANDLE_PX / 2, Math.floor((room * 0.35) / ratio)));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = ratio;
  for (const { atMs, open, high, low, price } of candles) {
    const up = price >= open;
    const middle = Math.round(plot.valToPos(originMs + atMs, 'x', true)) + (ratio % 2) / 2;
    const at = (value: number) => Math.round(plot.valToPos(value, 'y', true)) + (ratio % 2) / 2;
    const top = at(Math.max(open, price));
    const height = Math.max(ratio, at(Math.min(open, price)) - top);
    ctx.strokeStyle = up ? colors.up : colors.down;
    ctx.fillStyle = up ? colors.surface : colors.down;
    ctx.beginPath();
    ctx.moveTo(middle, at(high));
    ctx.lineTo(middle, at(low));
    ctx.stroke();
    ctx.beginPath();
    ctx.rect(middle - width / 2, top, width, height);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

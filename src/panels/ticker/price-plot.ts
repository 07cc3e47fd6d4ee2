import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatPrice } from '../../ui/format.ts';
import type { Candle } from './candles.ts';
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
  /** Draws these. */
  show(candles: readonly Candle[], look: PriceLook): void;
  destroy(): void;
}

/** What the prices of a symbol look like. */
export interface PriceLook {
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

/** Ticks stand at whole seconds of the clock on the wall. */
export const epochMsOf = ({ atMs }: Candle): number => performance.timeOrigin + atMs;

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
  let candles: readonly Candle[] = [];
  let look: PriceLook = { rising: true, decimals: 2 };

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
        x: {
          range: (_, from, to) =>
            chartStyle === 'line' ? widened(from, to, 0, 1_000) : roomForCandles(candles),
        },
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
          values: (_, prices) => prices.map((price) => formatPrice(price, look.decimals)),
        },
      ],
      cursor: {
        points: { show: false },
        drag: { x: false, y: false, setScale: false },
        // Asked at each redraw as well: what is below a pointer that stands still moves on.
        move: (_, left, top) => (left < 0 ? [left, top] : (snapped() ?? [left, top])),
      },
      hooks: {
        setCursor: [
          ({ cursor, over }) => {
            const candle = candles[cursor.idx ?? -1];
            const { left = -1, top = -1 } = cursor;
            onPoint(candle === undefined || left < 0 ? null : { candle, topPx: over.offsetTop + top });
          },
        ],
        draw: chartStyle === 'line' ? [] : [(drawn) => drawCandles(drawn, candles, colors)],
      },
    },
    columnsOf([], chartStyle),
    host,
  );

  /** The place of the candle nearest to the pointer. At a redraw uPlot knows but the place that it was drawn to before. */
  function snapped(): [left: number, top: number] | null {
    const { event } = plot.cursor;
    if (!event) return null;
    const candle = candles[plot.posToIdx(event.clientX - plot.rect.left)];
    if (candle === undefined) return null;
    return [plot.valToPos(epochMsOf(candle), 'x'), plot.valToPos(candle.price, 'y')];
  }

  const observer = new ResizeObserver(() => plot.setSize(sizeOf(host)));
  observer.observe(host);
  return {
    show(next, nextLook) {
      candles = next;
      look = nextLook;
      plot.batch(() => plot.setData(columnsOf(next, chartStyle)));
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

/** The series beside the first are there for the range that the price axis shows. */
function columnsOf(candles: readonly Candle[], chartStyle: ChartStyle): uPlot.AlignedData {
  const times = candles.map(epochMsOf);
  const prices = candles.map(({ price }) => price);
  if (chartStyle === 'line') return [times, prices];
  return [times, prices, candles.map(({ low }) => low), candles.map(({ high }) => high)];
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

/** From one candle to the next, where they are nearest: a stop leaves a hole. */
function candleStepMs(candles: readonly Candle[]): number {
  const steps = candles.slice(1).map(({ atMs }, index) => atMs - (candles[index]?.atMs ?? 0));
  return steps.reduce((least, step) => Math.min(least, step), steps[0] ?? 1_000);
}

/** Half a candle more on either side. */
function roomForCandles(candles: readonly Candle[]): [number, number] {
  const [first] = candles;
  const last = candles.at(-1);
  if (first === undefined || last === undefined) return [0, 1];
  const halfMs = candleStepMs(candles) / 2;
  return [epochMsOf(first) - halfMs, epochMsOf(last) + halfMs];
}

function fadeOut(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, color: string): CanvasGradient {
  const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height);
  gradient.addColorStop(0, `color-mix(in srgb, ${color} 28%, transparent)`);
  gradient.addColorStop(1, `color-mix(in srgb, ${color} 1%, transparent)`);
  return gradient;
}

/** Hollow is up, solid is down: colour is not alone. */
function drawCandles(plot: uPlot, candles: readonly Candle[], colors: Colors): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const { min = 0, max = 1 } = plot.scales.x ?? {};
  const room = (bbox.width * candleStepMs(candles)) / (max - min);
  // Even, so that both sides stand on whole pixels as the middle does.
  const width = 2 * ratio * Math.max(0.5, Math.min(MAX_CANDLE_PX / 2, Math.floor((room * 0.35) / ratio)));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = ratio;
  for (const candle of candles) {
    const { open, high, low, price } = candle;
    const up = price >= open;
    const middle = Math.round(plot.valToPos(epochMsOf(candle), 'x', true)) + (ratio % 2) / 2;
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

import type { Candle } from './candles.ts';

interface CandleShapeProps {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly payload?: Candle;
}

/** One candle in the box that spans its low and high. Hollow is up, solid is down: colour is not alone. */
export function CandleShape({ x = 0, y = 0, width = 0, height = 0, payload }: CandleShapeProps) {
  if (!payload) return null;
  const { open, high, low, price } = payload;
  const scale = high === low ? 0 : height / (high - low);
  const top = y + (high - Math.max(open, price)) * scale;
  const bodyHeight = Math.max(1, Math.abs(open - price) * scale);
  const up = price >= open;
  const color = up ? 'var(--up)' : 'var(--down)';
  const middle = x + width / 2;
  return (
    <g stroke={color}>
      <line x1={middle} x2={middle} y1={y} y2={top} />
      <line x1={middle} x2={middle} y1={top + bodyHeight} y2={y + height} />
      <rect x={x} y={top} width={width} height={bodyHeight} fill={up ? 'var(--surface)' : color} />
    </g>
  );
}

import { memo } from 'react';

const WIDTH = 72;
const HEIGHT = 18;
const MAX_POINTS = 60;

/** The shape of the last samples, in the text's colour; the figures stand beside it. */
export const Sparkline = memo(function Sparkline({ samples }: { samples: readonly { price: number }[] }) {
  const points = samples.slice(-MAX_POINTS);
  if (points.length < 2) return <svg width={WIDTH} height={HEIGHT} aria-hidden="true" />;
  const prices = points.map(({ price }) => price);
  const low = Math.min(...prices);
  const span = Math.max(...prices) - low || 1;
  const step = WIDTH / (points.length - 1);
  const path = prices.map((price, index) => `${(index * step).toFixed(1)},${y(price, low, span)}`).join(' ');
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={path} fill="none" stroke="currentColor" strokeWidth={1.25} strokeLinejoin="round" />
    </svg>
  );
});

const y = (price: number, low: number, span: number) =>
  (HEIGHT - 2 - ((price - low) / span) * (HEIGHT - 4)).toFixed(1);

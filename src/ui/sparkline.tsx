import { memo } from 'react';

const WIDTH = 72;
const HEIGHT = 18;
const MAX_POINTS = 60;

interface SparklineProps {
  readonly samples: readonly { readonly price: number }[];
  /** The price that is shown beside it: the line ends there. */
  readonly last: number;
}

/** The shape of the last samples, in the text's colour; the figures stand beside it. */
export function Sparkline({ samples, last }: SparklineProps) {
  const shown = samples.slice(1 - MAX_POINTS);
  const low = shown.reduce((least, { price }) => Math.min(least, price), last);
  const high = shown.reduce((most, { price }) => Math.max(most, price), last);
  // To whole pixels: a price may change with every frame, and the line is drawn again only where one could see it.
  return <Line samples={samples} low={low} high={high} lastY={Math.round(yOf(last, low, high))} />;
}

interface LineProps extends Pick<SparklineProps, 'samples'> {
  readonly low: number;
  readonly high: number;
  readonly lastY: number;
}

const Line = memo(function Line({ samples, low, high, lastY }: LineProps) {
  const shown = samples.slice(1 - MAX_POINTS);
  if (shown.length === 0) return <svg width={WIDTH} height={HEIGHT} aria-hidden="true" />;
  const step = WIDTH / shown.length;
  const points = shown.map(
    ({ price }, index) => `${(index * step).toFixed(1)},${yOf(price, low, high).toFixed(1)}`,
  );
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline
        points={[...points, `${WIDTH},${lastY}`].join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.25}
        strokeLinejoin="round"
      />
    </svg>
  );
});

const yOf = (price: number, low: number, high: number) =>
  HEIGHT - 2 - ((price - low) / (high - low || 1)) * (HEIGHT - 4);

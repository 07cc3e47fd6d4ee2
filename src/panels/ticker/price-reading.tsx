import { formatPrice } from '../../ui/format.ts';
import type { Candle } from './candles.ts';
import classes from './price-reading.module.css';
import type { ChartStyle } from './ticker-settings.ts';

interface PriceReadingProps {
  readonly candle: Candle | undefined;
  readonly chartStyle: ChartStyle;
  readonly timeOf: (atMs: number) => string;
}

/** What the chart says of the time that the pointer is at. */
export function PriceReading({ candle, chartStyle, timeOf }: PriceReadingProps) {
  if (candle === undefined) return null;
  const { atMs, open, high, low, price } = candle;
  const prices =
    chartStyle === 'line'
      ? [['Price', price] as const]
      : ([
          ['Open', open],
          ['High', high],
          ['Low', low],
          ['Close', price],
        ] as const);
  return (
    <div className={classes.reading}>
      <div className={classes.time}>{timeOf(atMs)}</div>
      <dl className={classes.prices}>
        {prices.map(([name, value]) => (
          <div key={name} className={classes.price}>
            <dt>{name}</dt>
            <dd>{formatPrice(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

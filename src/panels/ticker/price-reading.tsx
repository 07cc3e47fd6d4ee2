import { Fragment } from 'react';
import { formatPrice } from '../../ui/format.ts';
import type { Candle } from './candles.ts';
import classes from './price-reading.module.css';
import type { ChartStyle } from './ticker-settings.ts';

interface PriceReadingProps {
  /** These two are the chart's to fill in. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload: Candle }[];
  readonly chartStyle: ChartStyle;
  readonly timeOf: (atMs: number) => string;
}

/** What the chart says of the time that the pointer is at, in one line: the chart is low. */
export function PriceReading({ active = false, payload = [], chartStyle, timeOf }: PriceReadingProps) {
  const candle = payload[0]?.payload;
  if (!active || candle === undefined) return null;
  const { atMs, open, high, low, price } = candle;
  const prices =
    chartStyle === 'line'
      ? ([['Price', price]] as const)
      : ([
          ['Open', open],
          ['High', high],
          ['Low', low],
          ['Close', price],
        ] as const);
  return (
    <dl className={classes.reading}>
      <dt>At</dt>
      <dd>{timeOf(atMs)}</dd>
      {prices.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{formatPrice(value)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

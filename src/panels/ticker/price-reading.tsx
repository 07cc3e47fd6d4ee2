import { Fragment } from 'react';
import { formatPrice } from '../../ui/format.ts';
import type { Candle } from './candles.ts';
import classes from './price-reading.module.css';
import type { ChartStyle } from './ticker-settings.ts';

interface PriceReadingProps {
  readonly candle: Candle;
  readonly decimals: number;
  readonly chartStyle: ChartStyle;
  readonly time: string;
}

/** What the chart says of the time that the pointer is at, in one line: the chart is low. */
export function PriceReading({ candle, decimals, chartStyle, time }: PriceReadingProps) {
  const { open, high, low, price } = candle;
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
    <dl className={classes.reading} data-part="reading">
      <dt>At</dt>
      <dd>{time}</dd>
      {prices.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{formatPrice(value, decimals)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

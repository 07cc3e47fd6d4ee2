import { Fragment } from 'react';
import { formatPrice } from '../../ui/format.ts';
import type { Candle } from './candles.ts';
import classes from './price-reading.module.css';
import type { ChartStyle } from './ticker-settings.ts';

/** What a chart says of one candle, each word with its name. */
export type ReadingWords = readonly (readonly [name: string, word: string])[];

interface ReadingLook {
  readonly chartStyle: ChartStyle;
  readonly decimals: number;
  readonly time: string;
}

export function readingOf(candle: Candle, { chartStyle, decimals, time }: ReadingLook): ReadingWords {
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
  return [['At', time], ...prices.map(([name, value]) => [name, formatPrice(value, decimals)] as const)];
}

/** What the chart says of the time that is pointed at, in one line: the chart is low. */
export function PriceReading({ words }: { words: ReadingWords }) {
  return (
    <dl className={classes.reading} data-part="reading">
      {words.map(([name, word]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{word}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

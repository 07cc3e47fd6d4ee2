import { formatPrice, formatSigned } from '../../ui/format.ts';
import { arrowOf, signOf } from './direction.ts';
import classes from './quote-headline.module.css';
import type { TickerRow } from './ticker-store.ts';

/** The chosen symbol in large figures. */
export function QuoteHeadline({ row }: { row: TickerRow }) {
  const sign = signOf(row.change ?? row.changePercent);
  return (
    <div className={classes.headline}>
      <span className={classes.symbol}>{row.symbol}</span>
      <span className={classes.price}>{formatPrice(row.price, row.decimals)}</span>
      {row.change === null && row.changePercent === null ? (
        // A plain backend may send the price alone.
        <span className={classes.change} data-sign={row.direction}>
          {arrowOf(row.direction)}
        </span>
      ) : (
        <span className={classes.change} data-sign={sign}>
          {arrowOf(sign)} {row.change !== null && formatSigned(row.change, row.decimals)}
          {row.changePercent !== null && ` (${formatSigned(row.changePercent)} %)`}
        </span>
      )}
      <span className={classes.range} title={rangeOf(row)}>
        H {formatPrice(row.high, row.decimals)} · L {formatPrice(row.low, row.decimals)}
      </span>
    </div>
  );
}

/** Volume and change are of the whole session: what these two are of is said. */
const rangeOf = ({ opening, decimals }: TickerRow) =>
  opening === null
    ? 'Highest and lowest price that reached this page'
    : `Highest and lowest of the prices that reached this page and of the session’s opening price, ${formatPrice(opening, decimals)}`;

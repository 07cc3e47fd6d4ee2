import { IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { formatCompact, formatPrice, formatSigned } from '../../ui/format.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import { arrowOf, signOf } from './direction.ts';
import { useTickerSettings } from './ticker-settings.ts';
import type { TickerRow } from './ticker-store.ts';
import classes from './ticker-table.module.css';

export function TickerTable({ rows, chosen }: { rows: readonly TickerRow[]; chosen: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Prices">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Symbol</th>
            <th scope="col" className={classes.number}>
              Price
            </th>
            <th scope="col" className={classes.number}>
              Change
            </th>
            <th scope="col" className={classes.trend}>
              Trend
            </th>
            <th scope="col" className={classes.volume}>
              Volume
            </th>
            <th scope="col" className={classes.remove}>
              <span className={classes.hidden}>Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PriceRow key={row.symbol} row={row} chosen={row.symbol === chosen} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const PriceRow = memo(function PriceRow({ row, chosen }: { row: TickerRow; chosen: boolean }) {
  const change = useTickerSettings((settings) => settings.change);
  const sign = signOf(row.change ?? row.changePercent);
  return (
    <tr data-chosen={chosen} onClick={() => change({ chosen: row.symbol })}>
      <th scope="row">
        <button type="button" className={classes.symbol} aria-pressed={chosen}>
          {row.symbol}
        </button>
      </th>
      <td className={classes.number}>
        {/* A new key restarts the flash. */}
        <span key={row.changedAtMs} className={classes.price} data-direction={row.direction}>
          {formatPrice(row.price)}
        </span>
      </td>
      <td className={classes.number} data-sign={sign}>
        {row.change !== null && (
          <>
            <span aria-hidden="true" className={classes.arrow}>
              {arrowOf(sign)}
            </span>
            {formatSigned(row.change)}
            <span className={classes.percent}>
              {row.changePercent === null ? '' : ` ${formatSigned(row.changePercent)} %`}
            </span>
          </>
        )}
      </td>
      <td className={classes.trend} data-sign={sign}>
        <Sparkline samples={row.samples} />
      </td>
      <td className={classes.volume}>{row.volume === null ? '–' : formatCompact(row.volume)}</td>
      <td className={classes.remove}>
        <RemoveButton symbol={row.symbol} />
      </td>
    </tr>
  );
});

function RemoveButton({ symbol }: { symbol: string }) {
  const { symbols, change } = useTickerSettings();
  if (!symbols.includes(symbol) || symbols.length === 1) return null;
  return (
    <button
      type="button"
      className={classes.removeButton}
      aria-label={`Remove ${symbol}`}
      onClick={(event) => {
        event.stopPropagation();
        change({ symbols: symbols.filter((each) => each !== symbol) });
      }}
    >
      <IconX size={12} aria-hidden="true" />
    </button>
  );
}

import { memo } from 'react';
import { formatCompact, formatDuration, formatPrice, formatSigned } from '../../ui/format.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import { useNow } from '../../ui/use-now.ts';
import { arrowOf, signOf, tickOf } from './direction.ts';
import { RowTools } from './row-tools.tsx';
import { TableHead } from './table-head.tsx';
import { useTickerSettings } from './ticker-settings.ts';
import type { Direction, TickerRow } from './ticker-store.ts';
import classes from './ticker-table.module.css';

/** A price that has not changed for this long is marked: it may be right, and it may be old. */
const STALE_MS = 30_000;

interface TickerTableProps {
  readonly rows: readonly TickerRow[];
  readonly chosen: string;
  /** Ages of prices stand still with them. */
  readonly frozen: boolean;
}

export function TickerTable({ rows, chosen, frozen }: TickerTableProps) {
  const nowMs = useNow(1_000, !frozen);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Prices">
      <table className={classes.table}>
        <TableHead />
        <tbody>
          {rows.map((row) => (
            <PriceRow
              key={row.symbol}
              row={row}
              chosen={row.symbol === chosen}
              unchangedSeconds={Math.max(0, Math.floor((nowMs - row.changedAtMs) / 1_000))}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PriceRowProps {
  readonly row: TickerRow;
  readonly chosen: boolean;
  readonly unchangedSeconds: number;
}

const PriceRow = memo(function PriceRow({ row, chosen, unchangedSeconds }: PriceRowProps) {
  const change = useTickerSettings((settings) => settings.change);
  const sign = signOf(row.change ?? row.changePercent);
  const stale = unchangedSeconds * 1_000 >= STALE_MS;
  return (
    <tr data-chosen={chosen} data-stale={stale} onClick={() => change({ chosen: row.symbol })}>
      <th scope="row">
        <button type="button" className={classes.symbol} aria-pressed={chosen}>
          {row.symbol}
        </button>
        {stale && <span className={classes.stale}>stale</span>}
      </th>
      <td className={classes.number}>
        {/* A new key restarts the flash. */}
        <span key={row.changedAtMs} className={classes.price} data-direction={row.direction}>
          {formatPrice(row.price, row.decimals)}
        </span>
        <LastChange direction={row.direction} />
      </td>
      <ChangeCell row={row} />
      <td className={classes.trend} data-sign={sign}>
        <Sparkline samples={row.samples} last={row.price} />
      </td>
      <td className={classes.range}>{formatPrice(row.high, row.decimals)}</td>
      <td className={classes.range}>{formatPrice(row.low, row.decimals)}</td>
      <td className={classes.volume}>{row.volume === null ? '–' : formatCompact(row.volume)}</td>
      <td className={classes.age} title="Since the last change of price">
        {unchangedSeconds === 0 ? 'now' : formatDuration(unchangedSeconds * 1_000).replace(/\.\d+ s/, ' s')}
      </td>
      <td className={classes.tools}>
        <RowTools symbol={row.symbol} />
      </td>
    </tr>
  );
});

/** The flash says it in colour, for half a second, and not at all where motion is reduced. */
function LastChange({ direction }: { direction: Direction }) {
  return (
    <span className={classes.lastChange}>
      {direction !== 'flat' && (
        <span role="img" aria-label={`Last change ${direction}`} title={`Last change: ${direction}`}>
          {tickOf[direction]}
        </span>
      )}
    </span>
  );
}

/** A plain backend may send the price alone: then the arrow is that of its last change. */
function ChangeCell({ row: { change, changePercent, direction, decimals } }: { row: TickerRow }) {
  const known = change !== null || changePercent !== null;
  const sign = known ? signOf(change ?? changePercent) : direction;
  return (
    <td className={classes.number} data-sign={sign}>
      <span aria-hidden={known} className={classes.arrow} title={known ? undefined : `Last change: ${sign}`}>
        {arrowOf(sign)}
      </span>
      {change !== null && formatSigned(change, decimals)}
      {known && (
        <span className={classes.percent}>
          {changePercent === null ? '' : ` ${formatSigned(changePercent)} %`}
        </span>
      )}
    </td>
  );
}

import { type SortKey, useTickerSettings } from './ticker-settings.ts';
import classes from './ticker-table.module.css';

const RANGE_OF =
  'of the prices that reached this page and, where it is known, of the session’s opening price';

/** A click sorts, a second one turns round, a third goes back to the list's own order. */
export function TableHead() {
  return (
    <thead>
      <tr>
        <SortHeader sortKey="symbol" label="Symbol" />
        <SortHeader sortKey="price" label="Price" className={classes.number} />
        <SortHeader sortKey="change" label="Change" className={classes.number} />
        <th scope="col" className={classes.trend}>
          Trend
        </th>
        <th scope="col" className={classes.range} title={`Highest ${RANGE_OF}`}>
          High
        </th>
        <th scope="col" className={classes.range} title={`Lowest ${RANGE_OF}`}>
          Low
        </th>
        <SortHeader sortKey="volume" label="Volume" className={classes.volume} />
        <th scope="col" className={classes.age}>
          Last
        </th>
        <th scope="col" className={classes.tools}>
          <span className={classes.hidden}>Order</span>
        </th>
      </tr>
    </thead>
  );
}

interface SortHeaderProps {
  readonly sortKey: SortKey;
  readonly label: string;
  readonly className?: string | undefined;
}

function SortHeader({ sortKey, label, className }: SortHeaderProps) {
  const { sortBy, descending, change } = useTickerSettings();
  const active = sortBy === sortKey;
  // Numbers are asked for from the largest, names from A.
  const first = sortKey !== 'symbol';
  const next = !active
    ? { sortBy: sortKey, descending: first }
    : descending === first
      ? { sortBy: sortKey, descending: !first }
      : { sortBy: 'own' as const, descending: false };
  const order = descending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={className} aria-sort={active ? order : undefined}>
      <button type="button" className={classes.sort} data-active={active} onClick={() => change(next)}>
        {label}
        {active && <span aria-hidden="true">{descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  );
}

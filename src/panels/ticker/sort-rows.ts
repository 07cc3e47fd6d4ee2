import type { SortKey } from './ticker-settings.ts';
import type { TickerRow } from './ticker-store.ts';

type ValueOf = (row: TickerRow) => number | null;

const sortValue: Record<Exclude<SortKey, 'own' | 'symbol'>, ValueOf> = {
  price: ({ price }) => price,
  change: ({ changePercent, change }) => changePercent ?? change,
  volume: ({ volume }) => volume,
};

/**
 * The rows in the order that the table shows. `own` is the watch list's, then whatever else the backend sends. Rows
 * without a value come last whichever way it is sorted.
 */
export function sortRows(
  rows: ReadonlyMap<string, TickerRow>,
  symbols: readonly string[],
  { sortBy, descending }: { sortBy: SortKey; descending: boolean },
): TickerRow[] {
  const watched = symbols.flatMap((symbol) => rows.get(symbol) ?? []);
  const ordered = [...watched, ...[...rows.values()].filter(({ symbol }) => !symbols.includes(symbol))];
  const sign = descending ? -1 : 1;
  if (sortBy === 'own') return ordered;
  if (sortBy === 'symbol') return ordered.sort((a, b) => sign * a.symbol.localeCompare(b.symbol));
  const value = sortValue[sortBy];
  return ordered.sort((a, b) => compare(value(a), value(b), sign));
}

function compare(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return sign * (a - b);
}

import { type Demand, type Measurement, meets } from './bench.ts';

const HEADINGS = ['', 'value', 'unit', 'least to most', 'demanded', ''];
/** The column of numbers, which end below each other. */
const VALUE = 1;

/** The lines of a table, as they are written to a terminal. */
export function tableOf(measurements: readonly Measurement[]): readonly string[] {
  const table = [HEADINGS, ...measurements.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === VALUE ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf({ subject, value, unit, range, demand }: Measurement): string[] {
  const spread = range ? `${formatNumber(range[0])} to ${formatNumber(range[1])}` : '';
  const verdict = demand ? (meets(value, demand) ? 'met' : 'NOT MET') : '';
  return [subject, formatNumber(value), unit, spread, demand ? demandText(demand) : '', verdict];
}

function demandText(demand: Demand): string {
  return 'atLeast' in demand
    ? `at least ${formatNumber(demand.atLeast)}`
    : `at most ${formatNumber(demand.atMost)}`;
}

const formatNumber = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 });

import { formatCount } from '../../ui/format.ts';
import type { LogRow } from './log-line.ts';

export function lossWords(row: Exclude<LogRow, { type: 'line' }>): string {
  if (row.type === 'dropped') return `dropped ${lines(row.count)}: this page did not take them in time`;
  return row.missed === null
    ? 'may have missed lines: the server cannot tell how many'
    : `missed ${lines(row.missed)}: the server no longer has them`;
}

const lines = (count: number) => `${formatCount(count)} ${count === 1 ? 'line' : 'lines'}`;

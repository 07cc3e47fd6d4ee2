import { formatCount } from '../../ui/format.ts';
import type { LogRow } from './log-line.ts';

export function lossWords(row: Exclude<LogRow, { type: 'line' }>): string {
  if (row.type === 'dropped') return `dropped ${lines(row.count)}: they came, and this page did not get them`;
  return row.missed === null
    ? 'may have missed lines: the server did not tell how many'
    : `missed ${lines(row.missed)}: they are not to be had any more`;
}

const lines = (count: number) => `${formatCount(count)} ${count === 1 ? 'line' : 'lines'}`;

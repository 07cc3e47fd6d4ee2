import { fieldsText } from './log-fields.ts';
import type { LogRow } from './log-line.ts';
import { formatExact } from './log-time.ts';
import { lossWords } from './loss-words.ts';

/** A row as a line of a text file: its time as the list shows it, level, service, message, fields. */
export function rowText(row: LogRow): string {
  if (row.type !== 'line') return `[${lossWords(row)}]`;
  const { timeMs, level, service, message, fields } = row.line;
  const parts = [
    formatExact(timeMs ?? row.arrivedAtMs),
    (level ?? 'log').toUpperCase().padEnd(5),
    service === null ? '' : `[${service}]`,
    message,
    fields === null ? '' : fieldsText(fields),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

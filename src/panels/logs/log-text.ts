import { fieldsText } from './log-fields.ts';
import { type LogRow, timeOf } from './log-line.ts';
import { formatExact } from './log-time.ts';
import { lossWords } from './loss-words.ts';

/** A row as a line of a text file: time, level, service, message, fields. */
export function rowText(row: LogRow): string {
  if (row.type !== 'line') return `[${lossWords(row)}]`;
  const { level, service, message, fields } = row.line;
  const parts = [
    formatExact(timeOf(row.line, row.arrivedAtMs)),
    (level ?? 'log').toUpperCase().padEnd(5),
    service === null ? '' : `[${service}]`,
    message,
    fields === null ? '' : fieldsText(fields),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

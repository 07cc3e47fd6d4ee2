import { USER_COLUMNS, type User } from '../contract/exports.ts';

/** Lines end with CR LF, the last one too (RFC 4180, section 2, rules 1 and 2). */
const LINE_END = '\r\n';

/** A cell with any of these is quoted, and quotes within are doubled (RFC 4180, section 2, rules 6 and 7). */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * One cell. Text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@` first) is not changed: a prefix would
 * falsify what a program reads, and no made-up user has such text (a test reads all of them). A backend that exports
 * what people typed in should decide anew.
 */
function csvCell(value: string | number): string {
  const text = String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(csvCell).join(',') + LINE_END;
}

export const USER_CSV_HEADER = csvLine(USER_COLUMNS);

export function userCsvLine(user: User): string {
  return csvLine(USER_COLUMNS.map((column) => user[column]));
}

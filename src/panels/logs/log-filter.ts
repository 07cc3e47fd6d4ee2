import type { LevelKey } from './log-levels.ts';
import type { LogLine, LogRow } from './log-line.ts';

/** What of the log is shown. One tagged kind of search for now; others (regular expression, inverse) join it here. */
export interface LogFilter {
  readonly hiddenLevels: readonly LevelKey[];
  /** Searched in message, service and fields, upper and lower case alike. Blank is no search. */
  readonly text: string;
}

export const SHOW_ALL: LogFilter = { hiddenLevels: [], text: '' };

export const levelKeyOf = (line: LogLine): LevelKey => line.level ?? 'other';

/** Which rows are shown, or null where all are. A row that stands for lost lines is shown whatever the filter. */
export function rowPredicate({ hiddenLevels, text }: LogFilter): ((row: LogRow) => boolean) | null {
  const needle = text.trim().toLowerCase();
  if (hiddenLevels.length === 0 && needle === '') return null;
  const hidden = new Set(hiddenLevels);
  return (row) =>
    row.type !== 'line' ||
    (!hidden.has(levelKeyOf(row.line)) && (needle === '' || lineContains(row.line, needle)));
}

function lineContains({ message, service, fields }: LogLine, needle: string): boolean {
  if (message.toLowerCase().includes(needle)) return true;
  if (service?.toLowerCase().includes(needle)) return true;
  return fields !== null && fieldsText(fields).toLowerCase().includes(needle);
}

/** The fields in one line, `key=value`, as a row shows them and a search finds them. */
export function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

/** A text cut where the search is found in it. */
export interface TextPiece {
  readonly text: string;
  readonly found: boolean;
}

const MAX_PIECES = 200;

export function cutAtMatches(text: string, search: string): readonly TextPiece[] {
  const needle = search.trim().toLowerCase();
  const whole = text.toLowerCase();
  // A few characters change their length in lower case: positions would not fit, so such text is not marked.
  if (needle === '' || whole.length !== text.length) return [{ text, found: false }];
  const pieces: TextPiece[] = [];
  let from = 0;
  for (
    let at = whole.indexOf(needle);
    at !== -1 && pieces.length < MAX_PIECES;
    at = whole.indexOf(needle, from)
  ) {
    if (at > from) pieces.push({ text: text.slice(from, at), found: false });
    from = at + needle.length;
    pieces.push({ text: text.slice(at, from), found: true });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), found: false });
  return pieces;
}

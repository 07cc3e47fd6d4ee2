import type { ExpressionAnswers } from './expression-answers.ts';
import type { LevelKey } from './log-levels.ts';
import { type LogLine, type LogRow, timeOf } from './log-line.ts';

/** What becomes of the lines that a search finds. */
export const SEARCH_EFFECTS = ['show', 'hide', 'mark'] as const;
export type SearchEffect = (typeof SEARCH_EFFECTS)[number];

/** What to look for in message, service and fields, upper and lower case alike. */
export type LogSearch =
  | { readonly type: 'none' }
  | { readonly type: 'text'; readonly text: string; readonly effect: SearchEffect }
  | { readonly type: 'expression'; readonly source: string; readonly effect: SearchEffect };

/** Milliseconds since 1970; `toMs` is no longer part of it. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What of the log is shown. */
export interface LogFilter {
  readonly hiddenLevels: readonly LevelKey[];
  readonly search: LogSearch;
  /** Null for all of them. */
  readonly service: string | null;
  readonly range: TimeRange | null;
}

export const NO_SEARCH: LogSearch = { type: 'none' };
export const SHOW_ALL: LogFilter = { hiddenLevels: [], search: NO_SEARCH, service: null, range: null };

/** Blank is no search. */
export function textSearch(text: string, effect: SearchEffect = 'show'): LogSearch {
  const needle = text.trim().toLowerCase();
  return needle === '' ? NO_SEARCH : { type: 'text', text: needle, effect };
}

export const levelKeyOf = (line: LogLine): LevelKey => line.level ?? 'other';

/** The regular expression that decides which rows are shown; null where none does. */
export function decidingExpression({ search }: LogFilter): string | null {
  return search.type === 'expression' && search.effect !== 'mark' ? search.source : null;
}

type LineTest = (line: LogLine, position: number, row: LogRow) => boolean;

/**
 * Which rows are shown, or null where all are. A row that stands for lost lines is shown whatever the filter.
 * Rows have to be asked for in rising order where an expression decides.
 */
export function rowTest(
  filter: LogFilter,
  answers: ExpressionAnswers | null,
): ((row: LogRow, position: number) => boolean) | null {
  const tests = [
    levelTest(filter.hiddenLevels),
    serviceTest(filter.service),
    rangeTest(filter.range),
    searchTest(filter.search, answers),
  ].filter((test) => test !== null);
  if (tests.length === 0) return null;
  return (row, position) => row.type !== 'line' || tests.every((test) => test(row.line, position, row));
}

function levelTest(hiddenLevels: readonly LevelKey[]): LineTest | null {
  const hidden = new Set(hiddenLevels);
  return hidden.size === 0 ? null : (line) => !hidden.has(levelKeyOf(line));
}

function serviceTest(service: string | null): LineTest | null {
  return service === null ? null : (line) => line.service === service;
}

function rangeTest(range: TimeRange | null): LineTest | null {
  if (range === null) return null;
  return (line, _, row) => {
    const timeMs = timeOf(line, row.arrivedAtMs);
    return timeMs >= range.fromMs && timeMs < range.toMs;
  };
}

function searchTest(search: LogSearch, answers: ExpressionAnswers | null): LineTest | null {
  if (search.type === 'none' || search.effect === 'mark') return null;
  const wanted = search.effect === 'show';
  if (search.type === 'text') return (line) => lineContains(line, search.text) === wanted;
  // An expression that nobody answers for (none could be asked) finds nothing.
  return answers === null ? null : (_, position) => answers.matches(position) === wanted;
}

function lineContains({ message, service, fields }: LogLine, needle: string): boolean {
  if (message.toLowerCase().includes(needle)) return true;
  if (service?.toLowerCase().includes(needle)) return true;
  return fields !== null && fieldsContain(fields, needle);
}

/** What parts one field from the next, a name from its value, and the parts of a value: only the whole text has them. */
const joints = /[=\s"{}[\],:]/;

/** Writing all fields of a long log as text takes longer than a search may, and most words are in one name or value. */
function fieldsContain(fields: LogFields, needle: string): boolean {
  if (joints.test(needle)) return fieldsText(fields).toLowerCase().includes(needle);
  for (const key in fields) {
    if (key.toLowerCase().includes(needle) || valueText(fields[key]).toLowerCase().includes(needle))
      return true;
  }
  return false;
}

type LogFields = Readonly<Record<string, unknown>>;

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}

/** The fields in one line, `key=value`, as a row shows them and a search finds them. */
export function fieldsText(fields: LogFields): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${valueText(value)}`)
    .join(' ');
}

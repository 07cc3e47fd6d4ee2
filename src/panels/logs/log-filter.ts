import { fieldsText } from './log-fields.ts';
import type { LevelKey } from './log-levels.ts';
import { type LogLine, type LogRow, levelKeyOf, timeOf } from './log-line.ts';

/** What becomes of the lines that a search finds. */
export const SEARCH_EFFECTS = ['show', 'hide', 'mark'] as const;
export type SearchEffect = (typeof SEARCH_EFFECTS)[number];

/** What to look for in message, service and fields, upper and lower case alike. */
export type LogSearch =
  | { readonly type: 'none' }
  | { readonly type: 'text'; readonly text: string; readonly effect: SearchEffect }
  | { readonly type: 'expression'; readonly source: string; readonly effect: SearchEffect };

/** Milliseconds since 1970; `toMs` is no longer part of it. An open end is infinite. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whether no time is in a range. */
export const isEmptyRange = ({ fromMs, toMs }: TimeRange): boolean => fromMs >= toMs;

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

/** The regular expression that decides which rows are shown; null where none does. */
export function decidingExpression({ search }: LogFilter): string | null {
  return search.type === 'expression' && search.effect !== 'mark' ? search.source : null;
}

type LineTest = (line: LogLine, row: LogRow) => boolean;

export const showsAll = ({ hiddenLevels, search, service, range }: LogFilter): boolean =>
  hiddenLevels.length === 0 &&
  service === null &&
  range === null &&
  (search.type === 'none' || search.effect === 'mark');

/**
 * Which rows are shown, whatever an expression says. A row that stands for lost lines is shown whatever the filter. For lines in
 * blocks, `maskOf` says the same sooner.
 */
export function rowTest(filter: LogFilter): (row: LogRow) => boolean {
  const tests = [
    levelTest(filter.hiddenLevels),
    serviceTest(filter.service),
    rangeTest(filter.range),
    searchTest(filter.search),
  ].filter((test) => test !== null);
  return (row) => row.type !== 'line' || tests.every((test) => test(row.line, row));
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
  return (line, row) => {
    const timeMs = timeOf(line, row.arrivedAtMs);
    return timeMs >= range.fromMs && timeMs < range.toMs;
  };
}

function searchTest(search: LogSearch): LineTest | null {
  if (search.type !== 'text' || search.effect === 'mark') return null;
  const contains = lineContaining(search.text);
  const wanted = search.effect === 'show';
  return (line) => contains(line) === wanted;
}

/** Whether a line holds the needle. Few are asked one by one: lines in blocks are searched by `BlockSearch`. */
const lineContaining =
  (needle: string) =>
  ({ message, service, fields }: LogLine): boolean =>
    [message, service ?? '', fields === null ? '' : fieldsText(fields)].some((text) =>
      text.toLowerCase().includes(needle),
    );

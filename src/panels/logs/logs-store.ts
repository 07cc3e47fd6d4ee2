import { foldConnection, initialConnectionView } from '../../streams/connection-view.ts';
import type { ConnectionView, RetainedChunk, StreamEvent } from '../../streams/types.ts';
import { pageOriginMs } from '../../streams/wall-clock.ts';
import { ExpressionAnswers } from './expression-answers.ts';
import type { LineBlock } from './line-block.ts';
import { LogBook, MAX_ROWS } from './log-book.ts';
import { decidingExpression, type LogFilter, SHOW_ALL } from './log-filter.ts';
import type { LogLine } from './log-line.ts';
import { LogMatches } from './log-matches.ts';

export interface LogsState {
  readonly connection: ConnectionView;
  /** Changed in place, as `matches` is: `version` is what tells one content from the next. */
  readonly book: LogBook;
  readonly matches: LogMatches;
  /** Those of a filter that has not looked at all rows yet: they take the place of `matches` when it has. */
  readonly nextMatches: LogMatches | null;
  /** How far `nextMatches` has to look: lines that come meanwhile could keep it busy for ever. */
  readonly nextEnd: number;
  readonly version: number;
  readonly filter: LogFilter;
  /**
   * While the view is frozen, what has come since, from the end of `book` on; null while it is not. The book of a frozen view does
   * not change, so its rows, counts and bars are of one moment however long it stands. Both keep as many rows as one does, so at most
   * twice as much is held.
   */
  readonly later: LogBook | null;
  /** When the newest line that another feed could bring again came, on `performance.now()`'s clock. */
  readonly newestAtMs: number;
}

export function createLogs(filter: LogFilter = SHOW_ALL, { capacity = MAX_ROWS } = {}): LogsState {
  const book = new LogBook(capacity);
  return {
    connection: initialConnectionView,
    book,
    matches: newMatches(filter),
    nextMatches: null,
    nextEnd: 0,
    version: 0,
    filter,
    later: null,
    newestAtMs: Number.NEGATIVE_INFINITY,
  };
}

/**
 * Takes a frame's events. Cost: one append a line, whatever is held.
 *
 * @param originMs what `performance.now()` counts from at this moment, in milliseconds since 1970. It moves on while a machine
 *   sleeps, as that clock stands still then: rows keep what they were stamped with.
 */
export function applyLogs(
  state: LogsState,
  events: readonly StreamEvent<LogLine>[],
  originMs = pageOriginMs(),
): LogsState {
  const book = state.later ?? state.book;
  let { newestAtMs } = state;
  for (const event of events) newestAtMs = appendRows(book, event, newestAtMs, originMs);
  const next = { ...state, newestAtMs, connection: foldConnection(state.connection, events) };
  return state.later === null ? shown(next) : next;
}

/** @returns when the newest row came */
function appendRows(
  book: LogBook,
  event: StreamEvent<LogLine>,
  newestAtMs: number,
  originMs: number,
): number {
  const { end } = book.rows;
  const arrivedAtMs = originMs + event.atMs;
  if (event.type === 'chunk') {
    for (const { value } of event.messages) book.append({ type: 'line', line: value, arrivedAtMs });
    // Packed by `logsFeed`.
    if (event.packed) book.appendBlock(event.packed as LineBlock, arrivedAtMs);
  } else if (event.type === 'gap') {
    book.append({ type: 'gap', missed: event.missed, arrivedAtMs });
  } else if (event.type === 'dropped') {
    book.append({ type: 'dropped', count: event.count, arrivedAtMs });
  } else if (event.type === 'joined') {
    return appendRetained(book, event.retained, newestAtMs, originMs);
  }
  return book.rows.end > end ? event.atMs : newestAtMs;
}

/** Of another feed's past, only what came after the last line that is here. */
function appendRetained(
  book: LogBook,
  retained: readonly RetainedChunk<LogLine>[],
  newestAtMs: number,
  originMs: number,
): number {
  let newest = newestAtMs;
  for (const { atMs, messages, losses = [] } of retained) {
    if (atMs < newestAtMs) continue;
    const arrivedAtMs = originMs + atMs;
    for (const loss of losses) book.append({ ...loss, arrivedAtMs });
    for (const { value } of messages) book.append({ type: 'line', line: value, arrivedAtMs });
    newest = Math.max(newest, atMs);
  }
  return newest;
}

/** A short log is filtered at once; a long one in slices, by `lookOn`, while what was shown stays. */
export function setFilter(state: LogsState, filter: LogFilter): LogsState {
  return lookOn({ ...state, filter, nextMatches: newMatches(filter), nextEnd: state.book.rows.end });
}

/** How many rows a filter looks at before it asks whether something else has to be done: well under a frame. */
const SLICE_ROWS = 10_000;

/** Lets a new filter look at the next rows; what it shows takes its place as soon as it has seen all. */
export function lookOn(state: LogsState): LogsState {
  const { nextMatches, nextEnd, book } = state;
  if (nextMatches === null) return state;
  // What a worker answers comes in slices already.
  const maxRows = nextMatches.answers === null ? SLICE_ROWS : Number.POSITIVE_INFINITY;
  const seenAll = nextMatches.catchUp(book.rows, nextEnd, maxRows);
  return seenAll ? shown({ ...state, matches: nextMatches, nextMatches: null }) : state;
}

/** Whether `lookOn` has more to look at; for an expression a worker has. */
export const isSearchedInSlices = ({ nextMatches }: LogsState): boolean => nextMatches?.answers === null;

/** To be called when the answers to an expression have grown. */
export function takeAnswers(state: LogsState): LogsState {
  return state.nextMatches === null ? shown(state) : lookOn(state);
}

function newMatches(filter: LogFilter): LogMatches {
  const expression = decidingExpression(filter);
  const answers = expression === null ? null : new ExpressionAnswers(expression);
  return new LogMatches(filter, answers);
}

/** Freezes the view with what has come by now; the feed goes on. */
export function freeze(state: LogsState): LogsState {
  return state.later === null ? { ...state, later: bookAfter(state.book) } : state;
}

/** What is held then is what would be held had the view never been frozen. */
export function unfreeze(state: LogsState): LogsState {
  const { book, later } = state;
  return shown({ ...state, book: later === null ? book : LogBook.joined(book, later), later: null });
}

export function clearLogs(state: LogsState): LogsState {
  const { book } = state;
  book.clear();
  const later = state.later === null ? null : bookAfter(book);
  const newestAtMs = Number.NEGATIVE_INFINITY;
  return shown({ ...state, later, newestAtMs, matches: newMatches(state.filter), nextMatches: null });
}

const bookAfter = ({ rows }: LogBook): LogBook => new LogBook(rows.capacity, rows.end);

/** The same lines under a new connection. */
export function restart(state: LogsState): LogsState {
  return unfreeze({ ...state, connection: initialConnectionView });
}

/** How many rows came since the view was frozen; null while it is not. */
export function behindBy({ later, book }: LogsState): number | null {
  return later === null ? null : later.rows.end - book.rows.end;
}

/** A frozen view of an open connection is what a person calls paused, though the feed goes on beneath it. */
export function shownConnection({ connection, later }: LogsState): ConnectionView {
  const { state } = connection;
  const open = state.status === 'live' || state.status === 'stalled';
  return later !== null && open
    ? { ...connection, state: { status: 'paused', attempt: state.attempt } }
    : connection;
}

function shown(state: LogsState): LogsState {
  state.matches.catchUp(state.book.rows, state.book.rows.end);
  return { ...state, version: state.version + 1 };
}

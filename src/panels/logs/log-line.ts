import type { ReadLine } from '../../contract/log-lines/read-line.ts';
import type { StyledSpan } from './ansi-style.ts';
import type { LevelKey } from './log-levels.ts';

/** One line of a log, whatever form it came in. */
export interface LogLine extends ReadLine {
  /** How a terminal would draw the message; left out where it says nothing of that. */
  readonly styles?: readonly StyledSpan[] | undefined;
}

/** A line that says nothing. */
export const NO_LINE: LogLine = { timeMs: null, level: null, service: null, message: '', fields: null };

/** One row of the view: a line, or the place where some are not. */
export type LogRow =
  | { readonly type: 'line'; readonly line: LogLine; readonly arrivedAtMs: number }
  /** The server could not resume without loss; null where nobody knows how many lines are gone. */
  | { readonly type: 'gap'; readonly missed: number | null; readonly arrivedAtMs: number }
  /** A bounded queue on the way let some go. */
  | { readonly type: 'dropped'; readonly count: number; readonly arrivedAtMs: number };

export const levelKeyOf = (line: LogLine): LevelKey => line.level ?? 'other';

/** Clocks differ; a line whose own time lies further ahead than this is placed at its arrival. */
const MAX_AHEAD_MS = 60_000;

/** When a line was written, as far as it says so; its arrival else. Milliseconds since 1970. */
export function timeOf({ timeMs }: LogLine, arrivedAtMs: number): number {
  return placedTime(timeMs ?? Number.NaN, arrivedAtMs);
}

/** The same of a time that is NaN where the line names none. */
export function placedTime(timeMs: number, arrivedAtMs: number): number {
  return timeMs <= arrivedAtMs + MAX_AHEAD_MS ? timeMs : arrivedAtMs;
}

import type { LogLevel } from '../../contract/logs.ts';
import type { StyledSpan } from './ansi-style.ts';
import type { LevelKey } from './log-levels.ts';

/** One line of a log, whatever form it came in. `null` stands for what the line does not say. */
export interface LogLine {
  /** Milliseconds since 1970, UTC. */
  readonly timeMs: number | null;
  readonly level: LogLevel | null;
  readonly service: string | null;
  readonly message: string;
  /** How a terminal would draw the message; left out where it says nothing of that. */
  readonly styles?: readonly StyledSpan[] | undefined;
  /** Whatever else a structured line carries. */
  readonly fields: Readonly<Record<string, unknown>> | null;
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

/** Epoch seconds, milliseconds, microseconds and nanoseconds tell themselves apart by size for any date from 1973 to 5138. */
function epochMs(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  if (value < 1e11) return value * 1_000;
  if (value < 1e14) return value;
  if (value < 1e17) return value / 1e3;
  return value / 1e6;
}

/** Most lines of a burst bear the time of the one before. */
let lastRead = { text: '', timeMs: null as number | null };

/** Reads a time as loggers write it; null where it is none. A time that names no zone is local. */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string') return null;
  if (value !== lastRead.text) lastRead = { text: value, timeMs: readTimeText(value.trim()) };
  return lastRead.timeMs;
}

function readTimeText(text: string): number | null {
  if (/^\d{9,19}(?:\.\d+)?$/.test(text)) return epochMs(Number(text));
  const ms = Date.parse(text.replace(/^(\d{4})[/-](\d\d)[/-](\d\d) /, '$1-$2-$3T').replace(/,(\d)/, '.$1'));
  return Number.isNaN(ms) ? null : ms;
}

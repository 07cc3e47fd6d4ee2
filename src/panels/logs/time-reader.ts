import { readTime } from '../../contract/log-lines/times.ts';
import { CAPITAL_Z, DOT, isDigit, ZERO } from './ascii.ts';
import { isSame } from './same-bytes.ts';
import { textBetween } from './texts.ts';

/** `2026-01-01T12:00:` and `2026-01-01T12:00:00.000Z`, as scripts write times (ECMA-262, 21.4.1.32). */
const MINUTE_LENGTH = 17;
const ISO_LENGTH = 24;

const NO_BYTES = new Uint8Array(0);

/** Reads times as `readTime` does, faster where they follow one another: most lines bear the time or the minute of the one before. */
export class TimeReader {
  #last = NO_BYTES;
  #lastMs: number | null = null;
  /** The beginning of the last time that was written so. */
  #minute = NO_BYTES;
  #minuteMs = 0;

  read(bytes: Uint8Array, from: number, end: number): number | null {
    if (isSame(this.#last, bytes, from, end)) return this.#lastMs;
    const withinMinuteMs = withinMinute(bytes, from, end);
    if (withinMinuteMs !== null && isSame(this.#minute, bytes, from, from + MINUTE_LENGTH))
      return this.#minuteMs + withinMinuteMs;
    const text = textBetween(bytes, from, end);
    const timeMs = readTime(text);
    this.#last = bytes.slice(from, end);
    this.#lastMs = timeMs;
    // Only of a time as a script writes it is it known that the rest of its minute is read in the same way.
    if (withinMinuteMs !== null && timeMs !== null && new Date(timeMs).toISOString() === text) {
      this.#minute = bytes.slice(from, from + MINUTE_LENGTH);
      this.#minuteMs = timeMs - withinMinuteMs;
    }
    return timeMs;
  }
}

/** Milliseconds since the minute began; null where the time is written in another way. */
function withinMinute(bytes: Uint8Array, from: number, end: number): number | null {
  if (end - from !== ISO_LENGTH || bytes[from + 19] !== DOT || bytes[end - 1] !== CAPITAL_Z) return null;
  const seconds = numberAt(bytes, from + MINUTE_LENGTH, 2);
  const ms = numberAt(bytes, from + 20, 3);
  return seconds === null || ms === null || seconds > 59 ? null : 1_000 * seconds + ms;
}

function numberAt(bytes: Uint8Array, from: number, digits: number): number | null {
  let number = 0;
  for (let at = from; at < from + digits; at += 1) {
    const byte = bytes[at] ?? 0;
    if (!isDigit(byte)) return null;
    number = 10 * number + byte - ZERO;
  }
  return number;
}

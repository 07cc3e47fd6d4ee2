import { ESCAPE, escapeSequences, withoutEscapes } from '../contract/log-lines/escapes.ts';
import { readJsonLine } from '../contract/log-lines/json-line.ts';
import type { ReadLine } from '../contract/log-lines/read-line.ts';
import { readLogText } from '../contract/log-lines/text.ts';
import type { LogEntry } from '../contract/logs.ts';

/** What stands in for the things a line doesn't say. */
export interface LineDefaults {
  readonly service: string;
  /** When the line was read. */
  readonly nowMs: number;
}

/**
 * Reads a line of any log as the page does, which gets such lines from other backends as they are. It never fails.
 *
 * Of a line that names no level the contract still wants one, by which readers ask for lines: `info`, so that such lines are left out
 * by those who ask for warnings, as most of them are none, and by nobody else.
 */
export function readLogLine(text: string, { service, nowMs }: LineDefaults): LogEntry {
  const plain = withoutEscapes(text);
  const json = readJsonLine(plain);
  // What the page would refuse is text: a file's reader has nobody to tell.
  const line = json?.ok ? json.value : readText(text, plain, nowMs);
  return {
    timestamp: new Date(line.timeMs ?? nowMs).toISOString(),
    level: line.level ?? 'info',
    service: line.service || service,
    message: line.message,
    ...(line.fields === null ? {} : { fields: line.fields }),
  };
}

function readText(text: string, plain: string, nowMs: number): ReadLine {
  const line = readLogText(plain, nowMs);
  return text === plain ? line : { ...line, message: coloured(line.message, text, plain) };
}

const setsStyle = new RegExp(`^${ESCAPE}\\[[\\d;:]*m$`);
const endsStyles = new RegExp(`^${ESCAPE}\\[0?m$`);

/** The message with the styles that it has in the text: the page draws them. */
function coloured(message: string, text: string, plain: string): string {
  const end = plain.trimEnd();
  // Of a message that is not the line's end it is not known where it was.
  if (!end.endsWith(message)) return message;
  const start = end.length - message.length;
  let before = '';
  let taken = 0;
  let from = 0;
  for (const match of text.matchAll(escapeSequences)) {
    const [sequence] = match;
    if (taken + match.index - from > start) break;
    taken += match.index - from;
    from = match.index + sequence.length;
    if (endsStyles.test(sequence)) before = '';
    else if (setsStyle.test(sequence)) before += sequence;
  }
  return before + text.slice(from + start - taken).trimEnd();
}

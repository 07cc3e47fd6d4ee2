import type { ParseMessage, ParseResult } from '../../streams/types.ts';
import { JsonLineScanner } from './json-line-scanner.ts';
import { lineOf } from './line-block.ts';
import { LineColumns } from './line-columns.ts';
import type { LogLine } from './log-line.ts';
import { readLogLine } from './read-log-line.ts';

type Refusal = Extract<ParseResult<LogLine>, { ok: false }>;

/** What a line refers to is held with it: few enough that the last line of a block holds little else. */
const BLOCK_LINES = 512;

/**
 * Reads the lines of one feed as `readLogLine` does, into columns: what it returns of each is where in them it is. Two things are
 * otherwise: half a surrogate pair becomes U+FFFD, and fields that are nested too deep to be written are refused.
 */
export function createLineReader(): ParseMessage<LogLine> {
  const scanner = new JsonLineScanner();
  let columns = new LineColumns(BLOCK_LINES);
  return ({ data }) => {
    if (columns.isFull) {
      columns.trim();
      columns = new LineColumns(BLOCK_LINES, columns);
    }
    if (typeof data === 'string' && scanner.scan(data)) columns.appendScanned(scanner);
    else {
      const refused = appendRead(data, columns);
      if (refused !== null) return refused;
    }
    return { ok: true, value: lineOf(columns, columns.count - 1) };
  };
}

/** In the ordinary way. Null where it was appended. */
function appendRead(data: unknown, columns: LineColumns): Refusal | null {
  const read = readLogLine(data);
  if (!read.ok) return read;
  try {
    columns.append(read.value);
    return null;
  } catch (error) {
    const isDeep = error instanceof RangeError;
    return { ok: false, reason: isDeep ? 'its fields are nested too deep' : String(error) };
  }
}

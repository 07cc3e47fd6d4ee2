import type { ParseMessage, ParseResult } from '../../streams/types.ts';
import { JsonLineScanner } from './json-line-scanner.ts';
import { lineOf } from './line-block.ts';
import { LineColumns } from './line-columns.ts';
import type { LogLine } from './log-line.ts';
import { readLogLine } from './read-log-line.ts';

/** What a line refers to is held with it: few enough that the last line of a block holds little else. */
const BLOCK_LINES = 512;

/**
 * Reads the lines of one feed as `readLogLine` does, into columns: what it returns of each is where in them it is. In a message, and in
 * what is searched, half a surrogate pair is U+FFFD; fields are what JSON can say of them.
 */
export function createLineReader(): ParseMessage<LogLine> {
  const scanner = new JsonLineScanner();
  let columns = new LineColumns(BLOCK_LINES);
  const read = (data: unknown): ParseResult<LogLine> => {
    if (columns.isFull) {
      columns.trim();
      columns = new LineColumns(BLOCK_LINES, columns);
    }
    if (typeof data === 'string' && scanner.scan(data)) columns.appendScanned(scanner);
    else {
      const line = readLogLine(data);
      if (!line.ok) return line;
      columns.append(line.value);
    }
    return { ok: true, value: lineOf(columns, columns.count - 1) };
  };
  return ({ data }) => {
    try {
      return read(data);
    } catch (error) {
      // One line that nobody thought of must not end the feed. What is in the columns of it, a next line would begin with.
      columns = new LineColumns(BLOCK_LINES);
      return { ok: false, reason: `it could not be read: ${String(error)}` };
    }
  };
}

import type { ParseMessage } from '../../streams/types.ts';
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
  return ({ data }) => {
    if (columns.isFull) {
      columns.trim();
      columns = new LineColumns(BLOCK_LINES, columns);
    }
    if (typeof data === 'string' && scanner.scan(data)) columns.appendScanned(scanner);
    else {
      const read = readLogLine(data);
      if (!read.ok) return read;
      columns.append(read.value);
    }
    return { ok: true, value: lineOf(columns, columns.count - 1) };
  };
}

import { type Parser, parse } from 'csv-parse/browser/esm';
import { type RawMessage, StreamError } from '../types.ts';
import { type Decoder, MAX_MESSAGE_LENGTH, NO_MESSAGES, plainMessage } from './decoder.ts';

/**
 * CSV (RFC 4180) with a header row: each row is a message whose value is an object of texts, keyed by the header. A row
 * that can't be read comes out as its text, so that a schema of objects refuses it and the rows after it go on.
 */
export function createCsvDecoder(): Decoder {
  const text = new TextDecoder();
  let messages: RawMessage[] = [];
  let failure: StreamError | null = null;

  const parser: Parser = parse({
    columns: true,
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_MESSAGE_LENGTH,
    on_skip: (_error, raw) => {
      messages.push(plainMessage(raw ?? ''));
      return undefined;
    },
  });
  parser.on('error', (cause: Error) => {
    failure = new StreamError('decode', `The CSV is broken: ${cause.message}`, { cause });
  });

  /** The parser transforms synchronously as long as it is drained after each write. */
  const drain = (): readonly RawMessage[] => {
    for (let row: unknown = parser.read(); row !== null; row = parser.read())
      messages.push(plainMessage(row));
    if (messages.length === 0) {
      if (failure !== null) throw failure;
      return NO_MESSAGES;
    }
    const completed = messages;
    messages = [];
    return completed;
  };

  return {
    decode(chunk) {
      parser.write(text.decode(chunk, { stream: true }));
      return drain();
    },
    end() {
      parser.end(text.decode());
      return drain();
    },
  };
}

import Papa from 'papaparse';
import { type RawMessage, StreamError } from '../types.ts';
import { type Decoder, NO_MESSAGES, plainMessage } from './decoder.ts';

/** The longest row that is collected in memory, in characters. A quote that is never closed makes one row of all the rest. */
const MAX_ROW_LENGTH = 8 * 1024 * 1024;

/** What `Papa.Parser` returns; its type says `any`. */
interface ParsedRows {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * CSV (RFC 4180; LF line ends too) with a header row: each row is a message whose value is an object of texts, keyed by
 * the header, and it is complete at its line end, not when the next row starts. A row with a broken quote or with more
 * or fewer fields than the header comes out as text, so that a schema of objects refuses it and the rows after it go on.
 */
export function createCsvDecoder(): Decoder {
  const text = new TextDecoder();
  // Papa.parse needs all text or a stream of its own; its Parser takes a piece and says how far the whole rows in it go.
  const parser = new Papa.Parser({ delimiter: ',', newline: '\n' });
  let header: readonly string[] | null = null;
  let rest = '';
  let failure: StreamError | null = null;

  const readRow = (fields: readonly string[], isBroken: boolean): RawMessage | null => {
    if (fields.length === 1 && fields[0] === '') return null;
    if (header === null) {
      header = fields;
      return null;
    }
    const columns = header;
    if (isBroken || fields.length !== columns.length) return plainMessage(fields.join(','));
    return plainMessage(Object.fromEntries(fields.map((field, index) => [columns[index] ?? '', field])));
  };

  const read = (isLast: boolean): readonly RawMessage[] => {
    if (failure !== null) throw failure;
    const parsed = parser.parse(rest, 0, !isLast) as ParsedRows;
    const broken = new Set(parsed.errors.map(({ row }) => row));
    rest = isLast ? '' : rest.slice(parsed.meta.cursor);
    if (rest.length > MAX_ROW_LENGTH)
      failure = new StreamError('decode', 'One CSV row is longer than 8 MiB: a quote may be missing.');
    const messages = parsed.data.flatMap(
      (fields, index) => readRow(withoutCarriageReturn(fields), broken.has(index)) ?? [],
    );
    if (messages.length === 0 && failure !== null) throw failure;
    return messages;
  };

  return {
    decode(chunk) {
      const piece = text.decode(chunk, { stream: true });
      rest += piece;
      // Without a line end no row is complete, and what is there need not be read again.
      return piece.includes('\n') || rest.length > MAX_ROW_LENGTH ? read(false) : NO_MESSAGES;
    },
    end() {
      rest += text.decode();
      return read(true);
    },
  };
}

/** Of a CRLF, the CR stays at the end of a row's last field. */
function withoutCarriageReturn(fields: readonly string[]): readonly string[] {
  const last = fields.at(-1);
  return last?.endsWith('\r') ? [...fields.slice(0, -1), last.slice(0, -1)] : fields;
}

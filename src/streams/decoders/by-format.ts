import type { BodyFormat } from '../../contract/endpoint.ts';
import { createBytesDecoder } from './bytes.ts';
import type { DecoderFactory } from './decoder.ts';
import { createLinesDecoder, createNdjsonDecoder } from './lines.ts';
import { createSseDecoder } from './sse.ts';
import { createTextDecoder } from './text.ts';

/** The decoder of each format. The heavy ones are loaded when a stream first needs them. */
export const decoderOf: Readonly<Record<BodyFormat, DecoderFactory>> = {
  sse: createSseDecoder,
  ndjson: createNdjsonDecoder,
  json: createTextDecoder,
  'json-array': async () => (await import('./json-array.ts')).createJsonArrayDecoder(),
  csv: async () => (await import('./csv.ts')).createCsvDecoder(),
  lines: createLinesDecoder,
  text: createTextDecoder,
  bytes: createBytesDecoder,
  html: createTextDecoder,
};

import type { BodyFormat } from '../../contract/endpoint.ts';
import type { Reader } from './inspector-draft.ts';

const formats: readonly (readonly [RegExp, BodyFormat])[] = [
  [/^text\/event-stream$/, 'sse'],
  [/^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|json-lines|stream\+json)$/, 'ndjson'],
  // A document that is no array is one message.
  [/^application\/(?:.+\+)?json$|^text\/json$/, 'json-array'],
  [/^text\/csv$/, 'csv'],
  [/^text\/plain$/, 'lines'],
  [/^text\/|^application\/(?:.+\+)?xml$|^application\/javascript$/, 'text'],
];

/**
 * As what a body is read: as asked for, or by its content type. A plain backend says `application/json` of lines of JSON,
 * too: what the catalogue knows as such is read as such.
 */
export function formatOf(reader: Reader, contentType: string | null, known: BodyFormat | null): BodyFormat {
  if (reader !== 'auto') return reader;
  const essence = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const format = formats.find(([pattern]) => pattern.test(essence))?.[1] ?? 'bytes';
  return format === 'json-array' && known === 'ndjson' ? known : format;
}

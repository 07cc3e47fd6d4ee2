import type { ReadLine } from './read-line.ts';
import { isLogRecord, readRecord } from './record.ts';

/** `key=value` or `key="a value"`, as Go's loggers, Docker, Grafana and Heroku write it. */
const pair = /([\w.@-]+)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s"]*))(?:\s+|$)/sy;

/** A longer line is text: nobody writes one, and a pattern that repeats runs out of stack on some megabytes. In UTF-16 code units. */
const MAX_LENGTH = 65_536;

/** Reads a logfmt line, or null where the text is none: it must be pairs throughout and name a message, a level or a time. */
export function readLogfmt(text: string): ReadLine | null {
  if (text.length > MAX_LENGTH) return null;
  const pairs: [string, string][] = [];
  pair.lastIndex = 0;
  for (let match = pair.exec(text); match; match = pair.exec(text)) {
    const [, key = '', quoted, bare = ''] = match;
    pairs.push([key, quoted === undefined ? bare : unescaped(quoted)]);
    if (pair.lastIndex < text.length) continue;
    const line = readRecord(Object.fromEntries(pairs));
    return isLogRecord(line) ? { ...line, message: line.message ?? '' } : null;
  }
  return null;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, character: string) => ESCAPED[character] ?? character);

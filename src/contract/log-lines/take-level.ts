import { readLevelWord } from './levels.ts';
import type { LineDraft } from './line-draft.ts';

/** `[ERROR]`, `(warn)`, `<info>` and what parts it from the rest. */
const bracketed = /^[[(<]\s{0,9}([A-Za-z]{2,13})\s{0,9}[\])>]:?\s*(?:[-|]\s+)?/;
/** `INFO`, `INFO:`, `INFO |`. */
const bare = /^([A-Za-z]{2,13})(?!::)(?=[\s:|[]|$)[:|]?\s*(?:[-|]\s+)?/;
/** What only a log has after a level in small letters, with a time before it. */
const afterSmall = /^(?:\t|\s*\||\s+-\s|\s+[A-Za-z_][\w./@:-]{0,99}\s+-\s|\s+\[[\w./@:-]{1,100}\])/;

/** Takes the level that the rest begins with, and says whether there is one. */
export function takeLevel(line: LineDraft): boolean {
  const { rest } = line;
  const inBrackets = bracketed.exec(rest);
  const match = inBrackets ?? bare.exec(rest);
  if (match === null) return false;
  const [{ length }, word = ''] = match;
  const level = readLevelWord(word);
  if (level === null || (inBrackets === null && !isMeant(word, line))) return false;
  line.rest = rest.slice(length);
  line.level = level;
  return true;
}

/** "Failure of …" or "Log in …" starts a sentence: without brackets or a colon, only capitals make a level, or a log's look. */
function isMeant(word: string, { rest, timeMs }: LineDraft): boolean {
  if (word === word.toUpperCase()) return true;
  const after = rest.slice(word.length);
  return /^:(?:\s|$)/.test(after) || (timeMs !== null && afterSmall.test(after));
}

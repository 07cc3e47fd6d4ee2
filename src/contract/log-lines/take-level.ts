import { readLevelWord } from './levels.ts';
import type { LineDraft } from './line-draft.ts';

/** `[ERROR]`, `(warn)`, `<info>` and what parts it from the rest. `<debug>true</debug>` is XML. */
const bracketed = /^[[(<]\s{0,9}([A-Za-z]{2,13})\s{0,9}(?:[\])]|>(?=\s|$)):?\s*(?:[-|]\s+)?/;
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
  if (level === null || !(inBrackets === null ? isMeant(word, line) : isNoTag(word, line))) return false;
  line.rest = rest.slice(length);
  line.level = level;
  return true;
}

/** What begins a line of a compiler's, a package manager's or Go's, with no time before it. `debug: false` is a setting. */
const meantAlone = /^(?:error|warn|warning|info|fatal|critical|panic|alert|emerg)$/i;
/** .NET's other words are no level without its `Category[7]`. */
const ofNet = /^(?:trce|dbug|fail|crit): \S{1,200}\[\d{1,10}\]/;

/** "Failure of …" or "Log in …" starts a sentence: without brackets or a colon, only capitals make a level, or a log's look. */
function isMeant(word: string, { rest, timeMs, isIndented }: LineDraft): boolean {
  if (isInCapitals(word)) return true;
  const after = rest.slice(word.length);
  const hasColon = /^:(?:\s|$)/.test(after);
  if (timeMs !== null) return hasColon || afterSmall.test(after);
  // `  error: null,` is of an object that was printed over several lines.
  return hasColon && !isIndented && (meantAlone.test(word) || ofNet.test(rest));
}

/** An element of XML that stands in a line by itself is indented. */
const isNoTag = (word: string, { rest, timeMs, isIndented }: LineDraft): boolean =>
  !(rest.startsWith('<') && isIndented && timeMs === null) || isInCapitals(word);

const isInCapitals = (word: string): boolean => word === word.toUpperCase();

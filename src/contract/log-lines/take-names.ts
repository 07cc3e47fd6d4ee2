import { readLevelWord } from './levels.ts';
import type { LineDraft } from './line-draft.ts';
import { takeLevel } from './take-level.ts';

/** A syslog daemon's, after a time with its date. */
const hostAndApp = /^(\S{1,255}) ([\w./@-]{1,128})\[(\d{1,10})\]: /;
/** Python's usual format, `service - LEVEL - message`. */
const pythonUsual = /^([\w./@:-]{1,100})\s+[-|]\s+(?=[[(]?[A-Za-z]{3,13}[\])]?\s+[-|]\s)/;
/** `[main]` and `[123]`. */
const bracketed = /^\[\s{0,30}([^\][]{1,100})\]\s+/;
const bareNumber = /^(\d{1,10})\s+/;
const MAX_BRACKETS = 3;
/** Monolog's `channel.LEVEL: `. */
const channelAndLevel = /^([\w-]{1,60})\.([A-Z]{4,9}): /;
const bareName = /^([A-Za-z_][\w./@:$-]{0,99})(\s+)/;

/** Spring Boot's `123 --- [application] [main] logger : `, the application being new in version 3. */
const springNames =
  /^(\d{1,10}) --- (?:\[([^\][]{1,100})\]\s+)?\[\s{0,30}([^\][]{1,100})\]\s+([\w./$-]{1,100})\s*:\s/;
/** pino-pretty's `(name/123): `. */
const pinoNames = /^\((?:([\w.@-]{1,100})\/)?(\d{1,10})\): /;
const bracketedName = /^\[([A-Za-z_][\w./@:-]{0,99})\][:\s]\s*/;
const dashedName = /^([A-Za-z_][\w./@:$-]{0,99})\s+[-–|]\s+/;
/** Rust's `crate::module: message`, and `service: message`. */
const colonedName = /^([A-Za-z_][\w./@$-]{0,99}(?:::[\w-]{1,99}){0,20}):\s+/;

/** Takes a syslog daemon's `host app[123]: `. */
export function takeHostAndApp(line: LineDraft): void {
  const [whole, host = '', app = null, pid] = hostAndApp.exec(line.rest) ?? [];
  // `ERROR app[123]: ` begins with no host.
  if (whole === undefined || readLevelWord(host) !== null) return;
  line.rest = line.rest.slice(whole.length);
  line.service = app;
  line.addField('host', host);
  line.addField('pid', pid);
}

/** Takes the level, and a service before it. Returns what stood in brackets before it. With no level, all stays where it is. */
export function takeLevelAmidNames(line: LineDraft): readonly string[] {
  const { rest } = line;
  const service = line.take(pythonUsual)?.[1];
  if (service !== undefined && takeLevel(line)) {
    line.service = service;
    return [];
  }
  line.rest = rest;
  const brackets: string[] = [];
  while (!takeLevel(line)) {
    const match = line.take(bracketed) ?? (line.timeMs === null ? null : line.take(bareNumber));
    if (match !== null && brackets.length < MAX_BRACKETS) brackets.push(match[1]?.trim() ?? '');
    else if (match === null && line.timeMs !== null && takeNameAndLevel(line)) break;
    else {
      line.rest = rest;
      return [];
    }
  }
  return brackets;
}

/** `name LEVEL`. */
function takeNameAndLevel(line: LineDraft): boolean {
  const channel = channelAndLevel.exec(line.rest);
  line.level = readLevelWord(channel?.[2] ?? '');
  if (line.level !== null) {
    line.service = line.take(channelAndLevel)?.[1] ?? null;
    return true;
  }
  const [, word = '', gap = ''] = line.take(bareName) ?? [];
  const name = word.replace(/:$/, '');
  const isColumn = name !== word || isPadding(gap) || paddedLevel.test(line.rest);
  const isWord = line.hasLoggersTime && !saysMore.test(line.rest);
  const isLogger = isColumn || isWord || hasParts.test(name);
  // In small letters only where it stands first: "saw error: …" is a sentence.
  if (name === '' || !isLogger || /^[a-z]/.test(line.rest) || !takeLevel(line)) return false;
  line.service = name;
  return true;
}

/**
 * "Received ERROR from …" is a sentence: one plain word names a logger only in a column, with a colon after it, or after a time as
 * only loggers write it.
 */
/** "ERROR from upstream" goes on as a sentence does. */
const saysMore = /^[A-Z]{2,13}\s(?:from|in|on|at|for|to|of|is|was|by|responses?|messages?|pages?)\b/;
const hasParts = /\w[._:/@$-]+\w/;
const isPadding = (gap: string): boolean => gap.length > 1 || gap === '\t';
const paddedLevel = /^[A-Z]{2,13}(?:\s\s|\t)/;

/** Takes what stands between level and message, and says what it and the brackets before the level are. */
export function takeNames(line: LineDraft, before: readonly string[]): void {
  if (line.service === null && !before.some(isNumber)) {
    if (takeSpringNames(line) || takePinoNames(line)) return;
    const bracket = line.take(bracketedName)?.[1];
    // `[api] timeout - retrying` names no logger; `[main] com.shop.Cart - retrying` does.
    line.service = takeLogger(line, bracket !== undefined && !isThread(bracket));
    nameBrackets(line, bracket === undefined ? before : [...before, bracket]);
  } else nameBrackets(line, before);
}

function takeSpringNames(line: LineDraft): boolean {
  const [, pid, application, thread, logger] = line.take(springNames) ?? [];
  if (logger === undefined) return false;
  line.service = logger;
  line.addField('application', application);
  line.addField('pid', pid);
  line.addField('thread', thread);
  return true;
}

function takePinoNames(line: LineDraft): boolean {
  const [, name = null, pid] = line.take(pinoNames) ?? [];
  if (pid === undefined) return false;
  line.service = name;
  line.addField('pid', pid);
  return true;
}

function takeLogger(line: LineDraft, onlyWithParts: boolean): string | null {
  const { rest } = line;
  const match = line.take(dashedName) ?? (line.timeMs === null ? null : line.take(colonedName));
  const name = match?.[1] ?? null;
  const isNone =
    name !== null && (/(?:Error|Exception)$/.test(name) || (onlyWithParts && !/[.:]/.test(name)));
  if (!isNone) return name;
  line.rest = rest;
  return null;
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);
const isThread = (name: string): boolean => /^main(?:process)?$|[-#]\d+$|thread/i.test(name);

/** A thread is no service, even where no other name is there. */
function nameBrackets(line: LineDraft, brackets: readonly string[]): void {
  const threads: string[] = [];
  for (const name of brackets) {
    if (isNumber(name)) line.addField('pid', name);
    else if (line.service === null && !isThread(name)) line.service = name;
    else threads.push(name);
  }
  if (threads.length > 0) line.addField('thread', threads.join(' '));
}

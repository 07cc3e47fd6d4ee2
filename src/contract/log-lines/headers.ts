import { levelOfPriority, readLevel, readLevelWord } from './levels.ts';
import { LineDraft } from './line-draft.ts';
import type { ReadLine } from './read-line.ts';
import { takeLevel } from './take-level.ts';
import { CLOCK, DATE_TIME, lastTimeOfYear, MONTH, readTime, timeOfDate } from './times.ts';

/**
 * Lines whose whole header has one form. Every pattern is anchored, bounds what it repeats or repeats one class, and leaves the message
 * alone: a line takes no longer than it is long.
 */

/** RFC 5424, section 6: priority, version, time, host, app, process ID, message ID, structured data. */
const newSyslog =
  /^<(\d{1,3})>1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|((?:\[[^\]"]*(?:"[^"\\]*(?:\\.[^"\\]*){0,50}"[^\]"]*){0,50}\]){1,20}))(?: |$)/s;

function readNewSyslog(text: string): ReadLine | null {
  const line = new LineDraft(text);
  const match = line.take(newSyslog);
  if (match === null) return null;
  const [, priority, time, host, app, pid, data] = match;
  line.timeMs = readTime(time);
  line.level = levelOfPriority(Number(priority));
  line.service = app === undefined || app === '-' ? null : app;
  line.addField('host', host);
  line.addField('pid', pid);
  line.addField('data', data);
  return line.finish();
}

/** RFC 3164, with its priority as it is sent or without it as it lies in a file. */
const oldSyslog = new RegExp(
  `^(?:<(\\d{1,3})>)?(${MONTH}) ([ \\d]\\d) (${CLOCK}) (\\S{1,255}) ([^\\s:[]{1,128})(?:\\[(\\d{1,10})\\])?: `,
);

/** Its message may name the level. */
function readOldSyslog(text: string, nowMs: number): ReadLine | null {
  const line = new LineDraft(text);
  const match = line.take(oldSyslog);
  if (match === null) return null;
  const [, priority, month = '', day = '', clock = '', host, app = null, pid] = match;
  line.timeMs = lastTimeOfYear(month, day, clock, nowMs);
  line.level = priority === undefined ? null : levelOfPriority(Number(priority));
  line.service = app;
  line.addField('host', host);
  line.addField('pid', pid);
  if (line.level === null) takeLevel(line);
  return line.finish();
}

/** Kubernetes' and glog's `E0101 12:00:00.123456       1 file.go:12] `. */
const klog = new RegExp(
  `^([IWEF])(\\d\\d)(\\d\\d) (${CLOCK})\\s{1,9}(\\d{1,10}) ([^\\s\\]]{1,200}:\\d{1,6})\\] ?`,
);

function readKlog(text: string, nowMs: number): ReadLine | null {
  const line = new LineDraft(text);
  const match = line.take(klog);
  if (match === null) return null;
  const [, letter, month = '', day = '', clock = '', thread, source] = match;
  line.timeMs = lastTimeOfYear(month, day, clock, nowMs);
  line.level = readLevel(letter);
  line.addField('thread', thread);
  line.addField('source', source);
  return line.finish();
}

/** Celery's `[2026-01-01 12:00:00,123: ERROR/MainProcess] `. */
const celery = new RegExp(`^\\[(${DATE_TIME}): ([A-Z]{4,8})/([\\w-]{1,80})\\] ?`);

function readCelery(text: string): ReadLine | null {
  const line = new LineDraft(text);
  const [, time, word = '', process] = line.take(celery) ?? [];
  line.level = readLevelWord(word);
  if (line.level === null) return null;
  line.timeMs = readTime(time);
  line.addField('process', process);
  return line.finish();
}

/** Python's `LEVEL:logger:message`. */
const pythonBasic = /^([A-Z]{4,8}):([\w.]{1,100}):/;

function readPythonBasic(text: string): ReadLine | null {
  const line = new LineDraft(text);
  const [, word = '', logger = null] = line.take(pythonBasic) ?? [];
  line.level = readLevelWord(word);
  line.service = logger;
  return line.level === null ? null : line.finish();
}

/** Ruby's and Rails' `E, [2026-01-01T12:00:00.123456 #123] ERROR -- program: `. */
const ruby = new RegExp(
  `^[DIWEFA], \\[(${DATE_TIME}) #(\\d{1,10})\\]\\s{1,9}([A-Z]{3,7}) -- ([^:\\n]{0,100}): ?`,
);

/** Of Ruby's ANY, no level is known. */
function readRuby(text: string): ReadLine | null {
  const line = new LineDraft(text);
  const match = line.take(ruby);
  if (match === null) return null;
  const [, time, pid, word = '', program] = match;
  line.timeMs = readTime(time);
  line.level = readLevelWord(word);
  line.service = program || null;
  line.addField('pid', pid);
  return line.finish();
}

/** Apache's error log, `[Thu Jan 01 12:00:00.1 2026] [core:error] [pid 1:tid 2] [client 1.2.3.4:5] `; of version 2.2 without the module. */
const apache = new RegExp(
  `^\\[[A-Z][a-z]{2} (${MONTH}) ([ \\d]\\d) (${CLOCK}) (\\d{4})\\] \\[(?:([\\w-]{0,60}):)?([a-z]{3,7})\\d?\\] ?(?:\\[pid (\\d{1,10})(?::tid (\\d{1,20}))?\\] ?)?(?:\\[(?:client|remote) ([^\\]\\s]{1,80})\\] ?)?`,
);

function readApache(text: string): ReadLine | null {
  const line = new LineDraft(text);
  const [, month = '', day = '', clock = '', year = '', module, word = '', pid, thread, client] =
    line.take(apache) ?? [];
  line.level = readLevelWord(word);
  if (line.level === null) return null;
  line.timeMs = timeOfDate(year, month, day, clock);
  line.service = module || null;
  line.addField('pid', pid);
  line.addField('thread', thread);
  line.addField('client', client);
  return line.finish();
}

/** What they begin with: of most lines, this is all that is asked. */
const beginning =
  /^(?:<\d|[IWEF]\d{4} |\[(?:\d{4}|[A-Z][a-z]{2} [A-Z])|[A-Z][a-z]{2} [ \d]\d |[A-Z]{4,8}:|[DIWEFA], \[)/;

/** Reads a line with one of those headers; null where it has none. */
export const readHeader = (text: string, nowMs: number): ReadLine | null =>
  beginning.test(text) ? readKnownHeader(text, nowMs) : null;

const readKnownHeader = (text: string, nowMs: number): ReadLine | null =>
  readNewSyslog(text) ??
  readOldSyslog(text, nowMs) ??
  readKlog(text, nowMs) ??
  readCelery(text) ??
  readPythonBasic(text) ??
  readRuby(text) ??
  readApache(text);

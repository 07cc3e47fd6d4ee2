import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '../../src/contract/log-lines/times.ts';
import { readLogLine } from '../../src/panels/logs/read-log-line.ts';
import { READ_AT_MS } from '../fixtures/log-line-form.ts';
import { logLineForms } from '../fixtures/log-line-forms.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1, 12, 0, 0);
const localNewYear = new Date(2026, 0, 1, 12, 0, 0).getTime();
const ESC = String.fromCharCode(27);

function read(value: unknown) {
  const result = readLogLine(value);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}

describe('readLogLine', () => {
  it.each(logLineForms)('reads %s', (_, text, said) => {
    expect(readLogLine(text, READ_AT_MS)).toEqual({
      ok: true,
      value: { timeMs: null, level: null, service: null, fields: null, ...said },
    });
  });
});

/** A megabyte takes some milliseconds; with one step for each pair of its characters, it would take hours. */
function expectSoon(text: string): void {
  const startedAtMs = performance.now();
  expect(readLogLine(text).ok).toBe(true);
  expect(performance.now() - startedAtMs, text.slice(0, 60)).toBeLessThan(5_000);
}

describe('readLogLine, plain text', () => {
  it.each([
    ['[ERROR] Something failed', { level: 'error', message: 'Something failed' }],
    ['[error] Something failed', { level: 'error', message: 'Something failed' }],
    ['(warn) Slow', { level: 'warn', message: 'Slow' }],
    ['ERROR: Something failed', { level: 'error', message: 'Something failed' }],
    ['warning: deprecated', { level: 'warn', message: 'deprecated' }],
    ['CRITICAL disk is full', { level: 'fatal', message: 'disk is full' }],
    ['DEBUG - cache hit', { level: 'debug', message: 'cache hit' }],
    ['INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK', { level: 'info', service: null }],
    ['WARNING:root:Low memory', { level: 'warn', service: 'root', message: 'Low memory' }],
    [
      '2026-01-01T12:00:00Z INFO payments - charged',
      { timeMs: NEW_YEAR, level: 'info', service: 'payments', message: 'charged' },
    ],
    [
      '2026-01-01T12:00:00.000+00:00 [WARN] [api] slow answer',
      { timeMs: NEW_YEAR, level: 'warn', service: 'api', message: 'slow answer' },
    ],
    [
      '2026-01-01 12:00:00,000 - worker - ERROR - job 7 failed',
      { timeMs: localNewYear, level: 'error', service: 'worker', message: 'job 7 failed' },
    ],
    [
      '2026-01-01T12:00:00.000000Z  INFO my_crate::http: listening',
      { timeMs: NEW_YEAR, level: 'info', service: 'my_crate::http', message: 'listening' },
    ],
    ['[2026-01-01T12:00:00Z] ERROR boom', { timeMs: NEW_YEAR, level: 'error', message: 'boom' }],
    ['2026-01-01T12:00:00Z ERROR sshd[77]: boom', { level: 'error', message: 'sshd[77]: boom' }],
    ['[mainframe] ERROR boom', { level: 'error', service: 'mainframe', message: 'boom' }],
    ['INFO 2026-01-01T12:00:00Z started', { timeMs: NEW_YEAR, level: 'info', message: 'started' }],
    [
      'time=2026-01-01T12:00:00Z level=warn msg="low \\"disk\\"" free=3',
      { level: 'warn', message: 'low "disk"' },
    ],
    ['just words', { timeMs: null, level: null, service: null, message: 'just words' }],
    ['Error handling is hard', { level: null, message: 'Error handling is hard' }],
    ['Log in failed for bob', { level: null, message: 'Log in failed for bob' }],
    ['I am a sentence', { level: null, message: 'I am a sentence' }],
    ['', { level: null, message: '' }],
    [`${ESC}[31m[ERROR]${ESC}[0m red`, { level: 'error', message: 'red' }],
    [`${ESC}]0;title${String.fromCharCode(7)}INFO: titled`, { level: 'info', message: 'titled' }],
    ['[ERROR] ends in CRLF\r\n', { level: 'error', message: 'ends in CRLF' }],
    ['{not json}', { level: null, message: '{not json}' }],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  it('keeps the rest of a logfmt line as fields', () => {
    expect(read('level=info msg=ready port=8000')).toMatchObject({
      message: 'ready',
      fields: { port: '8000' },
    });
  });

  it.each([
    ['is read', 65_536, { level: 'info', fields: { a: '1' } }],
    ['is text', 65_537, { level: null, fields: null }],
  ])('of a logfmt line of some length %s', (_, length, expected) => {
    const text = 'level=info a=1 msg=';
    expect(read(text.padEnd(length, 'x'))).toMatchObject(expected);
  });

  it('reads a line of nine megabytes that begins like logfmt', () => {
    const text = `level=info msg="${'x'.repeat(9_000_000)}"`;
    expect(read(text).message).toHaveLength(text.length);
  });

  const beginnings = [
    '',
    'ERROR ',
    '[main] ',
    '12:00:00 ',
    '2026-01-01T12:00:00Z ',
    '2026-01-01T12:00:00Z error ',
    '<11>1 - a b c d [',
    'level=info msg="',
    'E, [2026-01-01T12:00:00 #1] ERROR -- ',
    '[Thu Jan 01 12:00:00 2026] [core:error] [',
    'api-1  | ',
  ];
  const repeated = [
    ' ',
    'a',
    'a="',
    'a="\\"',
    '""',
    '[a] ',
    '[',
    '| ',
    '- ',
    'a::',
    '1 ',
    'ERROR ',
    '12:00:00 ',
    'a-1 ',
    'a-1  | ',
  ];
  it.each(beginnings)(
    'takes no longer than a line is long, whatever is repeated after %j',
    (beginning) => {
      for (const text of repeated) expectSoon(`${beginning}${text.repeat(1_000_000 / text.length)}!`);
    },
    30_000,
  );

  it.each([ESC, `${ESC}]`, `${ESC}[`, `${ESC}P `])(
    'takes no longer for a megabyte of %j',
    (text) => {
      expectSoon(text.repeat(1_000_000 / text.length));
    },
    30_000,
  );

  it('never throws and never loses a line that has no form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-<>-z|}~]+$/), (text) => {
        const { message, service, level } = read(text);
        const kept = `${level ?? ''}${service ?? ''}${message}`.length > 0;
        expect(kept).toBe(true);
      }),
    );
  });
});

describe('readLogLine, JSON', () => {
  it.each([
    [
      'the contract',
      { timestamp: '2026-01-01T12:00:00Z', level: 'info', service: 'api', message: 'hi', fields: { a: 1 } },
      { timeMs: NEW_YEAR, level: 'info', service: 'api', message: 'hi', fields: { a: 1 } },
    ],
    [
      'pino',
      { level: 50, time: NEW_YEAR, pid: 7, msg: 'boom', name: 'api' },
      { timeMs: NEW_YEAR, level: 'error', service: 'api', message: 'boom', fields: { pid: 7 } },
    ],
    [
      'structlog',
      { event: 'started', level: 'warning', timestamp: '2026-01-01T12:00:00Z' },
      { timeMs: NEW_YEAR, level: 'warn', message: 'started', fields: null },
    ],
    [
      'zap',
      { ts: NEW_YEAR / 1_000, level: 'dpanic', logger: 'x', msg: 'm' },
      { timeMs: NEW_YEAR, level: null, service: 'x' },
    ],
    ['a message alone', { message: 'only' }, { timeMs: null, level: null, service: null, fields: null }],
  ])('reads %s', (_, entry, expected) => {
    expect(read(JSON.stringify(entry))).toMatchObject(expected);
    expect(read(entry)).toMatchObject(expected);
  });

  it.each([
    ['{"message": "cut', 'its JSON is broken'],
    ['{"price": 3}', 'no message, no level and no time'],
    ['{"message": 3}', 'its message is no text'],
    [17, 'neither text nor a JSON object'],
  ])('refuses %j and says why', (value, reason) => {
    expect(readLogLine(value)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});

describe('readTime', () => {
  it.each([
    ['seconds', NEW_YEAR / 1e3],
    ['milliseconds', NEW_YEAR],
    ['microseconds', NEW_YEAR * 1e3],
    ['text of seconds', String(NEW_YEAR / 1e3)],
    ['ISO 8601', '2026-01-01T12:00:00Z'],
    ['a zone that stands apart', '2026-01-01 12:00:00 +0000'],
    ['a zone of another hour', '2026-01-01T13:00:00.000+01'],
    ['a zone by its name', '2026-01-01 12:00:00,000 UTC'],
    ['nanoseconds', '2026-01-01T12:00:00.000000999Z'],
    ['RFC 5322', 'Thu, 01 Jan 2026 12:00:00 GMT'],
    ["a web server's", '01/Jan/2026:12:00:00 +0000'],
  ])('reads %s', (_, value) => expect(readTime(value)).toBe(NEW_YEAR));

  it.each([
    null,
    undefined,
    '',
    'soon',
    '0.003',
    0.003,
    7,
    1e300,
    'error 7',
    'May 7',
    '2026-13-01',
    Number.NaN,
    -1,
    {},
  ])('finds no time in %j', (value) => expect(readTime(value)).toBeNull());
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLogLine } from '../../src/backend/log-line.ts';
import { logEntrySchema } from '../../src/contract/logs.ts';
import { READ_AT_MS } from '../fixtures/log-line-form.ts';
import { logLineForms } from '../fixtures/log-line-forms.ts';

const ESC = String.fromCharCode(27);
const NOW = '2026-11-21T10:00:00.000Z';
const defaults = { service: 'app.log', nowMs: Date.parse(NOW) };
const read = (text: string) => readLogLine(text, defaults);
const local = (text: string) => new Date(text).toISOString();

describe('reading a log line', () => {
  it.each([
    [
      'pino',
      '{"level":50,"time":1763719200000,"pid":7,"name":"billing","msg":"no route"}',
      {
        timestamp: '2025-11-21T10:00:00.000Z',
        level: 'error',
        service: 'billing',
        message: 'no route',
        fields: { pid: 7 },
      },
    ],
    [
      'bunyan',
      '{"name":"web","hostname":"h","level":30,"msg":"up","time":"2026-11-21T09:59:00Z","v":0}',
      {
        timestamp: '2026-11-21T09:59:00.000Z',
        level: 'info',
        service: 'web',
        message: 'up',
        fields: { hostname: 'h', v: 0 },
      },
    ],
    [
      'zap',
      '{"severity":"WARNING","ts":1763719200.5,"logger":"api","message":"slow"}',
      { timestamp: '2025-11-21T10:00:00.500Z', level: 'warn', service: 'api', message: 'slow' },
    ],
    [
      'ECS',
      '{"@timestamp":"2026-11-21T09:00:00Z","log.level":"fatal","service.name":"pay","message":"gone"}',
      { timestamp: '2026-11-21T09:00:00.000Z', level: 'fatal', service: 'pay', message: 'gone' },
    ],
    [
      'an error without words',
      '{"level":"error","err":{"message":"boom"}}',
      {
        timestamp: NOW,
        level: 'error',
        service: 'app.log',
        message: 'boom',
        fields: { err: { message: 'boom' } },
      },
    ],
    [
      'bracketed level',
      '[ERROR] Something failed',
      { timestamp: NOW, level: 'error', service: 'app.log', message: 'Something failed' },
    ],
    ['bare level', 'ERROR foo', { timestamp: NOW, level: 'error', service: 'app.log', message: 'foo' }],
    [
      'uvicorn',
      'INFO:     Started server process [12]',
      { timestamp: NOW, level: 'info', service: 'app.log', message: 'Started server process [12]' },
    ],
    [
      "this backend's own /logs",
      '2026-11-21T09:00:00.123Z [WARN] search: slow query: 900 ms',
      {
        timestamp: '2026-11-21T09:00:00.123Z',
        level: 'warn',
        service: 'search',
        message: 'slow query: 900 ms',
      },
    ],
    [
      'Python',
      '2026-11-21 09:00:00,123 - CRITICAL - disk is full',
      {
        timestamp: local('2026-11-21T09:00:00.123'),
        level: 'fatal',
        service: 'app.log',
        message: 'disk is full',
      },
    ],
    [
      'Go',
      '2026/11/21 09:00:00 listening on :8080',
      {
        timestamp: local('2026-11-21T09:00:00'),
        level: 'info',
        service: 'app.log',
        message: 'listening on :8080',
      },
    ],
    [
      'logfmt',
      'time=2026-11-21T09:00:00Z level=warn msg="slow \\"query\\"" took=1.2s',
      {
        timestamp: '2026-11-21T09:00:00.000Z',
        level: 'warn',
        service: 'app.log',
        message: 'slow "query"',
        fields: { took: '1.2s' },
      },
    ],
    [
      'RFC 3164',
      '<11>Nov 21 09:00:00 host sshd[42]: refused',
      {
        timestamp: local('2026-11-21T09:00:00'),
        level: 'error',
        service: 'sshd',
        message: 'refused',
        fields: { host: 'host', pid: '42' },
      },
    ],
    [
      'a syslog file',
      'Dec 24 09:00:00 host kernel: WARNING: hot',
      {
        timestamp: local('2025-12-24T09:00:00'),
        level: 'warn',
        service: 'kernel',
        message: 'hot',
        fields: { host: 'host' },
      },
    ],
    [
      'RFC 5424',
      '<34>1 2026-11-21T09:00:00.003Z host su 77 ID47 - refused',
      {
        timestamp: '2026-11-21T09:00:00.003Z',
        level: 'fatal',
        service: 'su',
        message: 'refused',
        fields: { host: 'host', pid: '77' },
      },
    ],
    [
      'words in capitals that are no level',
      'GET /index.html',
      { timestamp: NOW, level: 'info', service: 'app.log', message: 'GET /index.html' },
    ],
    [
      'a number that is no pair',
      'a=1 and b',
      { timestamp: NOW, level: 'info', service: 'app.log', message: 'a=1 and b' },
    ],
    [
      "this backend's own entries",
      '{"timestamp":"2026-11-21T09:00:00.000Z","level":"debug","service":"auth","message":"ok","fields":{"a":1}}',
      {
        timestamp: '2026-11-21T09:00:00.000Z',
        level: 'debug',
        service: 'auth',
        message: 'ok',
        fields: { a: 1 },
      },
    ],
    ['broken JSON', '{"level":', { timestamp: NOW, level: 'info', service: 'app.log', message: '{"level":' }],
  ])('understands %s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(logLineForms)(
    'understands %s, as the page does',
    (_name, text, { timeMs = READ_AT_MS, ...said }) => {
      expect(readLogLine(text, { service: 'app.log', nowMs: READ_AT_MS })).toEqual({
        timestamp: new Date(timeMs).toISOString(),
        level: 'info',
        service: 'app.log',
        ...said,
      });
    },
  );

  it.each([
    [`[ERROR] all ${ESC}[32mgreen${ESC}[0m now`, `all ${ESC}[32mgreen${ESC}[0m now`],
    [`${ESC}[33mWARN: yellow throughout`, `${ESC}[33myellow throughout`],
    [`${ESC}[31m[ERROR]${ESC}[0m ${ESC}[1mbold`, `${ESC}[1mbold`],
    [`level=info msg="${ESC}[32mgreen" a=1`, 'green'],
  ])('leaves the message of %j the colours that the page draws', (text, message) => {
    expect(read(text).message).toBe(message);
  });

  it.each(['constructor', '__proto__'])('takes %s for no level', (word) => {
    const message = `${word}: called twice`;
    expect(read(message)).toMatchObject({ level: 'info' });
    expect(read(JSON.stringify({ level: word, message }))).toMatchObject({ level: 'info', message });
  });

  it('makes a valid entry of anything', () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(anything, (text) => {
        expect(logEntrySchema.safeParse(read(text)).success).toBe(true);
      }),
    );
  });

  it('takes no longer than the text is long, whatever the text', () => {
    const startedAtMs = performance.now();
    for (const text of [
      'a="'.repeat(5_400),
      'a=b '.repeat(4_000),
      '['.repeat(16_000),
      '<1>1 '.repeat(3_000),
      ' '.repeat(16_000),
    ]) {
      read(`${text}!`);
    }
    expect(performance.now() - startedAtMs).toBeLessThan(500);
  });
});

import { describe, expect, it } from 'vitest';
import { RequestLog } from '../../src/backend/request-log.ts';
import { redactedTarget } from '../../src/backend/request-logging.ts';
import { type LogEntry, logEntrySchema } from '../../src/contract/logs.ts';
import { FeedClient, range, settled } from './feed-client.ts';
import { LiveApp } from './live-app.ts';

const PATH = '/stream/live-logs?source=requests';
const messages = (client: FeedClient) =>
  client.events.map(({ data }) => (JSON.parse(data) as LogEntry).message);
const reading = (log: RequestLog, level: LogEntry['level']) => ({
  read: (...given: Parameters<FeedClientRead>) => log.read(level, ...given),
});
type FeedClientRead = ConstructorParameters<typeof FeedClient>[0]['read'];

describe("this server's own log", () => {
  it('takes entries of any part of the backend, and sends each level its own numbers', async () => {
    const log = new RequestLog({ now: () => 0 });
    log.write({ level: 'error', service: 'database', message: 'before anybody read' });
    const all = new FeedClient(reading(log, 'trace'), null, 50);
    const errors = new FeedClient(reading(log, 'error'), null, 50);
    await settled();
    log.write({
      level: 'info',
      service: 'database',
      message: 'seeded 1,000 of 2,000',
      fields: { rows: 1_000 },
    });
    log.write({ level: 'fatal', service: 'database', message: 'gone' });
    await settled();
    expect(messages(all)).toEqual(['before anybody read', 'seeded 1,000 of 2,000', 'gone']);
    expect(messages(errors)).toEqual(['before anybody read', 'gone']);
    expect(errors.sequences).toEqual([1, 2]);
    await Promise.all([all.leave(), errors.leave()]);
  });

  it('keeps the last 10,000 and counts what of a level is missed', async () => {
    const log = new RequestLog();
    const first = new FeedClient(reading(log, 'warn'));
    await settled();
    log.write({ level: 'warn', service: 'a', message: '1' });
    await settled();
    await first.leave();
    for (const n of range(2, 10_011)) {
      log.write({ level: 'debug', service: 'a', message: 'not for this reader' });
      log.write({ level: 'warn', service: 'a', message: String(n) });
    }
    const second = new FeedClient(reading(log, 'warn'), first.lastEventId);
    await settled();
    expect(second.gaps).toEqual([10]);
    expect(second.sequences).toEqual(range(12, 10_011));
    await second.leave();
  });

  it('tells of requests when they are answered, and of streams when they open and end', async () => {
    const live = new LiveApp();
    const log = await live.open(PATH);
    await live.app.request('/logs?rate=banana');
    await live.app.request('/nowhere');
    const stream = await live.open('/stream/stock-ticker?rate=2');
    await live.pass(2_000);
    await stream.leave();
    const entries = log.values<LogEntry>();
    expect(entries.every((entry) => logEntrySchema.safeParse(entry).success)).toBe(true);
    expect(entries.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info GET /stream/live-logs?source=requests 200, stream opened',
      'warn GET /logs?rate=banana 422 in 0 ms',
      'warn GET /nowhere 404 in 0 ms',
      'info GET /stream/stock-ticker?rate=2 200, stream opened',
      expect.stringMatching(/^info GET \/stream\/stock-ticker closed by its reader after 2\.0 s, \d+ bytes$/),
    ]);
    expect(entries[1]?.fields).toMatchObject({ method: 'GET', path: '/logs', status: 422, durationMs: 0 });
    expect(entries[4]?.fields).toMatchObject({ outcome: 'reader-left', durationMs: 2_000 });
    await log.leave();
  });

  it('gives a fresh reader the last 50 entries, and one that resumes what it has not had', async () => {
    const live = new LiveApp();
    for (const n of range(1, 80)) await live.app.request(`/nowhere/${n}`);
    const first = await live.open(PATH);
    expect(first.values<LogEntry>().length).toBe(50);
    const lastId = first.ids.at(-1) ?? '';
    await first.leave();
    await live.app.request('/nowhere/81');
    const second = await live.open(PATH, { 'Last-Event-ID': lastId });
    expect(second.values<LogEntry>().map(({ message }) => message)).toEqual([
      expect.stringContaining('closed by its reader'),
      'GET /nowhere/81 404 in 0 ms',
      'GET /stream/live-logs?source=requests 200, stream opened',
    ]);
    await second.leave();
  });

  it('never holds a token, wherever it came from', async () => {
    const live = new LiveApp({ apiToken: 'sesame' });
    const headers = { Authorization: 'Bearer sesame' };
    await live.app.request('/nowhere?token=sesame', { headers });
    await live.app.request('/nowhere?token=sesame', { headers: { Authorization: 'Bearer sesame-street' } });
    const log = await live.open(PATH, headers);
    expect(log.values<LogEntry>().map(({ message }) => message)).toContain(
      'GET /nowhere?token=[redacted] 401 in 0 ms',
    );
    expect(log.text).not.toContain('sesame');
    await log.leave();
  });

  it('keeps no more of a path than of a whole target', async () => {
    const live = new LiveApp();
    await live.app.request(`/nowhere/${'x'.repeat(10_000)}`);
    const log = await live.open(PATH);
    expect(log.values<LogEntry>()[0]?.fields?.path).toBe(`/nowhere/${'x'.repeat(191)}…`);
    expect(log.text.length).toBeLessThan(1_500);
    await log.leave();
  });

  it.each([
    ['/a?token=x&rate=5', '/a?token=[redacted]&rate=5'],
    ['/a?access_token=x', '/a?access_token=[redacted]'],
    ['/a?API-Key=x&apikey=y&key=z', '/a?API-Key=[redacted]&apikey=[redacted]&key=[redacted]'],
    ['/a?%74oken=x', '/a?%74oken=[redacted]'],
    ['/a?password=a%26b&password', '/a?password=[redacted]&password'],
    ['/a?symbols=AAPL&monkey=x', '/a?symbols=AAPL&monkey=x'],
    ['/a?%zz=1', '/a?%zz=1'],
    [`/a?prompt=${'x'.repeat(300)}`, `/a?prompt=${'x'.repeat(190)}…`],
  ])('writes %s as %s', (target, written) => {
    expect(redactedTarget(`http://localhost${target}`)).toBe(written);
  });
});

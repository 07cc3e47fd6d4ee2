import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/backend/pace.ts';
import { LOG_LEVELS, type LogEntry, type LogLevel, logEntrySchema } from '../../src/contract/logs.ts';
import { range, sequenceOf } from './feed-client.ts';
import { LiveApp, START_MS } from './live-app.ts';

const PATH = '/stream/live-logs';

describe('the demo log', () => {
  async function demo(query: string, forMs: number) {
    const live = new LiveApp();
    const stream = await live.open(`${PATH}?${query}`);
    for (let passedMs = 0; passedMs < forMs; passedMs += 100) await live.pass(100);
    await stream.leave();
    return { stream, entries: stream.values<LogEntry>() };
  }

  it('is made of valid entries at the rate asked for', async () => {
    const { stream, entries } = await demo('rate=1000', 5_000);
    expect(entries.length).toBe(5_001);
    expect(entries.every((entry) => logEntrySchema.safeParse(entry).success)).toBe(true);
    expect(entries.slice(0, 3).map(({ timestamp }) => Date.parse(timestamp) - START_MS)).toEqual([0, 1, 2]);
    expect(stream.ids.map(sequenceOf)).toEqual(range(1, 5_001));
  });

  it('has every level, the severe ones seldom, and many services', async () => {
    const { entries } = await demo('rate=1000', 8_000);
    const share = (level: LogLevel) =>
      entries.filter((entry) => entry.level === level).length / entries.length;
    expect(LOG_LEVELS.every((level) => share(level) > 0)).toBe(true);
    expect(share('info')).toBeGreaterThan(0.35);
    expect(share('error')).toBeLessThan(0.1);
    expect(share('fatal')).toBeLessThan(0.01);
    expect(new Set(entries.map(({ service }) => service)).size).toBeGreaterThan(7);
  });

  it('tells stories: the lines of one request share an ID that no other has', async () => {
    const { entries } = await demo('rate=1000', 16_000);
    const orders = entries.filter(({ message }) => /^order A-\d+ placed$/.test(message));
    expect(orders.length).toBeGreaterThan(20);
    const requests = new Map(
      orders.map(({ fields }) => [
        fields?.requestId,
        entries
          .filter((entry) => entry.fields?.requestId === fields?.requestId)
          .map(({ service }) => service),
      ]),
    );
    expect(requests.size).toBe(orders.length);
    for (const services of [...requests.values()].slice(1, -1)) {
      expect(services).toEqual(expect.arrayContaining(['gateway', 'checkout', 'billing']));
    }
  });

  it('has colours, letters of other scripts, and stacks', async () => {
    const { entries } = await demo('rate=1000', 3_000);
    expect(entries.some(({ message }) => message.includes('\u001b[32m'))).toBe(true);
    expect(entries.some(({ message }) => message.includes('東京'))).toBe(true);
    expect(entries.some(({ fields }) => String(fields?.stack).includes('\n    at '))).toBe(true);
  });

  it.each(LOG_LEVELS)(
    'sends from level %s upwards what a reader of all would have seen, numbered without holes',
    async (level) => {
      const all = await demo('rate=2000', 6_000);
      const some = await demo(`rate=2000&level=${level}`, 6_000);
      const severe = all.entries.filter(
        (entry) => LOG_LEVELS.indexOf(entry.level) >= LOG_LEVELS.indexOf(level),
      );
      // A feed's first event may be there already; one that comes before its first reader is its backlog.
      expect(some.entries).toEqual(severe);
      expect(some.stream.ids.map(sequenceOf)).toEqual(range(1, severe.length));
    },
  );

  it('counts exactly the lines of a level that are missed', async () => {
    const live = new LiveApp();
    const first = await live.open(`${PATH}?rate=100000&level=error`);
    await live.pass(10);
    await first.leave();
    live.clock.advance(3_600_000);
    const second = await live.open(`${PATH}?rate=100000&level=error`, {
      'Last-Event-ID': first.ids.at(-1) ?? '',
    });
    const missed = (JSON.parse(second.events[0]?.data ?? '') as { missed: number }).missed;
    expect(missed).toBeGreaterThan(1_000_000);
    expect(sequenceOf(second.ids[1])).toBe(sequenceOf(first.ids.at(-1)) + missed + 1);
    await second.leave();
  });

  it('is there as plain text', async () => {
    const live = new LiveApp();
    const stream = await live.open('/logs?rate=10');
    await live.pass(1_000);
    expect(stream.response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    const lines = stream.text.split('\n');
    expect(lines.length).toBe(12);
    expect(lines.at(-1)).toBe('');
    expect(lines[1]).toMatch(/^2026-11-21T12:00:00\.100Z \[(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\] [a-z]+: \S/);
    await stream.leave();
    expect(live.clock.pending).toBe(0);
  });
});

describe('the log of a file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'file-log-'));
    path = join(folder, 'app.log');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const open = (live: LiveApp, query = '', headers = {}) => live.open(`${PATH}?source=file${query}`, headers);
  const said = (stream: { values<T>(): T[] }) => stream.values<LogEntry>().map(({ message }) => message);

  it('is refused where no file is named', async () => {
    const response = await new LiveApp().app.request(`${PATH}?source=file`);
    expect(response.status).toBe(422);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      errors: [{ name: 'source', reason: expect.stringContaining('LOG_FILE is not set') }],
    });
  });

  it('starts with the last lines, goes on with new ones, and resumes what was written meanwhile', async () => {
    await writeFile(path, '{"level":30,"msg":"one"}\n[ERROR] two\n');
    const live = new LiveApp({ logFile: path, clock: systemClock });
    const first = await open(live);
    await first.until(() => first.events.length >= 2);
    await appendFile(path, 'WARN three\n');
    await first.until(() => first.events.length >= 3);
    expect(first.values<LogEntry>().map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info one',
      'error two',
      'warn three',
    ]);
    await first.leave();
    await appendFile(path, 'four\nfive\n');
    const second = await open(live, '', { 'Last-Event-ID': first.ids.at(-1) });
    await second.until(() => second.events.length >= 2);
    expect(said(second)).toEqual(['four', 'five']);
    expect(second.ids.map(sequenceOf)).toEqual([4, 5]);
    await second.leave();
  });

  it('numbers the lines of a level by themselves', async () => {
    await writeFile(path, 'INFO one\nERROR two\nDEBUG three\nFATAL four\n');
    const stream = await open(new LiveApp({ logFile: path, clock: systemClock }), '&level=error');
    await stream.until(() => stream.events.length >= 2);
    expect(said(stream)).toEqual(['two', 'four']);
    expect(stream.ids.map(sequenceOf)).toEqual([1, 2]);
    await stream.leave();
  });

  it('can not know what was missed of a file that was rotated while nobody read', async () => {
    await writeFile(path, 'one\n');
    const live = new LiveApp({ logFile: path, clock: systemClock });
    const first = await open(live);
    await first.until(() => first.events.length >= 1);
    await first.leave();
    await rename(path, `${path}.1`);
    await writeFile(path, 'two\n');
    const second = await open(live, '', { 'Last-Event-ID': first.ids.at(-1) });
    await second.until(() => second.events.length >= 2);
    expect(second.events[0]).toMatchObject({ event: 'gap', data: '{"missed":null}' });
    expect(said(second)).toEqual(['two']);
    await second.leave();
  });

  it('says in the log that the file is not there, and goes on trying', async () => {
    const stream = await open(new LiveApp({ logFile: path, clock: systemClock }));
    await stream.until(() => stream.events.length >= 1);
    expect(said(stream)).toEqual(['LOG_FILE is not there; waiting for it to appear']);
    await writeFile(path, 'one\n');
    await stream.until(() => stream.events.length >= 2);
    expect(said(stream).at(-1)).toBe('one');
    await stream.leave();
  });
});

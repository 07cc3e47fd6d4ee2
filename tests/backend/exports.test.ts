import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/backend/app.ts';
import { openDatabase } from '../../src/backend/database.ts';
import type { Clock } from '../../src/backend/pace.ts';
import { userAt } from '../../src/backend/user-seed.ts';
import { USERS_TABLE } from '../../src/backend/users-seeding.ts';
import { PROBLEM_MEDIA_TYPE } from '../../src/contract/problem.ts';
import { HeldClock } from '../fixtures/held-clock.ts';
import { settled } from '../fixtures/manual-clock.ts';
import { driveClock } from './drive-clock.ts';

const PATHS = ['/export/users/csv', '/export', '/export/data/jsonl', '/stream/database-results'] as const;
const users = (count: number) => Array.from({ length: count }, (_, index) => userAt(index + 1));

let dataDir: string;
const apps: App[] = [];
const start = (options: { dataDir?: string; clock?: Clock } = {}): App => {
  const app = createApp({
    dataDir,
    logFile: null,
    apiToken: null,
    corsOrigins: [],
    version: 'test',
    ...options,
  });
  apps.push(app);
  return app;
};
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'streamscope-exports-'));
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const readerOf = (response: Response) => {
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('No body');
  return reader;
};

describe('an export', () => {
  it('as CSV parses back to the rows, cell by cell', async () => {
    const response = await start().request('/export/users/csv?rows=2500');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="users.csv"');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.has('content-length')).toBe(false);
    const text = await response.text();
    const { data, errors } = Papa.parse<Record<string, string>>(text, {
      header: true,
      newline: '\r\n',
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    const rows = data.map((row) => ({ ...row, id: Number(row.id), balance: Number(row.balance) }));
    expect(rows).toEqual(users(2_500));
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('as CSV quotes what needs it and doubles quotes (RFC 4180, section 2)', async () => {
    const text = await (await start().request('/export?rows=8')).text();
    expect(text).toContain('4.49,"Prefers the ticker, rarely opens CSV export."\r\n');
    expect(text).toContain('18772.49,"Screen is 27"", wants larger type"\r\n');
    expect(text).toContain('2,Ülkü Öztürk,');
  });

  it('as JSON Lines has a row a line', async () => {
    const response = await start().request('/export/data/jsonl?rows=1001');
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(users(1_001));
  });

  it.each([1, 2, 250, 251, 1_000])('as a JSON array of %i rows is valid JSON', async (rows) => {
    const response = await start().request(`/stream/database-results?rows=${rows}`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual(users(rows));
  });

  it('without a pace comes in chunks that are neither tiny nor huge', async () => {
    const reader = readerOf(await start().request('/export/data/jsonl?rows=5000'));
    const sizes: number[] = [];
    for (let next = await reader.read(); !next.done; next = await reader.read())
      sizes.push(next.value.length);
    for (const size of sizes.slice(0, -1)) {
      expect(size).toBeGreaterThan(16_000);
      expect(size).toBeLessThan(65_536);
    }
  });

  it.each([
    ['/export/users/csv', 'id,name,'],
    ['/stream/database-results', '[\n'],
  ])('%s sends its head at once and then a row at a time, evenly', async (path, head) => {
    const clock = new HeldClock();
    const reader = readerOf(await start({ clock }).request(`${path}?rows=4&rate=10`));
    const arrivals: { atMs: number; text: string }[] = [];
    const reading = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        arrivals.push({ atMs: clock.now(), text: Buffer.from(next.value).toString() });
      }
    })();
    await driveClock(clock, 5, reading);
    expect(arrivals[0]?.text).toMatch(new RegExp(`^${head.replace('[', '\\[')}`));
    const rows = arrivals.filter(({ text }) => text.includes('@'));
    expect(rows.map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300]);
  });

  it('whose reader leaves is no longer active', async () => {
    const app = start();
    const reader = readerOf(await app.request('/export?rows=200000&rate=100'));
    await reader.read();
    const active = async () =>
      ((await (await app.request('/health')).json()) as { activeStreams: number }).activeStreams;
    expect(await active()).toBe(1);
    await reader.cancel();
    expect(await active()).toBe(0);
  });

  it('goes on with the next row after its reader paused', async () => {
    const reader = readerOf(await start().request('/export/data/jsonl?rows=200000'));
    await reader.read();
    await settled();
    const next = await reader.read();
    expect(Buffer.from(next.value ?? []).toString()).toMatch(/^\{"id":251,/);
    await reader.cancel();
  });
});

describe('bad input', () => {
  it.each(
    PATHS.flatMap((path) =>
      [
        ['rows=0', 'rows', 'must be at least 1'],
        ['rows=200001', 'rows', 'must be at most 200000'],
        ['rows=1.5', 'rows', 'must be a whole number from 1 to 200000'],
        ['rows=many', 'rows', 'must be a whole number from 1 to 200000'],
        ['rate=-1', 'rate', 'must be at least 0'],
        ['rate=1000001', 'rate', 'must be at most 1000000'],
      ].map(([query, name, reason]) => [`${path}?${query}`, name, reason] as const),
    ),
  )('%s is refused', async (url, name, reason) => {
    const response = await start().request(url);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE);
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ name, reason }] });
  });
});

describe('without a database', () => {
  it.each(PATHS)('that fails midway, %s breaks off rather than ending as if whole', async (path) => {
    const broken = await mkdtemp(join(dataDir, 'broken-'));
    const app = start({ dataDir: broken });
    const reader = readerOf(await app.request(`${path}?rows=200000`));
    expect((await reader.read()).done).toBe(false);
    const stranger = await openDatabase(broken, new AbortController().signal);
    stranger.exec(`drop table ${USERS_TABLE}`);
    stranger.close();
    const rest = async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read());
    };
    await expect(rest()).rejects.toMatchObject({ fault: 'damaged' });
    expect(await (await app.request('/health')).json()).toMatchObject({ activeStreams: 0 });
    expect(await (await app.request(`${path}?rows=3`)).text()).toContain(userAt(3).email);
  });

  it('answers 503 where no directory can be made at all', async () => {
    const response = await start({ dataDir: '/proc/none/of/this' }).request('/export?rows=3');
    expect(response.status).toBe(503);
  });

  it.each(PATHS)('%s answers 503 and what to do, and works once it is done', async (path) => {
    const blocked = join(dataDir, 'a-file');
    await writeFile(blocked, '');
    const app = start({ dataDir: blocked });
    const response = await app.request(`${path}?rows=3`);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE);
    const body = (await response.json()) as { detail: string };
    expect(body.detail).toContain('DATA_DIR');
    expect(body.detail).not.toContain(dataDir);
    await rm(blocked);
    const again = await app.request(`${path}?rows=3`);
    expect(again.status).toBe(200);
    expect(await again.text()).toContain(userAt(3).email);
    await app.close();
    await rm(blocked, { recursive: true });
  });
});

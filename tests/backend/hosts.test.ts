import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer as createViteServer, type InlineConfig, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/backend/hosts/node-server.ts';
import { readSettings } from '../../src/backend/hosts/settings.ts';
import { backendPlugin } from '../../src/backend/hosts/vite-plugin.ts';
import { PROBLEM_MEDIA_TYPE } from '../../src/contract/problem.ts';
import { activeStreamsAt, eventually, exchange, send } from '../fixtures/http-client.ts';
import { pageFolder } from '../fixtures/page-folder.ts';

interface Host {
  readonly url: string;
  close(): Promise<unknown>;
}

const folder = pageFolder();
mkdirSync(join(folder.built, '.vite'));
for (const hidden of ['.vite/manifest.json', 'assets/.hidden.js'])
  writeFileSync(join(folder.built, hidden), '{}');
const environment = { PORT: '0', DATA_DIR: folder.dataDir };
const viteConfig: InlineConfig = {
  root: folder.root,
  configFile: false,
  logLevel: 'silent',
  plugins: [backendPlugin(environment)],
  build: { outDir: 'dist/client' },
  server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
  preview: { host: '127.0.0.1', port: 0 },
};
const urlOf = (server: { address(): unknown } | null) => {
  if (server === null) throw new Error('Vite made no HTTP server');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const HOSTS: Readonly<Record<string, () => Promise<Host>>> = {
  'npm run dev': async () => {
    const server = await createViteServer(viteConfig);
    await server.listen();
    return { url: urlOf(server.httpServer), close: () => server.close() };
  },
  'npm run preview': async () => {
    const server = await preview(viteConfig);
    return { url: urlOf(server.httpServer), close: () => server.close() };
  },
  'npm start': () => startServer(readSettings(environment), folder.built),
};

afterAll(() => rmSync(folder.root, { recursive: true, force: true }));

describe.each(Object.entries(HOSTS))('%s', (_name, open) => {
  let host: Host;
  beforeAll(async () => {
    host = await open();
  }, 30_000);
  afterAll(() => host.close());

  const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
  const compressing = { headers: { 'accept-encoding': 'gzip, deflate, br' } };

  it('gives the page to a browser, and the health to who asks for JSON', async () => {
    const page = await exchange(host.url, asBrowser);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain('<title>The page</title>');
    const health = await exchange(host.url, { headers: { accept: 'application/json' } });
    expect(JSON.parse(health.body)).toMatchObject({ status: 'ok' });
  });

  it('answers what nobody serves with 404 as problem+json, to a browser too', async () => {
    for (const path of ['/no/such/path', '/other.html', '/assets/none.js', '/%zz', '/stream/']) {
      const response = await exchange(host.url + path, asBrowser);
      expect([path, response.status, response.headers['content-type']]).toEqual([
        path,
        404,
        PROBLEM_MEDIA_TYPE,
      ]);
    }
  });

  it.each([
    ['a folder that is a file', '/index.html/'],
    ['a name that is too long', `/${'a'.repeat(3_000)}`],
    ['a bad encoding', '/%E0%A4%A'],
    ["the build's own manifest", '/.vite/manifest.json'],
    ['the same in other letters', '/%2Evite/manifest.json'],
    ['a hidden file of a folder', '/assets/.hidden.js'],
  ])('answers %s with 404 as problem+json', async (_what, path) => {
    const answer = await exchange(host.url + path);
    expect([answer.status, answer.headers['content-type']]).toEqual([404, PROBLEM_MEDIA_TYPE]);
  });

  it('answers a wrong method with 405', async () => {
    expect((await exchange(`${host.url}/events`, { method: 'POST' }, '{}')).status).toBe(405);
    expect((await exchange(host.url, { method: 'POST' }, '{}')).status).toBe(405);
  });

  it.each(['/stream/sse', '/stream/json', '/plain-stream', '/process/long-task'])(
    'sends %s as it is made, uncompressed',
    async (path) => {
      const query = path === '/process/long-task' ? 'steps=4&delay=60' : 'count=5&delay=60';
      const response = await exchange(`${host.url}${path}?${query}`, compressing);
      expect(response.complete).toBe(true);
      expect(response.headers['content-encoding']).toBeUndefined();
      expect(response.headers['content-length']).toBeUndefined();
      expect(response.headers['cache-control']).toBe('no-cache, no-transform');
      expect(response.headers['x-accel-buffering']).toBe('no');
      const times = response.chunks.map(({ atMs }) => atMs);
      // Five items 60 ms apart: the last one is there 240 ms after the first at the earliest.
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(180);
      expect(times.length).toBeGreaterThanOrEqual(5);
    },
  );

  it('withholds the buffered comparison to its end', async () => {
    const response = await exchange(`${host.url}/demo/comparison/buffered?rows=5&delay=40`);
    expect(response.chunks.length).toBe(1);
    expect(response.chunks[0]?.atMs).toBeGreaterThan(180);
  });

  it('answers HEAD on a stream at once and starts nothing', async () => {
    const response = await exchange(`${host.url}/dummy-events`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/event-stream');
    expect(await activeStreamsAt(host.url)).toBe(0);
  });

  it('stops a silent stream within 1 s of its reader leaving', async () => {
    const response = await send(`${host.url}/dummy-events?delay=60000`);
    await new Promise((resolve) => response.once('data', resolve));
    expect(await activeStreamsAt(host.url)).toBe(1);
    response.destroy();
    await eventually(
      () => activeStreamsAt(host.url),
      (count) => count === 0,
      1_000,
    );
  });

  it('slows down for a reader that does not read, and stops when it leaves', async () => {
    const response = await send(`${host.url}/download/large-file?size=2000000000`);
    response.pause();
    const before = process.memoryUsage.rss();
    await eventually(
      () => activeStreamsAt(host.url),
      (count) => count === 1,
      1_000,
    );
    // Half a second of other work: a producer that nobody slows makes hundreds of megabytes in it.
    const untilMs = performance.now() + 500;
    while (performance.now() < untilMs) await activeStreamsAt(host.url);
    expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000);
    response.destroy();
    await eventually(
      () => activeStreamsAt(host.url),
      (count) => count === 0,
      1_000,
    );
  });
});

describe('npm start', () => {
  const start = () => startServer(readSettings(environment), folder.built);

  it('lets assets be kept for good and the page be asked after', async () => {
    const server = await start();
    const asset = await exchange(`${server.url}/assets/page-1a2b3c.js`);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const page = await exchange(server.url);
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await exchange(server.url, { headers: { 'if-none-match': page.headers.etag } });
    expect([again.status, again.body]).toEqual([304, '']);
    await server.close();
  });

  it('serves nothing from outside the page', async () => {
    const server = await start();
    for (const path of [
      '/..%2f..%2findex.html',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%5c..%5cx',
      '/a%00b',
    ]) {
      expect((await exchange(server.url + path)).status).toBe(404);
    }
    await server.close();
  });

  it('breaks the streams that are open when it closes', async () => {
    const server = await start();
    const streaming = exchange(`${server.url}/dummy-events?delay=60000`);
    await eventually(
      () => activeStreamsAt(server.url),
      (count) => count === 1,
      2_000,
    );
    await server.close();
    expect((await streaming).complete).toBe(false);
  });

  it('fails where its port is taken', async () => {
    const server = await start();
    const port = new URL(server.url).port;
    await expect(
      startServer(readSettings({ ...environment, PORT: port }), folder.built),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await server.close();
  });
});

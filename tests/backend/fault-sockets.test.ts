import { rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { createServer as createViteServer, type InlineConfig, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/backend/hosts/node-server.ts';
import { readSettings } from '../../src/backend/hosts/settings.ts';
import { backendPlugin } from '../../src/backend/hosts/vite-plugin.ts';
import { activeStreamsAt, eventually, exchange, send } from '../fixtures/http-client.ts';
import { pageFolder } from '../fixtures/page-folder.ts';

const folder = pageFolder();
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

interface Host {
  readonly url: string;
  close(): Promise<unknown>;
}

function urlOf(server: { address(): unknown } | null): string {
  if (server === null) throw new Error('Vite made no HTTP server');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const HOSTS: Readonly<Record<string, () => Promise<Host>>> = {
  'npm start': () => startServer(readSettings(environment), folder.built),
  'npm run dev': async () => {
    const server = await createViteServer(viteConfig);
    await server.listen();
    return { url: urlOf(server.httpServer), close: () => server.close() };
  },
  'npm run preview': async () => {
    const server = await preview(viteConfig);
    return { url: urlOf(server.httpServer), close: () => server.close() };
  },
  BACKEND_URL: async () => {
    const backend = await startServer(readSettings(environment), folder.built);
    const proxy = await startServer(readSettings({ ...environment, BACKEND_URL: backend.url }), folder.built);
    return { url: proxy.url, close: () => Promise.all([proxy.close(), backend.close()]) };
  },
};

afterAll(() => rmSync(folder.root, { recursive: true, force: true }));

/** The error that a client is given in the middle of a body, as Node names it. */
function errorOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    response.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    response.once('end', () => resolve('none'));
    response.resume();
  });
}

const noneIsRead = (url: string) =>
  eventually(
    () => activeStreamsAt(url),
    (count) => count === 0,
    1_000,
  );

describe.each(Object.entries(HOSTS))('%s', (_name, open) => {
  let host: Host;
  beforeAll(async () => {
    host = await open();
  }, 30_000);
  afterAll(() => host.close());

  it.each([
    ['SSE', '/stream/sse?count=9&delay=0', 3, /^retry: 1000\n: streamscope\n\n(data: [^\n]+\n\n){3}$/],
    ['NDJSON', '/stream/json?count=9&delay=0', 3, /^(\{[^\n]+\}\n){3}$/],
    ['text', '/stream/async-text?delay=0', 3, /^(\S+ ){3}$/],
    ['bytes', '/download/large-file?size=300000', 3, /^[\s\S]{1000,}$/],
  ])('cuts %s behind what it has delivered', async (_kind, path, count, delivered) => {
    const response = await exchange(`${host.url}${path}&fault=drop@${count}`);
    expect([response.status, response.complete]).toEqual([200, false]);
    expect(response.body).toMatch(delivered);
    const again = await send(`${host.url}${path}&fault=drop@${count}`);
    expect(await errorOf(again)).toBe('ECONNRESET');
    await noneIsRead(host.url);
  });

  it('delivers three blocks of a file whole before it cuts', async () => {
    const response = await exchange(`${host.url}/download/large-file?size=300000&fault=drop@3`);
    expect(Buffer.concat(response.chunks.map(({ bytes }) => bytes)).length).toBe(3 * 65_536);
    expect(response.headers['content-length']).toBe('300000');
  });

  it('cuts before anything is sent, and in a silence, and at an age', async () => {
    for (const fault of ['drop@0', 'idle:60', 'age:60', 'stall@0:100,drop@0', 'buffer,idle:60']) {
      const response = await send(`${host.url}/dummy-events?delay=60000&fault=${fault}`);
      expect([fault, response.statusCode, await errorOf(response)]).toEqual([fault, 200, 'ECONNRESET']);
    }
    await noneIsRead(host.url);
  });

  it('truncates a body of known length by a cut, any other by an end', async () => {
    const file = await exchange(`${host.url}/download/large-file?size=5000&fault=truncate@2000`);
    expect([file.complete, Buffer.concat(file.chunks.map(({ bytes }) => bytes)).length]).toEqual([
      false,
      2_000,
    ]);
    const rows = await exchange(`${host.url}/stream/json?count=50&delay=0&fault=truncate@100`);
    expect([rows.complete, rows.body.length]).toEqual([true, 100]);
    const empty = await exchange(`${host.url}/stream/json?count=50&delay=0&fault=truncate@0`);
    expect([empty.complete, empty.body]).toEqual([true, '']);
  });

  it('withholds headers and body with buffer', async () => {
    const response = await exchange(`${host.url}/stream/sse?count=4&delay=40&fault=buffer`);
    expect(response.complete).toBe(true);
    expect(response.chunks.length).toBe(1);
    expect(response.chunks[0]?.atMs).toBeGreaterThan(110);
  });

  it('compresses with gzip, once', async () => {
    const accepting = { headers: { 'accept-encoding': 'gzip' } };
    const response = await exchange(`${host.url}/stream/sse?count=4&delay=20&fault=gzip`, accepting);
    const bytes = Buffer.concat(response.chunks.map((chunk) => chunk.bytes));
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(
      gunzipSync(bytes)
        .toString()
        .match(/^data: /gm)?.length,
    ).toBe(4);
  });

  it('delays the headers, and answers a status', async () => {
    const startedAtMs = performance.now();
    const response = await exchange(`${host.url}/events?fault=delay:120,status:503`);
    expect(performance.now() - startedAtMs).toBeGreaterThan(115);
    expect([response.status, response.headers['retry-after']]).toEqual([503, '2']);
    expect((await exchange(`${host.url}/events?fault=status:204`)).status).toBe(204);
  });

  it.each(['delay:600000', 'buffer', 'stall@0:600000', 'stall@1:600000,one-behind', 'age:600000,gzip'])(
    'stops within 1 s of its reader leaving in the middle of %s',
    async (fault) => {
      const abort = new AbortController();
      const options = { signal: abort.signal, headers: { 'accept-encoding': 'gzip' } };
      const path = `/dummy-events?delay=60000&fault=${fault}`;
      const sent = send(host.url + path, options).then(errorOf, () => 'none');
      await eventually(
        () => activeStreamsAt(host.url),
        (count) => count === 1,
        1_000,
      );
      abort.abort();
      await sent;
      await noneIsRead(host.url);
    },
  );
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { proxyTo } from '../../src/backend/hosts/proxy.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../../src/contract/problem.ts';
import { exchange, send } from '../fixtures/http-client.ts';

const servers: Server[] = [];

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** Another backend, and this one's proxy before it. */
async function behindProxy(handler: RequestListener, path = '') {
  const target = await listen(handler);
  return { target, url: await listen(proxyTo(target + path)) };
}

/** Something that will have happened. */
function moment() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve: () => resolve() };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('proxyTo', () => {
  it('passes method, path, query, headers and body on', async () => {
    const { url, target } = await behindProxy((incoming, outgoing) => {
      void bodyOf(incoming).then((body) => {
        const { method, url: path, headers } = incoming;
        outgoing.end(JSON.stringify({ method, path, headers, body }));
      });
    }, '/base/');
    const response = await exchange(
      `${url}/jobs/7?a=1&b=%20`,
      { method: 'POST', headers: { 'Last-Event-ID': '42', 'Content-Type': 'application/json' } },
      '{"a":1}',
    );
    const seen = JSON.parse(response.body);
    expect(seen).toMatchObject({ method: 'POST', path: '/base/jobs/7?a=1&b=%20', body: '{"a":1}' });
    expect(seen.headers).toMatchObject({
      'last-event-id': '42',
      'content-type': 'application/json',
      host: new URL(target).host,
      'x-forwarded-host': new URL(url).host,
      'x-forwarded-for': '127.0.0.1',
    });
  });

  it('frames a body of unknown length for every method', async () => {
    const { url } = await behindProxy((incoming, outgoing) => {
      void bodyOf(incoming).then((body) => outgoing.end(`${incoming.method} ${body}`));
    });
    for (const method of ['POST', 'DELETE']) {
      const headers = { 'Transfer-Encoding': 'chunked' };
      expect((await exchange(url, { method, headers }, 'piece')).body).toBe(`${method} piece`);
    }
  });

  it('leaves compressed bytes, status and headers as they are', async () => {
    const zipped = gzipSync('text '.repeat(1_000));
    const { url } = await behindProxy((_incoming, outgoing) => {
      outgoing.writeHead(203, 'As It Was', {
        'Content-Encoding': 'gzip',
        'Content-Length': zipped.length,
        'Set-Cookie': ['a=1', 'b=2'],
        Connection: 'X-Hop, close',
        'X-Hop': 'of one connection',
      });
      outgoing.end(zipped);
    });
    const response = await exchange(url);
    expect(response.status).toBe(203);
    expect(Buffer.concat(response.chunks.map(({ bytes }) => bytes)).equals(zipped)).toBe(true);
    expect(response.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(zipped.length),
    });
    expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(response.headers).not.toHaveProperty('x-hop');
  });

  it('passes each chunk on as it comes, headers before the first', async () => {
    const gate = { open: (): unknown => undefined };
    const { url } = await behindProxy((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' });
      outgoing.flushHeaders();
      gate.open = () => outgoing.write('data: 1\n\n');
    });
    const response = await send(url);
    expect(response.headers['content-type']).toBe('text/event-stream');
    const first = once(response, 'data');
    gate.open();
    expect(String((await first)[0])).toBe('data: 1\n\n');
    response.destroy();
  });

  it('closes the connection to the backend when the client leaves', async () => {
    const left = moment();
    const { url } = await behindProxy((_incoming, outgoing) => {
      outgoing.once('close', () => left.resolve());
      outgoing.write('data: 1\n\n');
    });
    const response = await send(url);
    response.destroy();
    await left.promise;
  });

  it('closes it too when the client leaves before there is an answer', async () => {
    const arrived = moment();
    const left = moment();
    const { url } = await behindProxy((_incoming, outgoing) => {
      outgoing.once('close', () => left.resolve());
      arrived.resolve();
    });
    const abort = new AbortController();
    const asking = send(url, { signal: abort.signal });
    await arrived.promise;
    abort.abort();
    await expect(asking).rejects.toThrow(/abort/);
    await left.promise;
  });

  it('breaks the body when the backend dies in the middle of it', async () => {
    const { url } = await behindProxy((_incoming, outgoing) => {
      outgoing.write('half', () => outgoing.socket?.destroy());
    });
    const response = await exchange(url);
    expect([response.body, response.complete]).toEqual(['half', false]);
  });

  it('slows the backend down for a client that does not read', async () => {
    const full = moment();
    let written = 0;
    const { url } = await behindProxy((_incoming, outgoing) => {
      const piece = Buffer.alloc(65_536);
      const write = () => {
        // 64 MB is more than all buffers of two sockets hold.
        while (written < 64_000_000) {
          written += piece.length;
          if (!outgoing.write(piece)) {
            const waiting = setTimeout(() => full.resolve(), 300);
            outgoing.once('drain', () => {
              clearTimeout(waiting);
              write();
            });
            return;
          }
        }
      };
      write();
    });
    const response = await send(url);
    response.pause();
    await full.promise;
    expect(written).toBeLessThan(64_000_000);
    response.destroy();
  });

  it('keeps redirects on this side', async () => {
    const { url, target } = await behindProxy((incoming, outgoing) => {
      const location =
        incoming.url === '/base/own' ? `${target}/base/there?a=1` : 'http://elsewhere.test/there';
      outgoing.writeHead(307, { Location: location }).end();
    }, '/base');
    expect((await exchange(`${url}/own`)).headers.location).toBe('/there?a=1');
    expect((await exchange(`${url}/other`)).headers.location).toBe('http://elsewhere.test/there');
  });

  it('says which URL does not answer, as a problem', async () => {
    const gone = await listen(() => undefined);
    const server = servers.pop();
    server?.close();
    const response = await exchange(`${await listen(proxyTo(gone))}/events`);
    expect(response.status).toBe(502);
    expect(response.headers['content-type']).toBe(PROBLEM_MEDIA_TYPE);
    const problem = problemSchema.parse(JSON.parse(response.body));
    expect(problem.detail).toContain(gone);
    expect(problem.detail).toContain('nothing listens there');
  });

  it('says so when the backend closes without an answer', async () => {
    const { url } = await behindProxy((incoming) => incoming.socket.destroy());
    expect((await exchange(url)).status).toBe(502);
  });
});

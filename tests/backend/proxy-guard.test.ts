import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openBackend } from '../../src/backend/hosts/backend-host.ts';
import { readSettings } from '../../src/backend/hosts/settings.ts';
import { PROBLEM_MEDIA_TYPE } from '../../src/contract/problem.ts';
import { exchange } from '../fixtures/http-client.ts';

const ORIGIN = 'http://localhost:3000';
const TOKEN = 's3cret';
const bearer = { Authorization: `Bearer ${TOKEN}` };

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

/** Another backend with opinions of its own, behind a host with these settings. */
async function hostWith(environment: Record<string, string>) {
  const seen: { method: string | undefined; path: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const backendUrl = await listen((incoming, outgoing) => {
    seen.push({ method: incoming.method, path: incoming.url, headers: incoming.headers });
    outgoing.writeHead(200, {
      Vary: 'Accept',
      'Access-Control-Allow-Origin': 'http://of-the-other.test',
      'Access-Control-Allow-Credentials': 'true',
      'Set-Cookie': ['a=1', 'b=2'],
    });
    outgoing.end('from there');
  });
  const host = openBackend(readSettings({ BACKEND_URL: backendUrl, ...environment }));
  return { seen, url: await listen(host.handle) };
}

describe('API_TOKEN before another backend', () => {
  it.each(['/stream/stock-ticker', '/', '/docs', '/health/', '/healthy', '//health', '/no/such/path'])(
    'is wanted at %s',
    async (path) => {
      const { url, seen } = await hostWith({ API_TOKEN: TOKEN });
      const refused = await exchange(url + path);
      expect([refused.status, refused.headers['content-type']]).toEqual([401, PROBLEM_MEDIA_TYPE]);
      expect(refused.headers['www-authenticate']).toBe('Bearer');
      expect(refused.body).not.toContain(TOKEN);
      expect(seen).toEqual([]);
    },
  );

  it('is wanted of a request with a body too, and another one is refused', async () => {
    const { url, seen } = await hostWith({ API_TOKEN: TOKEN });
    const options = { method: 'POST', headers: { Authorization: 'Bearer s3cre' } };
    const refused = await exchange(`${url}/jobs`, options, 'x'.repeat(200_000));
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    expect(seen).toEqual([]);
  });

  it('opens the other backend, which never learns it', async () => {
    const { url, seen } = await hostWith({ API_TOKEN: TOKEN });
    const answer = await exchange(`${url}/events?a=1`, { headers: { ...bearer, 'Last-Event-ID': '7' } });
    expect([answer.status, answer.body]).toEqual([200, 'from there']);
    expect(seen[0]).toMatchObject({ path: '/events?a=1', headers: { 'last-event-id': '7' } });
    expect(JSON.stringify(seen)).not.toContain(TOKEN);
  });

  it.each(['/health', '/health?verbose=1'])(
    'is not wanted at %s, and not passed on from there either',
    async (path) => {
      const { url, seen } = await hostWith({ API_TOKEN: TOKEN });
      expect((await exchange(url + path)).status).toBe(200);
      expect((await exchange(url + path, { headers: bearer })).status).toBe(200);
      expect(JSON.stringify(seen)).not.toContain(TOKEN);
    },
  );

  it('where it is not set leaves the header to the other backend', async () => {
    const { url, seen } = await hostWith({});
    await exchange(`${url}/events`, { headers: bearer });
    expect(seen[0]?.headers.authorization).toBe(bearer.Authorization);
  });
});

describe('CORS_ORIGIN before another backend', () => {
  const preflight = { Origin: ORIGIN, 'Access-Control-Request-Method': 'GET' };

  it('answers a preflight here, without a token', async () => {
    const { url, seen } = await hostWith({ CORS_ORIGIN: ORIGIN, API_TOKEN: TOKEN });
    const answer = await exchange(`${url}/events`, { method: 'OPTIONS', headers: preflight });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([204, ORIGIN]);
    expect(answer.headers['access-control-allow-headers']).toContain('Authorization');
    expect(seen).toEqual([]);
  });

  it('speaks in place of the other backend', async () => {
    const { url } = await hostWith({ CORS_ORIGIN: ORIGIN });
    const answer = await exchange(`${url}/events`, { headers: { Origin: ORIGIN } });
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers.vary).toBe('Origin, Accept');
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    const other = await exchange(`${url}/events`, { headers: { Origin: 'http://of-the-other.test' } });
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('passes on OPTIONS that is no preflight of an origin that may call', async () => {
    const { url, seen } = await hostWith({ CORS_ORIGIN: ORIGIN });
    const headers = { ...preflight, Origin: 'http://elsewhere.test' };
    await exchange(`${url}/events`, { method: 'OPTIONS', headers });
    await exchange(`${url}/events`, { method: 'OPTIONS', headers: { Origin: ORIGIN } });
    expect(seen.map(({ method }) => method)).toEqual(['OPTIONS', 'OPTIONS']);
  });

  it('lets the page read a refusal, and that the other backend is not there', async () => {
    const { url } = await hostWith({
      CORS_ORIGIN: ORIGIN,
      API_TOKEN: TOKEN,
      BACKEND_URL: 'http://127.0.0.1:1',
    });
    for (const [status, headers] of [
      [401, {}],
      [502, bearer],
    ] as const) {
      const answer = await exchange(`${url}/events`, { headers: { ...headers, Origin: ORIGIN } });
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([status, ORIGIN]);
    }
  });

  it('where it is not set leaves CORS to the other backend', async () => {
    const { url, seen } = await hostWith({});
    const answer = await exchange(`${url}/events`, { method: 'OPTIONS', headers: preflight });
    expect(answer.headers['access-control-allow-origin']).toBe('http://of-the-other.test');
    expect(answer.headers.vary).toBe('Accept');
    expect(seen[0]?.headers.origin).toBe(ORIGIN);
  });
});

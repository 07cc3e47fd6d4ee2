import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/contract/catalogue.ts';
import type { Endpoint } from '../../src/contract/endpoint.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../../src/contract/problem.ts';
import { activeStreams, closeApps, openApp, textReader } from '../fixtures/open-app.ts';

afterEach(closeApps);

const concrete = (endpoint: Pick<Endpoint, 'path'>) => endpoint.path.replace('{id}', '1');
const streamsOf = CATALOGUE.filter(({ family }) => family !== 'health');
const named = (endpoints: readonly Endpoint[]) =>
  endpoints.map((endpoint) => [`${endpoint.method.toUpperCase()} ${endpoint.path}`, endpoint] as const);

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE);
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

/** A query that the schema of a parameter must refuse; null for a parameter that takes any text. */
function badValue(endpoint: Endpoint, name: string): string | null {
  const parameter = endpoint.query.shape[name];
  for (const value of ['x'.repeat(5_000), '-1', '0.00001']) {
    if (parameter !== undefined && !endpoint.query.safeParse({ [name]: value }).success) return value;
  }
  return null;
}

describe.each(named(streamsOf))('%s', (_name, endpoint) => {
  it('answers with its media type and the headers of every stream', async () => {
    const response = await openApp().request(concrete(endpoint));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(endpoint.mediaType);
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-encoding')).toBeNull();
    await response.body?.cancel();
  });

  it('starts nothing for HEAD', async () => {
    const app = openApp();
    const response = await app.request(concrete(endpoint), { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(endpoint.mediaType);
    expect(await response.text()).toBe('');
    expect(await activeStreams(app)).toBe(0);
  });

  it('counts as active from its first read until its reader leaves', async () => {
    const app = openApp();
    const response = await app.request(concrete(endpoint));
    expect(await activeStreams(app)).toBe(0);
    const reader = textReader(response);
    const first = reader.next();
    expect(await activeStreams(app)).toBe(1);
    await reader.leave();
    expect(await activeStreams(app)).toBe(0);
    await first;
  });

  it('answers a wrong method with 405 and Allow', async () => {
    const response = await openApp().request(concrete(endpoint), { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    await problemOf(response);
  });

  const parameters = Object.keys(endpoint.query.shape);
  const refusing = parameters.filter((name) => badValue(endpoint, name) !== null);
  it.each(refusing)('refuses a bad %s with 422 and its name', async (name) => {
    const query = new URLSearchParams({ [name]: badValue(endpoint, name) ?? '' });
    const response = await openApp().request(`${concrete(endpoint)}?${query}`);
    expect(response.status).toBe(422);
    const problem = await problemOf(response);
    expect(problem.errors).toEqual([{ name, reason: expect.stringMatching(/^must be /) }]);
  });

  it('takes a parameter that is empty for one that is not given', async () => {
    const query = parameters.map((name) => `${name}=`).join('&');
    const response = await openApp().request(`${concrete(endpoint)}?${query}`);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});

it('has a bound for every number of every path', () => {
  const unbounded = CATALOGUE.flatMap((endpoint) =>
    Object.keys(endpoint.query.shape).filter((name) => badValue(endpoint, name) === null),
  );
  expect(unbounded).toEqual([]);
});

describe('the rules of every path', () => {
  it('names every wrong parameter at once', async () => {
    const response = await openApp().request('/process/long-task?steps=0&delay=soon');
    const problem = await problemOf(response);
    expect(problem.errors?.map(({ name }) => name)).toEqual(['steps', 'delay']);
    expect(problem.detail).toContain('steps must be at least 1');
  });

  it.each(['0x10', '0b11', '1e2', '+5', ' 5', '5.', '.5', 'Infinity', '١', '5%00'])(
    'takes %j for no number, in the query and in the path',
    async (text) => {
      const inQuery = await openApp().request(`/stream/sse?count=${encodeURIComponent(text)}`);
      expect(inQuery.status).toBe(422);
      const inPath = await openApp().request(`/download/image/${encodeURIComponent(text)}`);
      expect(inPath.status).toBe(422);
    },
  );

  it('refuses a parameter that is given twice', async () => {
    const response = await openApp().request('/stream/stock-ticker?symbols=AAPL&symbols=MSFT&rate=1&rate=2');
    expect(response.status).toBe(422);
    const { errors } = await problemOf(response);
    expect(errors).toEqual(['symbols', 'rate'].map((name) => ({ name, reason: 'must be given once' })));
  });

  it('answers an unknown path with 404', async () => {
    const response = await openApp().request('/no/such/path');
    expect(response.status).toBe(404);
    expect((await problemOf(response)).detail).toContain('/no/such/path');
  });

  it('answers OPTIONS with the methods of the path', async () => {
    const response = await openApp().request('/health', { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  it('answers 500 with nothing of what failed', async () => {
    let broken = false;
    const now = () => {
      if (broken) throw new Error('password of the database');
      return 0;
    };
    const app = openApp({ clock: { now, schedule: () => () => undefined } });
    broken = true;
    const response = await app.request('/health');
    broken = false;
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problemOf(response))).not.toContain('password');
  });

  it('says its health at both paths', async () => {
    const app = openApp();
    for (const path of ['/health', '/']) {
      expect(await (await app.request(path)).json()).toEqual({
        status: 'ok',
        version: '0.0.0-test',
        uptimeSeconds: 0,
        activeStreams: 0,
      });
    }
  });
});

describe('with a token', () => {
  const authorised = { headers: { Authorization: 'Bearer s3cret' } };
  const paths = [
    ...CATALOGUE.map(concrete),
    '/openapi.json',
    '/openapi.json/',
    '/docsify',
    '/',
    '/no/such/path',
  ];

  it.each(paths.filter((path) => path !== '/health'))('%s wants it', async (path) => {
    const response = await openApp({ apiToken: 's3cret' }).request(path);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    await problemOf(response);
  });

  it('refuses another one, and says nothing of the right one', async () => {
    const app = openApp({ apiToken: 's3cret' });
    const response = await app.request('/events', { headers: { Authorization: 'Bearer s3cre' } });
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await response.text()).not.toContain('s3cret');
  });

  it('opens every path to who has it, and health to all', async () => {
    const app = openApp({ apiToken: 's3cret' });
    expect((await app.request('/health')).status).toBe(200);
    const response = await app.request('/events', authorised);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});

describe('from another origin', () => {
  const origin = 'http://localhost:3000';

  it('answers with no CORS headers where none is allowed', async () => {
    const response = await openApp().request('/health', { headers: { Origin: origin } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets an allowed origin read, and no other', async () => {
    const app = openApp({ corsOrigins: [origin, 'http://127.0.0.1:3000'] });
    const from = async (name: string) =>
      (await app.request('/health', { headers: { Origin: name } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await from(origin)).toBe(origin);
    expect(await from('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
    expect(await from('http://elsewhere.test')).toBeNull();
  });

  it('answers a preflight without a token, with what the page sends', async () => {
    const response = await openApp({ corsOrigins: [origin], apiToken: 's3cret' }).request('/events', {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization,last-event-id',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    for (const header of ['Authorization', 'Last-Event-ID', 'Content-Type', 'Range']) {
      expect(response.headers.get('access-control-allow-headers')).toContain(header);
    }
  });

  const preflight = { Origin: origin, 'Access-Control-Request-Method': 'GET' };

  it.each([
    ['names no method', { Origin: origin }],
    ['names no origin', { 'Access-Control-Request-Method': 'GET' }],
    ['comes from an origin that may not call', { ...preflight, Origin: 'http://elsewhere.test' }],
  ])('answers OPTIONS that %s as if there were no CORS', async (_what, headers: Record<string, string>) => {
    const app = openApp({ corsOrigins: [origin] });
    const known = await app.request('/events', { method: 'OPTIONS', headers });
    expect([known.status, known.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(known.headers.get('access-control-allow-methods')).toBeNull();
    expect((await app.request('/no/such/path', { method: 'OPTIONS', headers })).status).toBe(404);
  });

  it('wants the token for OPTIONS that is no preflight', async () => {
    const app = openApp({ corsOrigins: [origin], apiToken: 's3cret' });
    const headers = { Origin: 'http://elsewhere.test', 'Access-Control-Request-Method': 'GET' };
    expect((await app.request('/events', { method: 'OPTIONS', headers })).status).toBe(401);
    expect((await app.request('/events', { method: 'OPTIONS' })).status).toBe(401);
  });

  it('lets every origin call where all may', async () => {
    const app = openApp({ corsOrigins: ['*'] });
    const asked = await app.request('/events', { method: 'OPTIONS', headers: preflight });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'GET, HEAD, POST, DELETE',
    ]);
    for (const headers of [{ Origin: 'http://elsewhere.test' }, {}]) {
      const answer = await app.request('/health', { headers });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('vary')).toBeNull();
    }
  });

  it('tells caches that answers differ by origin, besides what else they differ by', async () => {
    const response = await openApp({ corsOrigins: [origin] }).request('/stream');
    expect(response.headers.get('vary')).toBe('Accept, Origin');
    await response.body?.cancel();
  });

  it('lets the page read a refusal too', async () => {
    const response = await openApp({ corsOrigins: [origin], apiToken: 's3cret' }).request('/events', {
      headers: { Origin: origin },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });
});

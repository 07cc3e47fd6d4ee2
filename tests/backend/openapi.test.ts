import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/contract/catalogue.ts';
import { closeApps, openApp } from '../fixtures/open-app.ts';

afterEach(closeApps);

interface Operation {
  readonly tags: string[];
  readonly parameters?: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
  readonly responses: Record<
    string,
    { description: string; content: Record<string, { schema: object }>; headers?: object }
  >;
  readonly security?: object[];
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object>; securitySchemes?: object };
  readonly security?: object[];
}

async function documentOf(options = {}, init: RequestInit = {}): Promise<Document> {
  return (await (await openApp(options).request('/openapi.json', init)).json()) as Document;
}

describe('/openapi.json', () => {
  it('describes every path of the catalogue: parameters, media type, refusals', async () => {
    const document = await documentOf();
    expect(document.openapi).toBe('3.1.0');
    for (const endpoint of CATALOGUE) {
      const operation = document.paths[endpoint.path]?.[endpoint.method];
      const names = [...Object.keys(endpoint.query.shape), ...Object.keys(endpoint.params?.shape ?? {})];
      const parameters = operation?.parameters?.filter((parameter) => parameter.in !== 'header') ?? [];
      expect(parameters.map(({ name }) => name).sort(), endpoint.path).toEqual(names.sort());
      expect(operation?.tags).toEqual([endpoint.family]);
      expect(Object.keys(operation?.responses[200]?.content ?? {})).toContain(endpoint.mediaType);
      expect(operation?.responses[422]?.content).toHaveProperty('application/problem+json');
    }
  });

  it('has the header by which a live feed is resumed, where the query can do it too', async () => {
    const document = await documentOf();
    const resumable = Object.entries(document.paths)
      .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'lastEventId'))
      .map(([path]) => path);
    expect(resumable).toEqual(['/stream/stock-ticker', '/stream/live-logs']);
    for (const [path, { get }] of Object.entries(document.paths)) {
      const headers = get?.parameters?.filter((parameter) => parameter.in === 'header') ?? [];
      expect(headers.map(({ name }) => name)).toEqual(resumable.includes(path) ? ['Last-Event-ID'] : []);
    }
  });

  it('names the refusals that only some paths have', async () => {
    const document = await documentOf();
    const withRefusal = (status: number) =>
      Object.entries(document.paths).filter(([, { get }]) => get?.responses[status] !== undefined);
    expect(withRefusal(404).map(([path]) => path)).toEqual(['/download/image/{id}']);
    expect(withRefusal(503).map(([path]) => path)).toEqual([
      '/export/users/csv',
      '/export',
      '/export/data/jsonl',
      '/stream/database-results',
    ]);
    for (const [, { get }] of withRefusal(404)) {
      expect(get?.responses[404]?.content).toHaveProperty('application/problem+json');
    }
    for (const [, { get }] of withRefusal(503)) {
      expect(get?.responses[503]?.content).toHaveProperty('application/problem+json');
      expect(get?.responses[503]?.headers).toMatchObject({ 'Retry-After': { schema: { type: 'integer' } } });
    }
  });

  it('says of every event stream that it can fail in band', async () => {
    const document = await documentOf();
    const streams = Object.entries(document.paths).flatMap(([path, { get }]) => {
      const schema = get?.responses[200]?.content['text/event-stream']?.schema;
      return schema === undefined ? [] : [{ path, schema }];
    });
    expect(streams.map(({ path }) => path)).toContain('/stream');
    // `errorEventSchema`: one text, `message`.
    const failure = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] };
    for (const { path, schema } of streams) {
      expect(schema, path).toHaveProperty('anyOf', expect.arrayContaining([failure]));
    }
    for (const { path, format } of CATALOGUE) {
      if (format !== 'sse') continue;
      expect(document.paths[path]?.get?.responses[200]?.description).toMatch(/event types: .*\berror\b/);
    }
  });

  it('has a plain type for every parameter, and requires those of a path', async () => {
    const document = await documentOf();
    const parameters = Object.values(document.paths).flatMap((item) => item.get?.parameters ?? []);
    for (const parameter of parameters) {
      expect(parameter.schema.type, parameter.name).toEqual(expect.any(String));
      expect(parameter.required, parameter.name).toBe(parameter.in === 'path');
    }
  });

  it('gives each operation an ID of its own', async () => {
    const document = await documentOf();
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map((operation) => (operation as { operationId?: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to schemas that it has', async () => {
    const document = await documentOf();
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name);
  });

  it('shows both forms of /stream', async () => {
    const document = await documentOf();
    expect(Object.keys(document.paths['/stream']?.get?.responses[200]?.content ?? {})).toEqual([
      'text/plain; charset=utf-8',
      'text/event-stream',
    ]);
  });

  it('says that a token is wanted where one is set', async () => {
    expect((await documentOf()).security).toBeUndefined();
    const document = await documentOf({ apiToken: 't' }, { headers: { Authorization: 'Bearer t' } });
    expect(document.security).toEqual([{ bearerToken: [] }]);
    expect(document.components.securitySchemes).toHaveProperty('bearerToken');
  });

  it('says that health wants none', async () => {
    const document = await documentOf({ apiToken: 't' }, { headers: { Authorization: 'Bearer t' } });
    for (const [path, { get }] of Object.entries(document.paths)) {
      const isOpen = path === '/health';
      expect(get?.security, path).toEqual(isOpen ? [] : undefined);
      expect(get?.responses[401] === undefined, path).toBe(isOpen);
    }
  });
});

describe.each(['/docs', '/redoc'])('%s', (path) => {
  it('and all it loads come from this server', async () => {
    const app = openApp();
    const response = await app.request(path);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
    const html = await response.text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map(([, address = '']) => address)
      .filter((address) => !address.startsWith('data:'));
    expect(loaded.length).toBeGreaterThan(1);
    for (const address of loaded) {
      expect(address).toMatch(new RegExp(`^${path}/`));
      const file = await app.request(address);
      expect(file.status).toBe(200);
      expect(await file.text()).not.toContain('cdn.redoc.ly');
    }
  });
});

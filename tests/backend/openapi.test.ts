import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/contract/catalogue.ts';
import { closeApps, openApp } from '../fixtures/open-app.ts';

afterEach(closeApps);

interface Operation {
  readonly tags: string[];
  readonly parameters?: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
  readonly responses: Record<string, { content: Record<string, { schema: object }> }>;
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
      expect(operation?.parameters?.map(({ name }) => name).sort() ?? [], endpoint.path).toEqual(
        names.sort(),
      );
      expect(operation?.tags).toEqual([endpoint.family]);
      expect(Object.keys(operation?.responses[200]?.content ?? {})).toContain(endpoint.mediaType);
      expect(operation?.responses[422]?.content).toHaveProperty('application/problem+json');
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

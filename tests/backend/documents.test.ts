import { Window } from 'happy-dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../src/backend/app.ts';
import { closeApps, openApp } from '../fixtures/open-app.ts';

const TOKEN = 's3cret';
const windows: Window[] = [];

afterEach(async () => {
  for (const window of windows.splice(0)) await window.happyDOM.close();
  await closeApps();
});

interface SwaggerOptions {
  readonly url: string;
  requestInterceptor(request: { url: string; loadSpec?: boolean; headers?: Record<string, string> }): {
    headers?: Record<string, string>;
  };
  onComplete(): void;
}

/** As a browser asks for what is typed into its address bar. */
const OPENED = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

/** A page of the documents with its own script run in it; the viewer's script is a double. */
async function openPage(app: App, path: '/docs' | '/redoc') {
  const window = new Window({ url: `http://localhost${path}` });
  windows.push(window);
  const html = await (await app.request(path, OPENED)).text();
  window.document.write(html.replaceAll(/<(script|link)\b[^>]*>(<\/script>)?/g, ''));
  const preauthorizeApiKey = vi.fn();
  const swagger = vi.fn((_options: SwaggerOptions) => ({ preauthorizeApiKey }));
  const redoc = vi.fn();
  const asked: string[] = [];
  const fetchHere = (url: string, init?: RequestInit) => {
    asked.push(url);
    return app.request(url, init);
  };
  const script = await (await app.request(`${path}/page.js`)).text();
  new Function('document', 'fetch', 'SwaggerUIBundle', 'Redoc', script)(window.document, fetchHere, swagger, {
    init: redoc,
  });
  const form = window.document.querySelector('form');
  const give = (token: string) => {
    const input = form?.querySelector('input');
    if (!form || !input) throw new Error('the page asks for no token');
    input.value = token;
    form.dispatchEvent(new window.Event('submit', { cancelable: true }));
  };
  return { window, form, give, swagger, preauthorizeApiKey, redoc, asked };
}

describe.each(['/docs', '/redoc'] as const)('%s of a server with a token', (path) => {
  it('opens without it, and so does all it loads, but the document', async () => {
    const app = openApp({ apiToken: TOKEN });
    const html = await (await app.request(path, OPENED)).text();
    const loaded = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address = '']) => address);
    expect(loaded.length).toBeGreaterThan(1);
    for (const address of loaded) expect((await app.request(address)).status, address).toBe(200);
    expect((await app.request('/openapi.json')).status).toBe(401);
    expect((await app.request(path)).status, 'to one who asks for no page').toBe(401);
    expect(html).not.toContain(TOKEN);
  });

  it('says how to give it, and says so when it is another one', async () => {
    const { form, give, asked, swagger, redoc, window } = await openPage(openApp({ apiToken: TOKEN }), path);
    expect(form?.textContent).toContain('API_TOKEN');
    expect(form?.querySelector('label')?.textContent).toContain('Token');
    expect(asked).toEqual([]);
    give('another');
    const alert = form?.querySelector('[role=alert]');
    await vi.waitFor(() => expect(alert?.textContent).toBe('This is not the token of this server.'));
    expect([swagger.mock.calls, redoc.mock.calls]).toEqual([[], []]);
    expect(window.document.querySelector('form')).not.toBeNull();
  });

  it('asks for none where none is set', async () => {
    const { form, swagger, redoc } = await openPage(openApp(), path);
    expect(form).toBeNull();
    expect(swagger.mock.calls.length + redoc.mock.calls.length).toBe(1);
  });
});

describe('a token that is right', () => {
  it('opens Swagger UI, for the document and for what is tried out', async () => {
    const page = await openPage(openApp({ apiToken: TOKEN }), '/docs');
    page.give(` ${TOKEN} `);
    await vi.waitFor(() => expect(page.swagger).toHaveBeenCalledOnce());
    expect(page.window.document.querySelector('form')).toBeNull();
    const [options] = page.swagger.mock.calls[0] ?? [];
    const loading = { url: '/openapi.json', loadSpec: true, headers: { Accept: 'application/json' } };
    expect(options?.requestInterceptor(loading).headers).toEqual({
      Accept: 'application/json',
      Authorization: `Bearer ${TOKEN}`,
    });
    options?.onComplete();
    expect(page.preauthorizeApiKey.mock.calls).toEqual([['bearerToken', TOKEN]]);
    expect(page.asked.join()).not.toContain(TOKEN);
  });

  it('opens Redoc, which is given the document', async () => {
    const page = await openPage(openApp({ apiToken: TOKEN }), '/redoc');
    page.give(TOKEN);
    await vi.waitFor(() => expect(page.redoc).toHaveBeenCalledOnce());
    expect(page.redoc.mock.calls[0]?.[0]).toMatchObject({ openapi: '3.1.0' });
  });
});

it('loads the document by its address where no token is set', async () => {
  const docs = await openPage(openApp(), '/docs');
  const [options] = docs.swagger.mock.calls[0] ?? [];
  expect(options?.url).toBe('/openapi.json');
  expect(options?.requestInterceptor({ url: '/openapi.json', loadSpec: true }).headers).toBeUndefined();
  options?.onComplete();
  expect(docs.preauthorizeApiKey).not.toHaveBeenCalled();
  const redoc = await openPage(openApp(), '/redoc');
  expect(redoc.redoc.mock.calls[0]?.[0]).toBe('/openapi.json');
});

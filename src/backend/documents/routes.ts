import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BackendContext } from '../context.ts';
import { openApiDocument } from './openapi.ts';
import { PAGE_POLICY, REDOC_SCRIPT, redocPage, swaggerPage } from './pages.ts';
import { SWAGGER_SCRIPT } from './swagger-page.ts';

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

/** Redoc's mark, the one thing that its bundle would fetch from elsewhere; a dot of nothing stands in. */
const REDOC_MARK = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const NO_MARK = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

const installed = createRequire(import.meta.url);

/** The documents: OpenAPI, and two viewers of it whose every file comes from this server. */
export function registerDocuments(context: BackendContext): void {
  const { app, routes } = context;
  const serve = (path: string, mediaType: string, content: () => string | Promise<string>) => {
    routes.add('get', path);
    app.get(path, async () => {
      const body = await content();
      const headers: Record<string, string> = {
        'Content-Type': mediaType,
        'Content-Length': String(Buffer.byteLength(body)),
        'Cache-Control': 'no-cache',
        'X-Content-Type-Options': 'nosniff',
      };
      if (mediaType.startsWith('text/html')) headers['Content-Security-Policy'] = PAGE_POLICY;
      return new Response(body, { headers });
    });
  };
  const pageOptions = { wantsToken: context.options.apiToken !== null };
  let document: string | null = null;
  serve('/openapi.json', 'application/json', () => {
    document ??= JSON.stringify(openApiDocument(context));
    return document;
  });
  serve('/docs', 'text/html; charset=utf-8', () => swaggerPage(pageOptions));
  serve('/docs/page.js', JAVASCRIPT, () => SWAGGER_SCRIPT);
  serve('/docs/swagger-ui.css', CSS, () => installedFile('swagger-ui-dist/swagger-ui.css'));
  serve('/docs/swagger-ui-bundle.js', JAVASCRIPT, () =>
    installedFile('swagger-ui-dist/swagger-ui-bundle.js'),
  );
  serve('/redoc', 'text/html; charset=utf-8', () => redocPage(pageOptions));
  serve('/redoc/page.js', JAVASCRIPT, () => REDOC_SCRIPT);
  serve('/redoc/redoc.standalone.js', JAVASCRIPT, async () => {
    const script = await installedFile('redoc/bundles/redoc.standalone.js');
    return script.replaceAll(REDOC_MARK, NO_MARK);
  });
}

function installedFile(path: string): Promise<string> {
  return readFile(installed.resolve(path), 'utf8');
}

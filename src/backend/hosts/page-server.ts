import type { IncomingMessage } from 'node:http';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { pathOf } from './api-paths.ts';
import { bridge, type NodeHandler } from './node-bridge.ts';
import { hasPageFile } from './page-files.ts';

export interface PageServer {
  owns(incoming: IncomingMessage): boolean;
  readonly handle: NodeHandler;
}

/** Serves the built page: hashed assets for good, all else asked after each time. */
export function servePage(directory: string): PageServer {
  const page = new Hono();
  page.use(async (c, next) => {
    // An entity tag of an asset would be computed for nobody: its name changes with it.
    const hashed = c.req.path.startsWith('/assets/');
    await (hashed ? next() : etag()(c, next));
    c.res.headers.set('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
  });
  page.use(serveStatic({ root: directory, precompressed: true }));
  return {
    owns: (incoming) =>
      (incoming.method === 'GET' || incoming.method === 'HEAD') && hasPageFile(directory, pathOf(incoming)),
    handle: bridge({ fetch: (request) => page.fetch(request) }),
  };
}

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
  // Only files that are asked after: an entity tag of an asset would be computed for nobody.
  page.use(async (c, next) => (c.req.path.startsWith('/assets/') ? next() : etag()(c, next)));
  page.use(
    serveStatic({
      root: directory,
      precompressed: true,
      onFound(_path, c) {
        const hashed = c.req.path.startsWith('/assets/');
        c.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        c.header('X-Content-Type-Options', 'nosniff');
      },
    }),
  );
  return {
    owns: (incoming) =>
      (incoming.method === 'GET' || incoming.method === 'HEAD') && hasPageFile(directory, pathOf(incoming)),
    handle: bridge({ fetch: (request) => page.fetch(request) }),
  };
}

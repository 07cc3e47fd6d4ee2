import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { Connect, Plugin, PreviewServer, ViteDevServer } from 'vite';
import { isApiRequest, pathOf } from './api-paths.ts';
import type { BackendHost } from './backend-host.ts';
import { hasPageFile } from './page-files.ts';
import { readSettings, type Settings } from './settings.ts';

/** Mounts the backend in Vite's dev and preview servers. */
export function backendPlugin(environment: Readonly<Record<string, string | undefined>>): Plugin {
  return {
    name: 'streamscope-backend',
    config: () => ({
      // Unknown paths are the backend's to answer, not `index.html`'s.
      appType: 'mpa',
      // Who may call from elsewhere is CORS_ORIGIN's to say; Vite's own rule would come before it.
      server: { cors: false },
      preview: { cors: false },
    }),
    configureServer: (server) => mountInDev(server, readSettings(environment)),
    configurePreviewServer: (server) => mountInPreview(server, readSettings(environment)),
  };
}

/** The API goes before all of Vite's own; what Vite does not have comes back to the backend at the end. */
async function mountInDev(server: ViteDevServer, settings: Settings): Promise<() => void> {
  const host = await open(settings, server);
  server.middlewares.use(before(host, isApiRequest));
  return () => {
    // Vite's page itself is served after this hook, by the name that its fallback has given it.
    server.middlewares.use(before(host, (incoming) => pathOf(incoming) !== '/index.html'));
  };
}

/**
 * Preview compresses whatever passes its own middlewares, streams too. So everything that is no file of the built page
 * is answered before them.
 */
async function mountInPreview(server: PreviewServer, settings: Settings): Promise<void> {
  const host = await open(settings, server);
  const { root, build } = server.config;
  const pageDirectory = resolve(root, build.outDir);
  server.middlewares.use(
    before(host, (incoming) => isApiRequest(incoming) || !hasPageFile(pageDirectory, pathOf(incoming))),
  );
}

function before(host: BackendHost, owns: (incoming: IncomingMessage) => boolean): Connect.NextHandleFunction {
  return (incoming: IncomingMessage, outgoing: ServerResponse, next: Connect.NextFunction) => {
    if (owns(incoming)) host.handle(incoming, outgoing);
    else next();
  };
}

/** Opens the backend, and closes it with the server. The import is late: a build needs no backend. */
async function open(settings: Settings, { httpServer }: ViteDevServer | PreviewServer): Promise<BackendHost> {
  const { openBackend } = await import('./backend-host.ts');
  const host = openBackend(settings);
  // Each server its own: a restart opens the next one before it closes the last.
  httpServer?.once('close', () => void host.close());
  return host;
}

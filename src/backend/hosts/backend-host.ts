import pino from 'pino';
import { createApp } from '../app.ts';
import { VERSION } from '../version.ts';
import { bridge, type NodeHandler } from './node-bridge.ts';
import { guardedProxy } from './proxy-guard.ts';
import type { Settings } from './settings.ts';

/** What answers the API: the built-in backend, or the one that `BACKEND_URL` names. */
export interface BackendHost {
  readonly handle: NodeHandler;
  close(): Promise<void>;
}

export function openBackend(settings: Settings): BackendHost {
  if (settings.backendUrl !== null) {
    return { handle: guardedProxy(settings.backendUrl, settings), close: () => Promise.resolve() };
  }
  const app = createApp({
    dataDir: settings.dataDir,
    logFile: settings.logFile,
    apiToken: settings.apiToken,
    corsOrigins: settings.corsOrigins,
    version: VERSION,
    // What a client did wrong is in the request log, for who wants to see it.
    log: pino({ level: 'error' }, pino.destination(2)),
  });
  return { handle: bridge(app), close: () => app.close() };
}

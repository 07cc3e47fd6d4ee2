import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { ActiveStreams } from './active-streams.ts';
import { requireToken } from './authorization.ts';
import { registerChat } from './chat.ts';
import { registerComparison } from './comparison.ts';
import type { AppOptions, BackendApp, BackendContext, BackendEnvironment } from './context.ts';
import { CrossOriginRules } from './cross-origin.ts';
import { registerDocuments } from './documents/routes.ts';
import { registerDownloads } from './downloads.ts';
import { registerExports } from './exports.ts';
import { registerHealth } from './health.ts';
import { registerLogs } from './logs.ts';
import { systemClock } from './pace.ts';
import { registerPictures } from './pictures.ts';
import { problemResponse } from './problem.ts';
import { RequestLog } from './request-log.ts';
import { logRequests, logStreamEnds } from './request-logging.ts';
import { RouteTable } from './route-table.ts';
import { registerSamples } from './samples.ts';
import { registerTasks } from './tasks.ts';
import { registerTicker } from './ticker.ts';

export type { AppOptions } from './context.ts';

export interface App {
  fetch(request: Request, env?: object): Response | Promise<Response>;
  /** In-process requests for tests: a path, or a whole URL. */
  request(input: string, init?: RequestInit): Response | Promise<Response>;
  /** Ends every stream and gives back what the families hold. */
  close(): Promise<void>;
}

/** Adds one family of paths. */
export type RegisterFamily = (context: BackendContext) => void;

/** Each family of paths, in the order of the documents. Adding one is a line here. */
const FAMILIES: readonly RegisterFamily[] = [
  registerTicker,
  registerLogs,
  registerChat,
  registerTasks,
  registerDownloads,
  registerPictures,
  registerExports,
  registerComparison,
  registerSamples,
  registerHealth,
  registerDocuments,
];

/** @param families those of the contract, all of them, unless a bench wants others. */
export function createApp(options: AppOptions, families: readonly RegisterFamily[] = FAMILIES): App {
  const app: BackendApp = new OpenAPIHono<BackendEnvironment>();
  const closing: (() => void | Promise<void>)[] = [];
  const context: BackendContext = {
    app,
    routes: new RouteTable(),
    options,
    streams: new ActiveStreams(),
    clock: options.clock ?? systemClock,
    now: options.now ?? Date.now,
    log: options.log ?? null,
    requestLog: new RequestLog(options),
    onClose: (action) => {
      closing.push(action);
    },
  };
  addRules(context);
  for (const register of families) register(context);
  return {
    fetch: (request, env) => app.fetch(request, env ?? {}),
    request: (input, init) => app.request(input, init),
    async close() {
      context.streams.closeAll();
      for (const action of closing.splice(0).reverse()) await action();
    },
  };
}

/** What holds for every path. Order matters: a preflight carries no token, and a refusal carries CORS headers. */
function addRules(context: BackendContext): void {
  const { app, options, routes } = context;
  app.use(async (c, next) => {
    c.set('backend', context);
    await next();
  });
  app.use(logRequests(context.requestLog, () => context.clock.now()));
  context.onClose(logStreamEnds(context.requestLog, context.streams));
  if (options.corsOrigins.length > 0) app.use(crossOrigin(new CrossOriginRules(options.corsOrigins)));
  if (options.apiToken !== null) app.use(requireToken(options.apiToken));
  app.notFound((c) => {
    const allowed = routes.allowed(c.req.path);
    if (allowed.length === 0) return problemResponse(404, { detail: `Nothing is served at ${c.req.path}.` });
    const headers = { Allow: allowed.join(', ') };
    if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers });
    return problemResponse(405, { detail: `${c.req.path} answers ${headers.Allow}.`, headers });
  });
  app.onError((error, c) => {
    context.log?.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed');
    return problemResponse(500, { detail: 'The server failed to answer this request.' });
  });
}

function crossOrigin(rules: CrossOriginRules): MiddlewareHandler {
  return async (c, next) => {
    const preflight = rules.preflight(c.req);
    if (preflight === null) await next();
    else c.res = preflight;
    rules.addHeaders(c.req, c.res.headers);
  };
}

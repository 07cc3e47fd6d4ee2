import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, Env } from 'hono';
import type { Logger } from 'pino';
import type { ActiveStreams } from './active-streams.ts';
import type { FaultPlan } from './fault-pieces.ts';
import type { Clock } from './pace.ts';
import type { RequestLog } from './request-log.ts';
import type { RouteTable } from './route-table.ts';

export interface AppOptions {
  /** Where the database lives. Nothing is created there before it is needed. */
  readonly dataDir: string;
  /** What `source=file` follows. */
  readonly logFile: string | null;
  /** When set, every path but `/health` and the documents' pages wants it as a bearer token. */
  readonly apiToken: string | null;
  /** Origins that may call from elsewhere; `*` stands for all. */
  readonly corsOrigins: readonly string[];
  readonly version: string;
  /** Wall-clock time: epoch milliseconds. */
  readonly now?: () => number;
  /** What pace and heartbeats wait by. */
  readonly clock?: Clock;
  readonly log?: Logger | null;
}

export interface BackendEnvironment extends Env {
  Variables: {
    /** What the plumbing of streams needs; see `stream-response.ts`. */
    backend: StreamSetting;
    /** How this request's stream is to misbehave; see `fault-body.ts`. */
    faults?: FaultPlan;
  };
}

export type BackendApp = OpenAPIHono<BackendEnvironment>;
export type BackendRequestContext = Context<BackendEnvironment>;

/** What `streamResponse` takes from the app through the request's context. */
export interface StreamSetting {
  readonly streams: ActiveStreams;
  readonly clock: Clock;
  readonly log: Logger | null;
}

/** What a family of endpoints is given to register itself with. */
export interface BackendContext extends StreamSetting {
  readonly app: BackendApp;
  readonly routes: RouteTable;
  readonly options: AppOptions;
  readonly now: () => number;
  /** What `source=requests` shows. Any part of the backend that has something to say writes here. */
  readonly requestLog: RequestLog;
  /** Runs when the app closes, in reverse order of registration: databases, file watchers. */
  onClose(action: () => void | Promise<void>): void;
}

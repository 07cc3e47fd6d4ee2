import type { MiddlewareHandler } from 'hono';
import { healthEndpoint } from '../contract/health.ts';
import type { LogLevel } from '../contract/logs.ts';
import type { ActiveStreams, StreamEnd, StreamOutcome } from './active-streams.ts';
import type { RequestLog } from './request-log.ts';

const SERVICE = 'http';
const MAX_TARGET_LENGTH = 200;

/** Logs each request when its status is known: its end, or, for a stream, its beginning. Headers are never logged. */
export function logRequests(log: RequestLog, monotonicMs: () => number): MiddlewareHandler {
  return async (c, next) => {
    const startedAtMs = monotonicMs();
    await next();
    const { method, path } = c.req;
    const { status, headers } = c.res;
    const target = redactedTarget(c.req.url);
    const durationMs = roundedMs(monotonicMs() - startedAtMs);
    // The one header that every stream of this backend carries and nothing else does.
    const isStream = headers.get('X-Accel-Buffering') === 'no';
    log.write({
      level: levelOf(status, path),
      service: SERVICE,
      message: isStream
        ? `${method} ${target} ${status}, stream opened`
        : `${method} ${target} ${status} in ${durationMs} ms`,
      fields: { method, path: shortened(path), status, durationMs, ...byteLengthOf(headers) },
    });
  };
}

/** Logs the end of every stream. The returned function stops that. */
export function logStreamEnds(log: RequestLog, streams: ActiveStreams): () => void {
  return streams.observeEnds((whole) => {
    const end = { ...whole, path: shortened(whole.path) };
    log.write({
      level: end.outcome === 'failed' ? 'error' : 'info',
      service: SERVICE,
      message: `${end.method} ${end.path} ${OUTCOMES[end.outcome]} after ${spanText(end)}`,
      fields: { ...end, durationMs: roundedMs(end.durationMs) },
    });
  });
}

const OUTCOMES: Readonly<Record<StreamOutcome, string>> = {
  complete: 'complete',
  'reader-left': 'closed by its reader',
  failed: 'failed',
  'cut-on-purpose': 'cut, as its fault asks,',
  'server-closed': 'closed, as the server is',
};

function spanText({ durationMs, byteLength }: StreamEnd): string {
  return `${(durationMs / 1_000).toFixed(1)} s, ${byteLength.toLocaleString('en')} bytes`;
}

function levelOf(status: number, path: string): LogLevel {
  if (status >= 500) return 'error';
  if (status >= 400) return 'warn';
  return path === healthEndpoint.path ? 'debug' : 'info';
}

function byteLengthOf(headers: Headers): { byteLength?: number } {
  const text = headers.get('Content-Length');
  return text === null ? {} : { byteLength: Number(text) };
}

const roundedMs = (durationMs: number): number => Math.round(durationMs * 10) / 10;

const SECRET_NAME = /token|secret|passw|auth|cred|session|signature|api[-_]?key|^key$|^code$|jwt/i;

/** Path and query, without the values of parameters that look like secrets, and not longer than a line can bear. */
export function redactedTarget(url: string): string {
  const { pathname, search } = new URL(url);
  if (search === '') return shortened(pathname);
  const pairs = search.slice(1).split('&');
  return shortened(`${pathname}?${pairs.map(redactedPair).join('&')}`);
}

function redactedPair(pair: string): string {
  const [name = ''] = pair.split('=', 1);
  return pair.includes('=') && SECRET_NAME.test(decoded(name)) ? `${name}=[redacted]` : pair;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // Not percent-encoded after all: then the text is the name.
    return name;
  }
}

/** Thousands of entries are kept, and anyone can ask for a path of many kilobytes. */
function shortened(target: string): string {
  return target.length <= MAX_TARGET_LENGTH ? target : `${target.slice(0, MAX_TARGET_LENGTH)}…`;
}

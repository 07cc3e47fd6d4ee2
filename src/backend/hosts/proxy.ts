import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { problemResponse } from '../problem.ts';
import type { NodeHandler } from './node-bridge.ts';
import { breakOff, writeResponse } from './write-response.ts';

/** Headers that belong to one connection (RFC 9110, section 7.6.1), and what this end answers by itself. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What stops here of what is else passed on. */
export interface ProxyOptions {
  /** `Authorization`, where this end has asked for it. */
  readonly withholdsAuthorization?: boolean;
  /** What the other backend says of CORS, where that is this end's to say. */
  readonly withholdsCrossOrigin?: boolean;
}

/**
 * Passes requests on to another backend, bytes untouched both ways: nothing is decompressed, parsed or held. Slow
 * readers slow the other backend; a client that leaves closes the connection to it; a body that breaks there breaks here.
 */
export function proxyTo(backendUrl: string, options: ProxyOptions = {}): NodeHandler {
  const target = new URL(backendUrl);
  const basePath = target.pathname.replace(/\/$/, '');
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return (incoming, outgoing) => {
    const headers = requestHeaders(incoming, target);
    if (options.withholdsAuthorization) delete headers.authorization;
    const upstream = send(target, {
      // One connection a request: a kept one may be closed by the other side just as it is used again.
      agent: false,
      method: incoming.method,
      path: basePath + (incoming.url ?? '/'),
      headers,
    });
    upstream.setNoDelay(true);
    outgoing.once('close', () => upstream.destroy());
    upstream.once('response', (answer) => {
      const answerHeaders = responseHeaders(answer, outgoing, options);
      passOn(answer, outgoing, relocated(answerHeaders, target, basePath));
    });
    upstream.once('error', (error) => refuse(error, outgoing, target.origin + basePath));
    sendBody(incoming, upstream);
  };
}

function sendBody(incoming: IncomingMessage, upstream: ClientRequest): void {
  incoming.once('error', () => upstream.destroy());
  incoming.pipe(upstream);
}

function passOn(answer: IncomingMessage, outgoing: ServerResponse, headers: OutgoingHttpHeaders): void {
  outgoing.sendDate = false;
  outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
  outgoing.flushHeaders();
  answer.pipe(outgoing);
  // A connection that dies in the middle of a body: `pipe` would leave the client waiting.
  answer.once('error', () => breakOff(outgoing));
}

function refuse(error: Error & { code?: string }, outgoing: ServerResponse, place: string): void {
  if (outgoing.destroyed) return;
  if (outgoing.headersSent) {
    breakOff(outgoing);
    return;
  }
  const why = error.code === 'ECONNREFUSED' ? 'nothing listens there' : (error.code ?? error.message);
  const detail = `The backend at ${place} (BACKEND_URL) can't be reached: ${why}.`;
  void writeResponse(problemResponse(502, { detail }), outgoing);
}

function requestHeaders(incoming: IncomingMessage, target: URL): OutgoingHttpHeaders {
  const headers = endToEnd(incoming);
  const { host } = incoming.headers;
  headers.host = target.host;
  headers['x-forwarded-for'] = [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress]
    .filter((address) => address !== undefined)
    .join(', ');
  if (host !== undefined) headers['x-forwarded-host'] ??= host;
  headers['x-forwarded-proto'] ??= 'http';
  // Node frames a body of unknown length by itself for some methods only.
  if (incoming.headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  return headers;
}

/** What the other backend says, beside what is set on the answer already. */
function responseHeaders(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  { withholdsCrossOrigin = false }: ProxyOptions,
): OutgoingHttpHeaders {
  const headers = endToEnd(answer);
  if (withholdsCrossOrigin) {
    for (const name of Object.keys(headers)) if (name.startsWith('access-control-')) delete headers[name];
  }
  const own = outgoing.getHeader('vary');
  if (own !== undefined) headers.vary = [own, headers.vary ?? []].flat().join(', ');
  return headers;
}

/** Every header but those of the connection, repeated ones kept apart. */
function endToEnd(message: IncomingMessage): OutgoingHttpHeaders {
  const named = (message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const headers: OutgoingHttpHeaders = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values === undefined || HOP_BY_HOP.has(name) || named.includes(name)) continue;
    headers[name] = values.length === 1 ? values[0] : values;
  }
  return headers;
}

function relocated(headers: OutgoingHttpHeaders, target: URL, basePath: string): OutgoingHttpHeaders {
  const { location } = headers;
  return typeof location === 'string'
    ? { ...headers, location: ownLocation(location, target, basePath) }
    : headers;
}

/** A redirect to the other backend's own address would lead the page away from here, past the proxy. */
function ownLocation(location: string, target: URL, basePath: string): string {
  if (!URL.canParse(location)) return location;
  const url = new URL(location);
  if (url.origin !== target.origin || !url.pathname.startsWith(basePath)) return location;
  return url.pathname.slice(basePath.length) + url.search + url.hash;
}

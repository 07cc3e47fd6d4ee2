import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVENT_STREAM_VECTORS } from '../../fixtures/event-stream-vectors.ts';

/** Serves the vectors of the event stream standard, and answers of every status and type. */
export interface VectorServer {
  /** With no slash at its end. */
  readonly url: string;
  /** The event stream that this answer ends in is one event, `data: here`. */
  statusUrl(answer: StatusAnswer): string;
  vectorUrl(index: number, pieces: 'whole' | 'bytes'): string;
  /** An event stream of these chunks, each written by itself. */
  chunksUrl(chunks: readonly Uint8Array[]): string;
  /** One event of this many characters. */
  longEventUrl(length: number): string;
  /** An event stream that asks for this reconnection time, sends one event with an ID, and ends. */
  retryUrl(name: string, retryMs: number): string;
  /** The first requests for the stream of this name, as soon as there are so many. */
  untilAsked(name: string, count: number): Promise<readonly Asked[]>;
  close(): Promise<void>;
}

export interface Asked {
  readonly atMs: number;
  /** From the header, or else from the query. */
  readonly lastEventId: string | null;
  readonly inHeader: boolean;
}

export interface StatusAnswer {
  readonly status: number;
  readonly type?: string;
  readonly retryAfter?: string;
}

const PIECE = Buffer.alloc(64 * 1024, 'x');

export async function startVectorServer(): Promise<VectorServer> {
  const streams: (readonly Uint8Array[])[] = [];
  const asked = new Map<string, Asked[]>();
  const waiters = new Set<() => void>();
  const answers: Readonly<
    Record<string, (url: URL, request: IncomingMessage, response: ServerResponse) => void>
  > = {
    '/vector': (url, _, response) => sendChunks(chunksOfVector(url), response),
    '/chunks': (url, _, response) =>
      sendChunks(streams[Number(url.searchParams.get('index'))] ?? [], response),
    '/status': (url, _, response) => sendStatus(url, response),
    '/long': (url, _, response) => void sendLong(Number(url.searchParams.get('length')), response),
    '/retry': (url, request, response) => {
      sendRetry(url, request, response, asked);
      for (const look of waiters) look();
    },
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = answers[url.pathname];
    if (answer) answer(url, request, response);
    else response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    statusUrl: ({ status, type = 'text/event-stream', retryAfter = '' }) =>
      `${url}/status?${new URLSearchParams({ status: String(status), type, retryAfter })}`,
    vectorUrl: (index, pieces) => `${url}/vector?index=${index}&pieces=${pieces}`,
    chunksUrl: (chunks) => `${url}/chunks?index=${streams.push(chunks) - 1}`,
    longEventUrl: (length) => `${url}/long?length=${length}`,
    retryUrl: (name, retryMs) => `${url}/retry?name=${name}&retry=${retryMs}`,
    untilAsked: (name, count) =>
      new Promise((resolve) => {
        const look = () => {
          const all = asked.get(name) ?? [];
          if (all.length < count) return;
          waiters.delete(look);
          resolve(all);
        };
        waiters.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function chunksOfVector(url: URL): readonly Uint8Array[] {
  const bytes = Buffer.from(EVENT_STREAM_VECTORS[Number(url.searchParams.get('index'))]?.body ?? '');
  return url.searchParams.get('pieces') === 'bytes'
    ? Array.from(bytes, (byte) => Uint8Array.of(byte))
    : [bytes];
}

function sendChunks(chunks: readonly Uint8Array[], response: ServerResponse): void {
  const rest = chunks.filter(({ length }) => length > 0);
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const send = () => {
    const chunk = rest.shift();
    if (chunk === undefined) response.end();
    else response.write(chunk, send);
  };
  send();
}

function sendStatus(url: URL, response: ServerResponse): void {
  const status = Number(url.searchParams.get('status'));
  const type = url.searchParams.get('type') ?? '';
  const retryAfter = url.searchParams.get('retryAfter') ?? '';
  const isRedirect = status > 300 && status < 400;
  response.writeHead(status, {
    ...(type !== '' && { 'content-type': type }),
    ...(retryAfter !== '' && { 'retry-after': retryAfter }),
    ...(isRedirect && { location: '/status?status=200&type=text/event-stream' }),
  });
  if (status === 200) response.end('id: 1\ndata: here\n\n');
  else response.end();
}

function sendRetry(
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  asked: Map<string, Asked[]>,
): void {
  const name = url.searchParams.get('name') ?? '';
  const header = request.headers['last-event-id'];
  const all = asked.get(name) ?? [];
  asked.set(name, all);
  all.push({
    atMs: performance.now(),
    lastEventId: typeof header === 'string' ? header : url.searchParams.get('lastEventId'),
    inHeader: header !== undefined,
  });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`retry: ${url.searchParams.get('retry')}\nid: ${all.length}\ndata: here\n\n`);
}

async function sendLong(length: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: ');
  for (let rest = length; rest > 0; rest -= PIECE.length) {
    const flowing = response.write(PIECE.subarray(0, Math.min(rest, PIECE.length)));
    if (!flowing) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end('\n\n');
}

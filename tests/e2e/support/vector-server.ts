import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVENT_STREAM_VECTORS } from '../../fixtures/event-stream-vectors.ts';

/** Serves the vectors of the event stream standard, and answers of every status and type. */
export interface VectorServer {
  /** With no slash at its end. */
  readonly url: string;
  /** The event stream that this answer ends in is one event, `data: here`. */
  statusUrl(answer: StatusAnswer): string;
  vectorUrl(index: number, pieces: 'whole' | 'bytes'): string;
  /** One event of this many characters. */
  longEventUrl(length: number): string;
  close(): Promise<void>;
}

export interface StatusAnswer {
  readonly status: number;
  readonly type?: string;
  readonly retryAfter?: string;
}

const PIECE = Buffer.alloc(64 * 1024, 'x');

export async function startVectorServer(): Promise<VectorServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/vector') sendVector(url, response);
    else if (url.pathname === '/status') sendStatus(url, response);
    else if (url.pathname === '/long') void sendLong(Number(url.searchParams.get('length')), response);
    else response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    statusUrl: ({ status, type = 'text/event-stream', retryAfter = '' }) =>
      `${url}/status?${new URLSearchParams({ status: String(status), type, retryAfter })}`,
    vectorUrl: (index, pieces) => `${url}/vector?index=${index}&pieces=${pieces}`,
    longEventUrl: (length) => `${url}/long?length=${length}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendVector(url: URL, response: ServerResponse): void {
  const body = EVENT_STREAM_VECTORS[Number(url.searchParams.get('index'))]?.body ?? '';
  const bytes = Buffer.from(body);
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const step = url.searchParams.get('pieces') === 'bytes' ? 1 : Math.max(1, bytes.length);
  const send = (start: number) => {
    if (start >= bytes.length) response.end();
    else response.write(bytes.subarray(start, start + step), () => send(start + step));
  };
  send(0);
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

async function sendLong(length: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: ');
  for (let rest = length; rest > 0; rest -= PIECE.length) {
    const flowing = response.write(PIECE.subarray(0, Math.min(rest, PIECE.length)));
    if (!flowing) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end('\n\n');
}

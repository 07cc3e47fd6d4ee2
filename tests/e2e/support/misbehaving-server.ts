import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request as a test wants it answered. */
export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A backend that does what it should not on some paths, and is another backend on all the others. */
export interface MisbehavingServer {
  /** With no slash at its end. */
  readonly url: string;
  /** Which paths misbehave from now on, and how. */
  misbehave(answers: Readonly<Record<string, Answer>>): void;
  /** The paths that were asked for, in order, without their queries. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
};

export async function startMisbehavingServer(upstream: string): Promise<MisbehavingServer> {
  let answers: Readonly<Record<string, Answer>> = {};
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    for (const [name, value] of Object.entries(CORS)) outgoing.setHeader(name, value);
    if (incoming.method === 'OPTIONS') {
      outgoing.writeHead(204).end();
      return;
    }
    const { pathname } = new URL(incoming.url ?? '/', upstream);
    requests.push(pathname);
    const answer = answers[pathname] ?? passOn(upstream);
    answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    misbehave(next) {
      answers = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(upstream: string): Answer {
  return (incoming, outgoing) => {
    const { host: _, ...headers } = incoming.headers;
    const onward = httpRequest(new URL(incoming.url ?? '/', upstream), { method: incoming.method, headers });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
      response.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => outgoing.destroy());
    // A reader that leaves is gone for the backend behind, too.
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  };
}

/** A whole answer, sent at once. */
export function answerWith(status: number, mediaType: string, body: string): Answer {
  return (_, outgoing) => {
    outgoing.writeHead(status, { 'content-type': mediaType }).end(body);
  };
}

/** What was written before must have been read, or the browser throws it away with the connection. */
const CUT_AFTER_MS = 400;

/** A body that is written at once, after which the connection is closed cleanly, cut, or left open. */
export function streamOf(mediaType: string, body: string, end: 'close' | 'cut' | 'stay-open'): Answer {
  return (_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': mediaType });
    outgoing.flushHeaders();
    if (end === 'close') outgoing.end(body);
    else if (body !== '') outgoing.write(body);
    if (end === 'cut') setTimeout(() => outgoing.destroy(), CUT_AFTER_MS);
  };
}

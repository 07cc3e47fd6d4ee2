import type { ServerResponse } from 'node:http';

/**
 * Writes a `Response` to Node's: headers at once, each chunk as it comes, no reading ahead of the socket.
 *
 * A reader that leaves cancels the body, in whatever state it is. A body that breaks breaks the connection, so that
 * the client can tell it from one that ended.
 */
export async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, headerPairs(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  const leave = () => {
    reader.cancel().catch(() => breakOff(outgoing));
  };
  outgoing.once('close', leave);
  try {
    await pump(reader, outgoing);
    outgoing.end();
  } catch {
    // The app has logged what failed. Here all that is left is to say that the body is not whole.
    breakOff(outgoing);
  } finally {
    outgoing.off('close', leave);
  }
}

/** How long chunks are written in one go before other connections get their turn. */
const TURN_MS = 5;

async function pump(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  outgoing: ServerResponse,
): Promise<void> {
  if (outgoing.destroyed) await reader.cancel();
  let turnStartedAtMs = performance.now();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (!outgoing.write(value)) {
      await drained(outgoing);
      turnStartedAtMs = performance.now();
    } else if (performance.now() - turnStartedAtMs > TURN_MS) {
      // A producer that is always ready and a socket that always takes would keep the event loop to themselves.
      await new Promise((resolve) => setImmediate(resolve));
      turnStartedAtMs = performance.now();
    }
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
  if (outgoing.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off('drain', settle);
      outgoing.off('close', settle);
      resolve();
    };
    outgoing.on('drain', settle);
    outgoing.on('close', settle);
  });
}

/** Sends what is written, then closes the connection without the body's end. */
export function breakOff(outgoing: ServerResponse): void {
  if (outgoing.socket === null) outgoing.destroy();
  else outgoing.socket.destroySoon();
}

function headerPairs(headers: Headers): Record<string, string | string[]> {
  const pairs: Record<string, string | string[]> = Object.fromEntries(headers);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) pairs['set-cookie'] = cookies;
  return pairs;
}

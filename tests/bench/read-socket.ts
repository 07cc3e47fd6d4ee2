import { once } from 'node:events';
import { connect } from 'node:net';

export interface SocketReading {
  readonly events: number;
  readonly elapsedMs: number;
  /** How much the samples taken at the window's two ends differ. */
  readonly sampled: number;
}

export interface SocketOptions {
  readonly warmUpMs: number;
  readonly windowMs: number;
  /** Read at the start and at the end of the window: the server's processor time, say. */
  readonly sample: () => number;
}

const BLANK_LINE = '\n\n';
const SILENCE_MS = 10_000;

/**
 * Counts the events of a stream over a socket, for as long as the window is: blank lines, so that reading costs next to
 * nothing beside writing. The window's ends are arrivals of bytes, so that what is counted came within it.
 */
export async function readSocket(
  url: string,
  { warmUpMs, windowMs, sample }: SocketOptions,
): Promise<SocketReading> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error(`${url} said nothing for ${SILENCE_MS} ms`)));
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`);
  const openedAtMs = performance.now();
  let start: { readonly atMs: number; readonly sampled: number } | null = null;
  let events = 0;
  let endsInLineFeed = false;
  try {
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      const atMs = performance.now();
      if (start === null) {
        if (atMs - openedAtMs >= warmUpMs) start = { atMs, sampled: sample() };
      } else {
        events += countBlankLines(bytes, endsInLineFeed);
        const elapsedMs = atMs - start.atMs;
        if (elapsedMs >= windowMs) return { events, elapsedMs, sampled: sample() - start.sampled };
      }
      endsInLineFeed = bytes.at(-1) === 0x0a;
    }
  } finally {
    socket.destroy();
  }
  throw new Error(`${url} ended before the window was over`);
}

function countBlankLines(bytes: Buffer, afterLineFeed: boolean): number {
  let count = afterLineFeed && bytes[0] === 0x0a ? 1 : 0;
  for (let at = bytes.indexOf(BLANK_LINE); at !== -1; at = bytes.indexOf(BLANK_LINE, at + 2)) count += 1;
  return count;
}

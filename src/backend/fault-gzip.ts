import { constants, createGzip, type Gzip } from 'node:zlib';
import { accepts } from './accept.ts';
import type { BackendRequestContext } from './context.ts';
import { bytesOf, held, type Piece } from './fault-pieces.ts';

/** More than the output for any one piece: the compressor then never waits for its output to be read. */
const OUTPUT_BYTES = 16 * 1_024 * 1_024;

/**
 * Says in the headers that the body will be compressed, as nginx does, where the client accepts it. False where it
 * does not, or where the body is a part or encoded already.
 */
export function announceGzip(c: BackendRequestContext, headers: Headers): boolean {
  headers.append('Vary', 'Accept-Encoding');
  if (!accepts(c.req.header('Accept-Encoding'), 'gzip')) return false;
  if (headers.has('Content-Range') || headers.has('Content-Encoding')) return false;
  headers.set('Content-Encoding', 'gzip');
  // What is true of the bytes as they were, and not of what is sent.
  for (const name of ['Content-Length', 'Accept-Ranges', 'Repr-Digest']) headers.delete(name);
  const entityTag = headers.get('ETag');
  if (entityTag?.startsWith('"')) headers.set('ETag', `W/${entityTag}`);
  return true;
}

/** `gzip`: compressed and never flushed, so that output comes when the compressor is full, or at the end. */
export async function* compressed(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  const gzip = createGzip({ readableHighWaterMark: OUTPUT_BYTES } as object);
  try {
    for await (const piece of pieces) {
      if (piece.type === 'break') {
        await step(gzip, (done) => gzip.flush(constants.Z_SYNC_FLUSH, done));
        yield* output(gzip);
        return yield piece;
      }
      await step(gzip, (done) => gzip.write(bytesOf(piece), done));
      yield* output(gzip);
    }
    gzip.end();
    for await (const bytes of gzip) yield held(bytes as Uint8Array);
  } finally {
    gzip.destroy();
  }
}

function step(gzip: Gzip, act: (done: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.once('error', reject);
    act(() => {
      gzip.off('error', reject);
      resolve();
    });
  });
}

function* output(gzip: Gzip): Generator<Piece, void> {
  for (let bytes = gzip.read(); bytes !== null; bytes = gzip.read()) yield held(bytes as Uint8Array);
}

import { largeFileEndpoint, largeTextEndpoint, shortDownloadEndpoint } from '../contract/downloads.ts';
import type { BackendContext } from './context.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { BLOCK_BYTES, bytesAt } from './file-bytes.ts';
import { textAt } from './file-text.ts';
import type { Clock } from './pace.ts';
import { byteStep, portions } from './portions.ts';
import { streamResponse } from './stream-response.ts';

export function registerDownloads(context: BackendContext): void {
  const { clock } = context;
  for (const endpoint of [largeFileEndpoint, shortDownloadEndpoint]) {
    registerEndpoint(context, endpoint, (c, { query: { size, rate } }) =>
      streamResponse(
        c,
        {
          mediaType: endpoint.mediaType,
          contentLength: size,
          headers: { 'Content-Disposition': `attachment; filename="streamscope-${size}.bin"` },
        },
        (signal) => windowOf(bytesAt, { offset: 0, length: size, rate }, signal, clock),
      ),
    );
  }
  registerEndpoint(context, largeTextEndpoint, (c, { query: { size, rate } }) =>
    streamResponse(c, { mediaType: largeTextEndpoint.mediaType }, (signal) =>
      windowOf(textAt, { offset: 0, length: size, rate }, signal, clock),
    ),
  );
}

interface PacedWindow {
  readonly offset: number;
  readonly length: number;
  /** Bytes a second; 0 is as fast as the reader reads. */
  readonly rate: number;
}

/** A window of something whose every part can be asked for by its place, chunk by chunk at a pace. */
export async function* windowOf<T extends string | Uint8Array>(
  contentAt: (offset: number, length: number) => T,
  { offset, length, rate }: PacedWindow,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<T, void> {
  let position = offset;
  const step = byteStep(rate, BLOCK_BYTES);
  for await (const portion of portions({ total: length, rate, largest: BLOCK_BYTES, step }, signal, clock)) {
    yield contentAt(position, portion);
    position += portion;
  }
}

import { foldConnection, initialConnectionView } from '../../streams/connection-view.ts';
import type { ConnectionView, StreamEvent } from '../../streams/types.ts';

export interface DownloadState {
  readonly connection: ConnectionView;
  readonly receivedBytes: number;
  /** Of `Content-Length`; null where the answer does not say. */
  readonly totalBytes: number | null;
  readonly startedAtMs: number | null;
  readonly lastByteAtMs: number | null;
  /** The file so far, for a picture that builds up and for saving; empty once it is larger than is kept. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly kept: 'all' | 'too-large';
}

/** A file larger than this is counted, not kept: the page's memory stays bounded. */
export const MAX_KEPT_BYTES = 64_000_000;

export const initialDownload: DownloadState = {
  connection: initialConnectionView,
  receivedBytes: 0,
  totalBytes: null,
  startedAtMs: null,
  lastByteAtMs: null,
  parts: [],
  kept: 'all',
};

/** Folds a frame's events: progress, and the bytes as long as they are few enough to keep. */
export function applyDownload(
  state: DownloadState,
  events: readonly StreamEvent<Uint8Array>[],
): DownloadState {
  let { receivedBytes, totalBytes, startedAtMs, lastByteAtMs } = state;
  const arrived: Uint8Array<ArrayBuffer>[] = [];
  for (const event of events) {
    if (event.type === 'request') startedAtMs = event.atMs;
    if (event.type === 'response') totalBytes = event.response?.contentLength ?? null;
    if (event.type !== 'chunk') continue;
    receivedBytes += event.byteLength ?? 0;
    lastByteAtMs = event.atMs;
    for (const { value } of event.messages) arrived.push(value as Uint8Array<ArrayBuffer>);
  }
  return {
    connection: foldConnection(state.connection, events),
    receivedBytes,
    totalBytes,
    startedAtMs,
    lastByteAtMs,
    ...keep(state, arrived, receivedBytes, totalBytes),
  };
}

function keep(
  state: DownloadState,
  arrived: readonly Uint8Array<ArrayBuffer>[],
  receivedBytes: number,
  totalBytes: number | null,
): Pick<DownloadState, 'parts' | 'kept'> {
  if (state.kept === 'too-large' || Math.max(receivedBytes, totalBytes ?? 0) > MAX_KEPT_BYTES) {
    return { parts: [], kept: 'too-large' };
  }
  return { parts: arrived.length === 0 ? state.parts : [...state.parts, ...arrived], kept: 'all' };
}

/** Whether it is whole, and there is nothing in it. */
export function isEmpty({ connection: { state }, receivedBytes }: DownloadState): boolean {
  return state.status === 'ended' && state.reason !== 'stopped' && receivedBytes === 0;
}

/** Bytes a second from the request to the last byte; null before there are two times to divide by. */
export function meanBytesPerSecond({
  receivedBytes,
  startedAtMs,
  lastByteAtMs,
}: DownloadState): number | null {
  if (startedAtMs === null || lastByteAtMs === null || lastByteAtMs <= startedAtMs) return null;
  return (receivedBytes / (lastByteAtMs - startedAtMs)) * 1_000;
}

/** How long the rest takes at the speed of now; null where the length or the speed is not known. */
export function timeLeftMs({ connection, receivedBytes, totalBytes }: DownloadState): number | null {
  const speed = connection.wire.bytesPerSecond;
  if (totalBytes === null || speed === null || speed <= 0) return null;
  return (Math.max(0, totalBytes - receivedBytes) / speed) * 1_000;
}

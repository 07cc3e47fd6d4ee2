import type { Decoder } from '../../../src/streams/decoders/decoder.ts';
import type { RawMessage } from '../../../src/streams/types.ts';

const encoder = new TextEncoder();

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? encoder.encode(text) : text;
}

/** The same bytes in one piece, in pieces of one byte, and cut in two at every point. */
export function everySplit(text: string | Uint8Array): readonly (readonly Uint8Array[])[] {
  const bytes = bytesOf(text);
  const inTwo = Array.from(bytes.keys(), (point) => [bytes.slice(0, point), bytes.slice(point)]);
  return [[bytes], Array.from(bytes, (byte) => Uint8Array.of(byte)), ...inTwo];
}

/** Cuts bytes at the given points, in any order, any number of times. */
export function cutAt(bytes: Uint8Array, points: readonly number[]): readonly Uint8Array[] {
  const sorted = points.map((point) => point % (bytes.length + 1)).sort((a, b) => a - b);
  const edges = [0, ...sorted, bytes.length];
  return edges.slice(1).map((end, index) => bytes.slice(edges[index], end));
}

export function decodeAll(decoder: Decoder, chunks: readonly Uint8Array[]): readonly RawMessage[] {
  return [...chunks.flatMap((chunk) => [...decoder.decode(chunk)]), ...decoder.end()];
}

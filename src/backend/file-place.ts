import { Buffer } from 'node:buffer';
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A place in a file, with enough beside it to tell later that the file is still the same up to there. */
export interface FilePlace {
  readonly dev: number;
  readonly ino: number;
  readonly offset: number;
  /** The bytes just before. An inode's number is given again to another file, and a file can be cut and rewritten. */
  readonly before: Buffer;
}

export const BYTES_BEFORE = 64;
/** How far back the last lines are looked for. */
const MAX_TAIL_BYTES = 1_048_576;
const LINE_FEED = 10;

export const isSameFile = (a: Stats, b: Stats): boolean => a.dev === b.dev && a.ino === b.ino;

export async function placeAt(file: FileHandle, offset: number): Promise<FilePlace> {
  const { dev, ino } = await file.stat();
  return { dev, ino, offset, before: await bytesBefore(file, offset, BYTES_BEFORE) };
}

/** Whether the file of this name still has the place in it. */
export async function holdsPlace(path: string, stats: Stats, place: FilePlace): Promise<boolean> {
  if (stats.dev !== place.dev || stats.ino !== place.ino || stats.size < place.offset) return false;
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    return (await bytesBefore(file, place.offset, BYTES_BEFORE)).equals(place.before);
  } finally {
    await file.close();
  }
}

/** Where the last `count` lines begin. */
export async function startOfLastLines(file: FileHandle, count: number): Promise<number> {
  const { size } = await file.stat();
  const tail = await bytesBefore(file, size, MAX_TAIL_BYTES);
  // The line feed that ends the last line begins none.
  let position = tail.length - 1;
  for (let found = 0; found < count && position >= 0; found += 1) {
    position = position === 0 ? -1 : tail.lastIndexOf(LINE_FEED, position - 1);
  }
  const start = size - tail.length;
  if (position >= 0) return start + position + 1;
  // What was looked at may begin in the middle of a line.
  return start === 0 ? 0 : start + tail.indexOf(LINE_FEED) + 1;
}

export async function bytesBefore(file: FileHandle, offset: number, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(offset, count));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, offset - buffer.length);
  return buffer.subarray(0, bytesRead);
}

import { Buffer } from 'node:buffer';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { BYTES_BEFORE, bytesBefore, type FilePlace, placeAt } from './file-place.ts';

const CHUNK_BYTES = 65_536;

/**
 * A file that is read as it grows, from an offset on. Every read takes the bytes before it along: a file that was cut
 * short and written anew, to whatever length, no longer has them.
 */
export class GrowingFile {
  readonly #file: FileHandle;
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #offset: number;
  /** The last bytes that were read, as they were. */
  #before: Buffer;
  #seen: Stats | null = null;

  private constructor(file: FileHandle, offset: number, before: Buffer) {
    this.#file = file;
    this.#offset = offset;
    this.#before = before;
  }

  static async from(file: FileHandle, offset: number): Promise<GrowingFile> {
    return new GrowingFile(file, offset, await bytesBefore(file, offset, BYTES_BEFORE));
  }

  get offset(): number {
    return this.#offset;
  }

  stat(): Promise<Stats> {
    return this.#file.stat();
  }

  /** Whether something was written since it was `read` as it was at that time. */
  hasChanged({ size, mtimeMs }: Stats): boolean {
    return this.#seen === null || this.#seen.size !== size || this.#seen.mtimeMs !== mtimeMs;
  }

  /** To be said when everything is read that these stats promise. */
  markRead(stats: Stats): void {
    this.#seen = stats;
  }

  /**
   * What comes next, until the next call; empty at the end, null where what was read is there no more.
   * One read for both: between a look and a read the file could be written anew.
   */
  async next(): Promise<Buffer | null> {
    const { length } = this.#before;
    const { bytesRead } = await this.#file.read(this.#chunk, 0, CHUNK_BYTES, this.#offset - length);
    if (!this.#chunk.subarray(0, Math.min(length, bytesRead)).equals(this.#before)) return null;
    this.#offset += bytesRead - length;
    this.#before = Buffer.from(this.#chunk.subarray(Math.max(0, bytesRead - BYTES_BEFORE), bytesRead));
    return this.#chunk.subarray(length, bytesRead);
  }

  rewind(): void {
    this.#offset = 0;
    this.#before = Buffer.alloc(0);
  }

  /** The place `back` bytes ago; null where what was read is there no more. */
  async place(back: number): Promise<FilePlace | null> {
    const now = await bytesBefore(this.#file, this.#offset, BYTES_BEFORE);
    return now.equals(this.#before) ? placeAt(this.#file, this.#offset - back) : null;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

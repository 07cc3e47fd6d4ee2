import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { LogLevel } from '../contract/logs.ts';
import { type FilePlace, holdsPlace, isSameFile, startOfLastLines } from './file-place.ts';
import { GrowingFile } from './growing-file.ts';
import { LineSplitter } from './line-splitter.ts';
import { wait } from './pace.ts';

export type FollowEvent =
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  /** What happened to the file itself. */
  | { readonly type: 'note'; readonly level: LogLevel; readonly message: string }
  /** Everything that was in the file at the start has been read. Comes once a `follow()`. */
  | { readonly type: 'caught-up' };

export interface FollowOptions {
  /** How many of the last lines come first. */
  readonly initialLines?: number;
  /** Waits until the file is looked at again; rejects when the signal is aborted. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

/** Where reading starts when the file is opened next. */
type Start =
  | { readonly at: 'last-lines' }
  | { readonly at: 'beginning' }
  | { readonly at: 'place'; readonly place: FilePlace };

/** How long a new line may wait. Looking is as good as being told, and works on every kind of file system. */
const POLL_MS = 200;
/** What may have been written while nobody followed, for `follow()` to go on where it was. */
const MAX_CATCH_UP_BYTES = 16 * 1_048_576;

/**
 * Follows a file by its name, as `tail -F` does: what is appended, a new file under the old name, one that was cut
 * short or written anew, one that isn't there yet. Holds one file descriptor while it is followed, none else. One `follow()` at a time.
 */
export class FileFollower {
  readonly #path: string;
  readonly #initialLines: number;
  readonly #pause: (signal: AbortSignal) => Promise<void>;
  readonly #splitter = new LineSplitter();
  #start: Start = { at: 'last-lines' };
  #file: GrowingFile | null = null;
  #lastNote = '';

  constructor(path: string, options: FollowOptions = {}) {
    this.#path = path;
    this.#initialLines = options.initialLines ?? 100;
    this.#pause = options.pause ?? ((signal) => wait(POLL_MS, signal));
  }

  /**
   * To be asked before `follow()` is called again: true where it goes on without loss at the place where it stopped;
   * false where the file is another by now, or too much longer, and the last lines come first again.
   */
  async canGoOn(): Promise<boolean> {
    const stats = await stat(this.#path).catch(() => null);
    if (stats === null || this.#start.at === 'last-lines') return true;
    const from = this.#start.at === 'place' ? this.#start.place : null;
    const isBounded = stats.size - (from?.offset ?? 0) <= MAX_CATCH_UP_BYTES;
    if (isBounded && (from === null || (await holdsPlace(this.#path, stats, from)))) return true;
    this.#start = { at: 'last-lines' };
    return false;
  }

  /** Goes on until the signal is aborted, then ends without an error. */
  async *follow(signal: AbortSignal): AsyncGenerator<FollowEvent, void, void> {
    this.#lastNote = '';
    try {
      yield* this.#turn(signal);
      yield { type: 'caught-up' };
      while (!signal.aborted) {
        await this.#pause(signal);
        yield* this.#turn(signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await this.#stop();
    }
  }

  /** One look at the file. What goes wrong with it is told once, and tried again at the next look. */
  async *#turn(signal: AbortSignal): AsyncGenerator<FollowEvent> {
    try {
      if (this.#file === null) await this.#open();
      yield* this.#readOn(signal);
      yield* this.#lookForReplacement(signal);
      this.#lastNote = '';
    } catch (error) {
      // What appears under the name from now on is new from its first line.
      if (this.#file === null && isMissing(error)) this.#start = { at: 'beginning' };
      yield* this.#tell(error);
    }
  }

  async #open(): Promise<void> {
    const stats = await stat(this.#path);
    // Opening a pipe would wait for its writer.
    if (!stats.isFile()) throw new NotFollowableError('is not a regular file');
    const file = await open(this.#path, 'r');
    try {
      this.#file = await GrowingFile.from(file, await this.#openingOffset(file, stats));
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#start = { at: 'beginning' };
  }

  async #openingOffset(file: FileHandle, stats: Stats): Promise<number> {
    const start = this.#start;
    switch (start.at) {
      case 'last-lines':
        return startOfLastLines(file, this.#initialLines);
      case 'beginning':
        return 0;
      case 'place':
        return (await holdsPlace(this.#path, stats, start.place)) ? start.place.offset : 0;
    }
  }

  /** Reads to the end that the file has now. */
  async *#readOn(signal: AbortSignal): AsyncGenerator<FollowEvent> {
    const file = this.#file;
    if (file === null) return;
    const stats = await file.stat();
    if (!file.hasChanged(stats)) return;
    while (!signal.aborted) {
      const bytes = await file.next();
      if (bytes === null) {
        yield* this.#linesOf(this.#splitter.flush());
        file.rewind();
        yield {
          type: 'note',
          level: 'warn',
          message: 'LOG_FILE was truncated; reading it from its beginning',
        };
        continue;
      }
      yield* this.#linesOf(this.#splitter.push(bytes));
      if (bytes.length === 0 || file.offset >= stats.size) break;
    }
    file.markRead(stats);
  }

  /** A rotated log is read to its end before the new one is begun: its writer may not have noticed yet. */
  async *#lookForReplacement(signal: AbortSignal): AsyncGenerator<FollowEvent> {
    const named: Stats = await stat(this.#path);
    const held = await this.#file?.stat();
    if (held === undefined || isSameFile(named, held)) return;
    yield* this.#readOn(signal);
    yield* this.#linesOf(this.#splitter.flush());
    await this.#close();
    yield { type: 'note', level: 'info', message: 'LOG_FILE was replaced; following the new file' };
    await this.#open();
    yield* this.#readOn(signal);
  }

  *#linesOf(lines: readonly string[]): Generator<FollowEvent> {
    if (lines.length > 0) yield { type: 'lines', lines };
  }

  *#tell(error: unknown): Generator<FollowEvent> {
    const message = `LOG_FILE ${reasonOf(error)}`;
    if (message === this.#lastNote) return;
    this.#lastNote = message;
    yield { type: 'note', level: isMissing(error) ? 'warn' : 'error', message };
  }

  async #stop(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    this.#start = await this.#startAgain(file).catch(() => ({ at: 'last-lines' }));
    this.#splitter.flush();
    await this.#close();
  }

  async #startAgain(file: GrowingFile): Promise<Start> {
    // A line that is not complete is read again.
    const place = await file.place(this.#splitter.pendingBytes);
    return place === null ? { at: 'beginning' } : { at: 'place', place };
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }
}

class NotFollowableError extends Error {
  override readonly name = 'NotFollowableError';
}

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Without the path: who reads a log need not learn where it lies. */
function reasonOf(error: unknown): string {
  if (isMissing(error)) return 'is not there; waiting for it to appear';
  if (error instanceof NotFollowableError) return `${error.message}; waiting for one`;
  return `cannot be read (${String(codeOf(error) ?? error)}); trying again`;
}

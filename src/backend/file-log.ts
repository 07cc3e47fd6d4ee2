import { basename } from 'node:path';
import type { LogLevel } from '../contract/logs.ts';
import { FileFollower, type FollowEvent, type FollowOptions } from './file-follower.ts';
import type { FeedPosition } from './live-feed.ts';
import { LogFeeds } from './log-feeds.ts';
import { readLogLine } from './log-line.ts';

export interface FileLogOptions extends FollowOptions {
  readonly now?: () => number;
}

/** One time of being read, from the first reader's coming to the last one's leaving. */
interface Session {
  readonly controller: AbortController;
  /** Settles when what the file had at the start is in the feeds, so that a fresh reader's last lines are the last. */
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
}

/**
 * A log file as a live feed. It is followed only while somebody reads. A reader that comes back goes on where it was,
 * as long as the file can tell what came in between; else the feed starts a new run with the file's last lines.
 */
export class FileLog {
  readonly #follower: FileFollower;
  readonly #service: string;
  readonly #now: () => number;
  #feeds = new LogFeeds();
  #readers = 0;
  #session: Session | null = null;
  #lastEnded: Promise<void> = Promise.resolve();

  constructor(path: string, { now = Date.now, ...options }: FileLogOptions = {}) {
    this.#follower = new FileFollower(path, options);
    this.#service = basename(path);
    this.#now = now;
  }

  async *read(
    level: LogLevel,
    position: FeedPosition,
    signal: AbortSignal,
  ): AsyncGenerator<string, void, void> {
    this.#readers += 1;
    try {
      this.#session ??= this.#begin();
      await this.#session.ready;
      yield* this.#feeds.read(level, position, signal);
    } finally {
      this.#readers -= 1;
      if (this.#readers === 0) await this.#end();
    }
  }

  #begin(): Session {
    const controller = new AbortController();
    let ended = Promise.resolve();
    const ready = new Promise<void>((resolve) => {
      ended = this.#follow(this.#lastEnded, controller.signal, resolve)
        .catch((error: unknown) => this.#note('fatal', `LOG_FILE is followed no more: ${String(error)}`))
        .finally(resolve);
    });
    this.#lastEnded = ended;
    return { controller, ready, ended };
  }

  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    session?.controller.abort();
    await session?.ended;
  }

  async #follow(previous: Promise<void>, signal: AbortSignal, onReady: () => void): Promise<void> {
    await previous;
    if (!(await this.#follower.canGoOn())) this.#feeds = new LogFeeds();
    for await (const event of this.#follower.follow(signal)) {
      if (event.type === 'caught-up') onReady();
      else this.#add(event);
    }
  }

  #add(event: Exclude<FollowEvent, { type: 'caught-up' }>): void {
    if (event.type === 'note') {
      this.#note(event.level, event.message);
      return;
    }
    const defaults = { service: this.#service, nowMs: this.#now() };
    for (const line of event.lines) this.#feeds.append(readLogLine(line, defaults));
    this.#feeds.wake();
  }

  #note(level: LogLevel, message: string): void {
    this.#feeds.append({
      timestamp: new Date(this.#now()).toISOString(),
      level,
      service: 'log-file',
      message,
    });
    this.#feeds.wake();
  }
}

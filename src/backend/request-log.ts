import type { Logger } from 'pino';
import type { LogEntry, LogLevel } from '../contract/logs.ts';
import type { FeedPosition } from './live-feed.ts';
import { LogFeeds } from './log-feeds.ts';

export interface RequestLogOptions {
  readonly now?: (() => number) | undefined;
  /** Gets every entry too. */
  readonly log?: Logger | null | undefined;
}

/**
 * What this server does, as it does it: requests, streams opened and closed, and whatever other parts of the backend
 * have to say. The last 10,000 entries are kept; nothing is written anywhere but to `log`.
 */
export class RequestLog {
  readonly #feeds = new LogFeeds();
  readonly #now: () => number;
  readonly #log: Logger | null;

  constructor({ now = Date.now, log = null }: RequestLogOptions = {}) {
    this.#now = now;
    this.#log = log;
  }

  write(entry: Omit<LogEntry, 'timestamp'>): void {
    this.#feeds.append({ timestamp: new Date(this.#now()).toISOString(), ...entry });
    this.#feeds.wake();
    this.#log?.[entry.level]({ service: entry.service, ...entry.fields }, entry.message);
  }

  read(level: LogLevel, position: FeedPosition, signal: AbortSignal): AsyncGenerator<string, void, void> {
    return this.#feeds.read(level, position, signal);
  }
}

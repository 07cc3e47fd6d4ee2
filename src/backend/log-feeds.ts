import { LOG_LEVELS, type LogEntry, type LogLevel } from '../contract/logs.ts';
import { EventRing } from './event-ring.ts';
import { type FeedPosition, LiveFeed } from './live-feed.ts';

export const severityOf = (level: LogLevel): number => LOG_LEVELS.indexOf(level);

/**
 * A log that is written to as things happen, with one feed for each least level somebody asked for. Each has its own
 * numbering, so that what a reader of errors missed is a number of errors.
 */
export class LogFeeds {
  readonly #history: EventRing<{ readonly severity: number; readonly json: string }>;
  readonly #feeds = new Map<LogLevel, LiveFeed>();
  readonly #capacity: number | undefined;

  constructor(capacity?: number) {
    this.#capacity = capacity;
    this.#history = new EventRing(capacity);
  }

  /** Readers see it at the next `wake`. */
  append(entry: LogEntry): void {
    const severity = severityOf(entry.level);
    const json = JSON.stringify(entry);
    this.#history.append({ severity, json });
    for (const [level, feed] of this.#feeds) {
      if (severity >= severityOf(level)) feed.append(json);
    }
  }

  wake(): void {
    for (const feed of this.#feeds.values()) feed.wake();
  }

  read(level: LogLevel, position: FeedPosition, signal: AbortSignal): AsyncGenerator<string, void, void> {
    return this.#feed(level).read(position, signal);
  }

  #feed(level: LogLevel): LiveFeed {
    const existing = this.#feeds.get(level);
    if (existing !== undefined) return existing;
    const feed = new LiveFeed(this.#capacity === undefined ? {} : { capacity: this.#capacity });
    for (let sequence = this.#history.oldest; sequence <= this.#history.last; sequence += 1) {
      const entry = this.#history.at(sequence);
      if (entry !== undefined && entry.severity >= severityOf(level)) feed.append(entry.json);
    }
    this.#feeds.set(level, feed);
    return feed;
  }
}

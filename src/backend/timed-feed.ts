import { type FeedPosition, LiveFeed, type LiveFeedOptions } from './live-feed.ts';
import { type Clock, systemClock } from './pace.ts';

/**
 * What a timed feed plays. Everything is a pure function of the event's number, so that a feed can be left alone and
 * taken up again: events that fell due in between are made then, and an event made twice is the same twice.
 */
export interface Timetable {
  /** How many events are due within the feed's first `elapsedMs`. */
  countBy(elapsedMs: number): number;
  /** When, in milliseconds after the feed's start, event `sequence` (1, 2, …) is due. */
  dueAtMs(sequence: number): number;
  /** One line of text. `atMs` is since the epoch. */
  payload(sequence: number, atMs: number): string;
}

/** Events evenly spread, the first one at once. `rate` is events a second. */
export function steadyPace(rate: number): Pick<Timetable, 'countBy' | 'dueAtMs'> {
  return {
    // The margin keeps an event from being late by a tick where the product comes out a hair below a whole number.
    countBy: (elapsedMs) => Math.floor((elapsedMs * rate) / 1_000 + 1e-6) + 1,
    dueAtMs: (sequence) => ((sequence - 1) * 1_000) / rate,
  };
}

export interface TimedFeedOptions extends Pick<LiveFeedOptions, 'capacity' | 'format' | 'run'> {
  readonly timetable: Timetable;
  /** What elapsed time is measured by: somebody setting the wall clock must not move the numbering. */
  readonly clock?: Clock;
  /** Wall-clock time of the start, for the events' timestamps. */
  readonly now?: () => number;
}

/** The shortest time between two ticks: slower feeds get a timer for each event, faster ones several events a tick. */
const TICK_MS = 10;
/** Events made in one turn, so that readers get theirs before the ring has come round, also after a stalled moment. */
const MAX_BATCH = 4_000;
/** A feed this far behind (a machine that slept) skips to the present; its readers are told how many they missed. */
const MAX_BEHIND = 500_000;

/**
 * A feed that goes on in time whether or not somebody reads, at no cost while nobody does: no timer runs and nothing
 * is kept. The first reader to come back finds the last `capacity` events that fell due, made at that moment.
 */
export class TimedFeed {
  readonly #timetable: Timetable;
  readonly #clock: Clock;
  readonly #feed: LiveFeed;
  readonly #now: () => number;
  /** Since the first reader came: it has the first event, however long a busy machine takes to let it in. */
  #started: { readonly atMs: number; readonly tickMs: number } | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor({ timetable, clock = systemClock, now = Date.now, ...options }: TimedFeedOptions) {
    this.#timetable = timetable;
    this.#clock = clock;
    this.#now = now;
    this.#feed = new LiveFeed({
      ...options,
      onFirstReader: () => this.#takeUp(),
      onLastReader: () => this.#lay(),
    });
  }

  get run(): string {
    return this.#feed.run;
  }

  get readers(): number {
    return this.#feed.readers;
  }

  read(position: FeedPosition, signal: AbortSignal): AsyncGenerator<string, void, void> {
    return this.#feed.read(position, signal);
  }

  #elapsedMs(): number {
    if (this.#started !== null) return this.#clock.now() - this.#started.tickMs;
    this.#started = { atMs: this.#now(), tickMs: this.#clock.now() };
    return 0;
  }

  #takeUp(): void {
    const due = this.#timetable.countBy(this.#elapsedMs());
    this.#feed.ring.restartAfter(Math.max(0, due - this.#feed.ring.capacity));
    this.#makeUntil(due);
    this.#arm();
  }

  #lay(): void {
    this.#cancelTimer();
    this.#feed.ring.restartAfter(this.#feed.ring.last);
  }

  #arm(): void {
    const { ring } = this.#feed;
    const waitMs = this.#timetable.dueAtMs(ring.last + 1) - this.#elapsedMs();
    const isBehind = waitMs < -TICK_MS;
    const delayMs = isBehind ? 0 : Math.max(TICK_MS, Math.ceil(waitMs));
    this.#cancelTimer = this.#clock.schedule(() => this.#tick(), delayMs);
  }

  #tick(): void {
    const { ring } = this.#feed;
    const due = this.#timetable.countBy(this.#elapsedMs());
    if (due - ring.last > MAX_BEHIND) ring.restartAfter(due - ring.capacity);
    this.#makeUntil(Math.min(due, ring.last + MAX_BATCH));
    this.#feed.wake();
    this.#arm();
  }

  #makeUntil(sequence: number): void {
    const { ring } = this.#feed;
    const startedAtMs = this.#started?.atMs ?? this.#now();
    while (ring.last < sequence) {
      const next = ring.last + 1;
      this.#feed.append(this.#timetable.payload(next, startedAtMs + this.#timetable.dueAtMs(next)));
    }
  }
}

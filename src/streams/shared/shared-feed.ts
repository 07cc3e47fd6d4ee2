import { foldConnection, initialConnectionView } from '../connection-view.ts';
import { createReconnectTrigger } from '../reconnect-trigger.ts';
import { failureOf, toStreamError } from '../retry-policy.ts';
import type { SubscribeOptions } from '../subscribe-options.ts';
import type { ConnectionView, RetainedChunk, StreamEvent } from '../types.ts';
import { createWakeup, type Wakeup } from '../wakeup.ts';
import { EventLog } from './event-log.ts';
import { isEarlierId } from './event-order.ts';
import type { FeedKind, FeedPlace, FeedSource, FeedWindow } from './feed-kind.ts';
import { feedOptions } from './feed-options.ts';
import { conflated, plain } from './merge-events.ts';
import { newId } from './new-id.ts';
import { inChunks, lossesWith, type PlacedLoss, withLoss } from './retained-chunks.ts';
import type { ConnectionSlots, TabCount } from './slots.ts';

/** Who reads a feed. */
export interface FeedReading {
  readonly tabId: string;
  /** How far it is in the feed's log. */
  readonly cursor: number;
  /** Something new is there. */
  notify(): void;
}

export interface FeedEnvironment {
  readonly slots: ConnectionSlots;
  readonly nowMs: () => number;
  readonly subscribe: <T>(options: SubscribeOptions<T>) => AsyncIterable<StreamEvent<T>>;
}

/** When every reader is this far behind, the feed is not read: a transport that can lets the server wait. */
const HIGH_WATER_MESSAGES = 10_000;

/** One feed, held once for all its readers: one subscription, one window of the past, one log of the present. */
export class SharedFeed<T> {
  readonly id = newId();
  readonly kind: FeedKind<T>;
  readonly log = new EventLog<T>();
  readonly #source: FeedSource;
  readonly #environment: FeedEnvironment;
  readonly #window: FeedWindow<T>;
  readonly #readings = new Set<FeedReading>();
  readonly #tabListeners = new Set<() => void>();
  readonly #trigger = createReconnectTrigger();
  #drained = createWakeup();
  #view: ConnectionView = initialConnectionView;
  #position = 0;
  #firstEventId: string | null = null;
  #losses: readonly PlacedLoss[] = [];
  #controller: AbortController | null = null;
  #resumedAfter: string | null;

  constructor(
    kind: FeedKind<T>,
    source: FeedSource,
    environment: FeedEnvironment,
    resumeAfter: string | null,
  ) {
    this.kind = kind;
    this.#source = source;
    this.#environment = environment;
    this.#window = kind.createWindow();
    this.#resumedAfter = resumeAfter;
  }

  /** How many messages came so far. */
  get position(): number {
    return this.#position;
  }

  get lastEventId(): string | null {
    return this.#view.wire.lastEventId ?? this.#resumedAfter;
  }

  get place(): FeedPlace {
    return {
      feedId: this.id,
      position: this.#position,
      lastEventId: this.lastEventId,
      firstEventId: this.#firstEventId,
    };
  }

  get readers(): number {
    return this.#readings.size;
  }

  /** @param resumeAfter where the reader comes from another connection: the ID of the last message it has. */
  join(reading: FeedReading, resumeAfter: string | null): void {
    this.#readings.add(reading);
    this.#tabsChanged();
    const { status } = this.#view.state;
    // Nothing came yet, and this reader lacks more than those before it.
    if (this.#position === 0 && isEarlierId(resumeAfter, this.#resumedAfter)) {
      this.#resumedAfter = resumeAfter;
      this.#restart();
    } else if (this.#controller === null || status === 'failed' || status === 'ended') this.#restart();
    this.#drained.wake();
  }

  leave(reading: FeedReading): void {
    if (!this.#readings.delete(reading)) return;
    this.#tabsChanged();
    this.trim();
    if (this.#readings.size === 0) this.#stop();
  }

  /** Connects again without waiting, for everybody: the wait before the next try is over, or a feed that was is opened anew. */
  reconnect(): void {
    const { status } = this.#view.state;
    if (status === 'failed' || status === 'ended') this.#restart();
    else this.#trigger.reconnectNow();
  }

  /** A new subscription, that goes on after the last message. */
  #restart(): void {
    this.#stop();
    const controller = new AbortController();
    this.#controller = controller;
    this.#drained = createWakeup();
    void this.#run(controller.signal, this.#drained);
  }

  /**
   * What a reader needs that has everything before `position`, and nothing of the log.
   *
   * @param dropped how many messages it had lost before, and how many are lost to it now: these came before all that is kept.
   */
  catchUp(
    position: number,
    dropped: { readonly before: number; readonly now: number },
  ): readonly StreamEvent<T>[] {
    const atMs = this.#environment.nowMs();
    const { wire } = this.#view;
    const lost = dropped.before + dropped.now;
    const view = { ...this.#view, wire: { ...wire, dropped: wire.dropped + lost } };
    const retained = withLoss(this.#retained(position), dropped.now, atMs);
    return [{ type: 'joined', view, retained, atMs }];
  }

  #retained(position: number): readonly RetainedChunk<T>[] {
    const { packing } = this.kind;
    const retained = this.#window
      .from(position)
      .map((each) => ({ ...each, message: plain(each.message, packing) }));
    const first = retained[0]?.position ?? this.#position;
    return inChunks(
      retained,
      this.#losses.filter((loss) => loss.position > first),
    );
  }

  /** How many messages such a reader lost for good. */
  droppedFrom(position: number): number {
    return this.#window.droppedFrom(position);
  }

  /** A reader took something. */
  trim(): void {
    let slowest = this.log.end;
    for (const { cursor } of this.#readings) slowest = Math.min(slowest, cursor);
    this.log.forgetBefore(slowest);
    this.#drained.wake();
  }

  #stop(): void {
    this.#controller?.abort();
    this.#drained.wake();
  }

  async #run(signal: AbortSignal, drained: Wakeup): Promise<void> {
    try {
      await this.#read(signal, drained);
    } catch (error) {
      if (!signal.aborted) this.#breakDown(error);
    }
  }

  async #read(signal: AbortSignal, drained: Wakeup): Promise<void> {
    const { slots, subscribe } = this.#environment;
    const events = subscribe({
      ...feedOptions(this.kind, this.#source),
      slots: countingTabs(slots, this.#tabs),
      lastEventId: this.lastEventId,
      reconnectTrigger: this.#trigger,
      signal,
    });
    for await (const event of events) {
      if (signal.aborted) return;
      this.#takeWhole(event);
      while (!signal.aborted && !this.#hasRoom()) await drained.sleep();
    }
  }

  /** What was lost with a defect is said before it. */
  #takeWhole(event: StreamEvent<T>): void {
    const before = this.#position;
    try {
      this.#take(event);
    } catch (error) {
      const count = event.type === 'chunk' ? event.messages.length : 0;
      this.#position = before + count;
      if (count > 0) this.#take({ type: 'dropped', count, atMs: this.#environment.nowMs() });
      throw error;
    }
  }

  /** A defect in what takes the events is told to all who read: a feed that ended without a word would look live for ever. */
  #breakDown(error: unknown): void {
    this.#take(brokenDown(error, this.#environment.nowMs()));
  }

  #take(event: StreamEvent<T>): void {
    this.#view = foldConnection(this.#view, [event]);
    if (event.type === 'chunk') {
      if (this.#position === 0) this.#firstEventId = event.messages[0]?.id ?? null;
      for (const message of event.messages) {
        this.#window.add({ position: this.#position, atMs: event.atMs, message });
        this.#position += 1;
      }
    }
    this.#losses = lossesWith(this.#losses, event, this.#position);
    // Conflated once for all readers; and one who is late is not overtaken by what nobody would look at.
    this.log.append(conflated(event, this.kind));
    for (const reading of this.#readings) reading.notify();
  }

  /** One fast reader is enough to go on: the slow ones lose, and are told what. */
  #hasRoom(): boolean {
    if (this.kind.conflate || this.#readings.size === 0) return true;
    for (const { cursor } of this.#readings) if (this.log.waiting(cursor) < HIGH_WATER_MESSAGES) return true;
    return false;
  }

  readonly #tabs: TabCount = {
    count: () => new Set([...this.#readings].map(({ tabId }) => tabId)).size,
    subscribe: (listener) => {
      this.#tabListeners.add(listener);
      return () => this.#tabListeners.delete(listener);
    },
  };

  #tabsChanged(): void {
    for (const listener of this.#tabListeners) listener();
  }
}

function countingTabs(slots: ConnectionSlots, tabs: TabCount): ConnectionSlots {
  return { ...slots, acquire: (label, signal) => slots.acquire(label, signal, { tabs }) };
}

/** That a feed can't be gone on with because of a defect. */
export const brokenDown = (error: unknown, atMs: number): StreamEvent<never> => ({
  type: 'status',
  state: { status: 'failed', failure: failureOf(toStreamError(error), false) },
  atMs,
});

import type { Clock } from '../clock.ts';
import type { StreamEvent } from '../types.ts';
import { createWakeup } from '../wakeup.ts';
import type { FeedPlace, FeedSource } from './feed-kind.ts';
import { newId } from './new-id.ts';
import type { FeedPort, PageMessage, WorkerMessage } from './port-messages.ts';
import { shiftTimes } from './shift-times.ts';
import { holdLockIfAllowed, type WebLocks } from './web-lock.ts';

export type WorkerPort = FeedPort<PageMessage, WorkerMessage>;

/** What came in one post, its times on this page's clock. */
export interface FeedPost<T> {
  readonly events: readonly StreamEvent<T>[];
  readonly place: FeedPlace;
}

/** A reader's side of one feed. The worker keeps the bound: it posts no more than so many that are not acknowledged. */
export interface WorkerReading<T> {
  /** Ends at the abort, and when the link is gone. */
  posts(): AsyncIterable<FeedPost<T>>;
  acknowledge(): void;
  reconnect(): void;
  leave(): void;
}

/** This page's connection to the worker that holds the feeds. */
export interface WorkerLink {
  join(
    kind: string,
    source: FeedSource,
    place: FeedPlace | null,
    resume: boolean,
    signal: AbortSignal,
  ): WorkerReading<unknown>;
  readonly isOpen: boolean;
  /** Says bye: the worker drops this page at once. */
  close(): void;
}

export interface LinkOptions {
  readonly locks: WebLocks | null;
  readonly clock: Clock;
  readonly timeOriginMs?: number;
  /** How long a worker may take to start. */
  readonly patienceMs?: number;
  /** Aborts when the worker could not be started. */
  readonly broken: AbortSignal;
}

const START_PATIENCE_MS = 5_000;

interface Inbox {
  put(post: FeedPost<unknown>): void;
  wake(): void;
}

/** Says hello, and resolves once the worker answers; with null where it does not in time. */
export function openLink(port: WorkerPort, options: LinkOptions): Promise<WorkerLink | null> {
  const { locks, clock, timeOriginMs = performance.timeOrigin, broken } = options;
  const inboxes = new Map<number, Inbox>();
  const closed = new AbortController();
  const helloAtMs = clock.nowMs();
  let offsetMs = 0;
  let readings = 0;

  const close = () => {
    if (closed.signal.aborted) return;
    closed.abort();
    port.send({ type: 'bye' });
    port.close();
    for (const inbox of inboxes.values()) inbox.wake();
  };

  const link: WorkerLink = {
    join(kind, source, place, resume, signal) {
      readings += 1;
      const reading = readings;
      const wakeup = createWakeup();
      const waiting: FeedPost<unknown>[] = [];
      const send = (message: PageMessage) => {
        if (!closed.signal.aborted) port.send(message);
      };
      inboxes.set(reading, {
        put(post) {
          waiting.push(post);
          wakeup.wake();
        },
        wake: wakeup.wake,
      });
      signal.addEventListener('abort', wakeup.wake, { once: true });
      send({ type: 'join', reading, kind, source, place, resume });
      return {
        async *posts() {
          while (!signal.aborted) {
            const post = waiting.shift();
            if (post !== undefined) yield post;
            // What had come before the worker died is taken first.
            else if (closed.signal.aborted) return;
            else await wakeup.sleep();
          }
        },
        acknowledge: () => send({ type: 'acknowledge', reading }),
        reconnect: () => send({ type: 'reconnect', reading }),
        leave() {
          signal.removeEventListener('abort', wakeup.wake);
          inboxes.delete(reading);
          send({ type: 'leave', reading });
        },
      };
    },
    get isOpen() {
      return !closed.signal.aborted;
    },
    close,
  };

  return new Promise((resolve) => {
    const giveUp = () => {
      cancelPatience();
      close();
      resolve(null);
    };
    const cancelPatience = clock.after(options.patienceMs ?? START_PATIENCE_MS, giveUp);
    broken.addEventListener('abort', giveUp, { once: true });
    port.receive((message) => {
      if (message.type === 'post') {
        const events = message.events.map((event) => shiftTimes(event, offsetMs));
        inboxes.get(message.reading)?.put({ events, place: message.place });
        return;
      }
      cancelPatience();
      broken.removeEventListener('abort', giveUp);
      const nowMs = clock.nowMs();
      offsetMs = clockOffsetMs(message, { timeOriginMs, nowMs }, nowMs - helloAtMs);
      if (locks && message.lock !== null) {
        void showLife(locks, port, closed.signal);
        void closeWithWorker(locks, message.lock, closed.signal, close);
      }
      resolve(closed.signal.aborted ? null : link);
    });
    port.send({ type: 'hello', tabId: newId() });
  });
}

/** Origins are set by a clock that is put right now and then. */
const ORIGIN_TOLERANCE_MS = 250;

interface ClockReading {
  readonly timeOriginMs: number;
  readonly nowMs: number;
}

/**
 * What to add to a time of the worker's to have it on this page's clock. Where both count from tells it to the millisecond, unless
 * the machine slept between the start of the two: the clocks stood still then, and the time of day did not (High Resolution Time,
 * section 4). What the worker's clock read when it said welcome is right but for the time that the message took.
 *
 * @param longestWayMs how long the message took at most: since the page said hello
 */
function clockOffsetMs(worker: ClockReading, page: ClockReading, longestWayMs: number): number {
  const byOrigins = worker.timeOriginMs - page.timeOriginMs;
  const byMessage = page.nowMs - worker.nowMs;
  const wayMs = byMessage - byOrigins;
  const isPossible = wayMs > -ORIGIN_TOLERANCE_MS && wayMs < longestWayMs + ORIGIN_TOLERANCE_MS;
  return isPossible ? byOrigins : byMessage;
}

/** Holds a lock while this page lives, and tells the worker which. */
async function showLife(locks: WebLocks, port: WorkerPort, closed: AbortSignal): Promise<void> {
  const name = `streamscope-page-${newId()}`;
  const release = await holdLockIfAllowed(locks, name, { signal: closed });
  if (release === null) return;
  if (closed.aborted) return release();
  closed.addEventListener('abort', release, { once: true });
  port.send({ type: 'page-lock', name });
}

/** The browser may run the worker in the process of one of its tabs: it dies with that tab, and all the others go on. */
async function closeWithWorker(
  locks: WebLocks,
  name: string,
  closed: AbortSignal,
  close: () => void,
): Promise<void> {
  const release = await holdLockIfAllowed(locks, name, { signal: closed });
  release?.();
  if (release !== null) close();
}

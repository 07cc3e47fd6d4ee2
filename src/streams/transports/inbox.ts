import type { RawMessage, TransportEvent } from '../types.ts';
import type { ScheduleTask } from './schedule-task.ts';

/** How a native event source came to its end. `closed` is a connection that was there: cut or cleanly ended, nobody can tell. */
export type Closing = 'closed' | 'refused' | 'unreachable';

/** What arrived since the reader last looked: bounded, and handed over all at once. */
export interface Inbox {
  /** What is said of the connection, in its place between the messages. */
  tell(event: TransportEvent): void;
  /** Whether the reader has not yet taken an event of this type that was told. */
  holds(type: TransportEvent['type']): boolean;
  put(message: RawMessage): void;
  /** Ends without an outcome: the reader went away. */
  end(): void;
  /** With no outcome, only stops handing over. */
  close(outcome?: Closing): void;
  /** Resolves when there is something to take, or the end. */
  filled(): Promise<void>;
  takeEvents(): readonly TransportEvent[];
  closing(): Closing | null;
}

export function createInbox(maxWaiting: number, nowMs: () => number, schedule: ScheduleTask): Inbox {
  let told: TransportEvent[] = [];
  let messages: RawMessage[] = [];
  /** Where the messages that are still held start: dropping the oldest moves nothing. */
  let start = 0;
  let firstAtMs = 0;
  let outcome: Closing | null = null;
  let over = false;
  let wake: (() => void) | null = null;
  let scheduled = false;

  const hand = () => {
    scheduled = false;
    wake?.();
    wake = null;
  };
  /** Events that the browser dispatches in one task are one chunk: a promise each would cost more than they do. */
  const handSoon = () => {
    if (scheduled || wake === null) return;
    scheduled = true;
    schedule(hand);
  };
  const isFilled = () => over || outcome !== null || told.length > 0 || messages.length > 0;
  const dropOldest = () => {
    start += 1;
    if (start < maxWaiting) return;
    messages = messages.slice(start);
    start = 0;
    droppedBefore += maxWaiting;
  };
  let droppedBefore = 0;
  /** What came after these messages is told after them. */
  const seal = () => {
    const dropped = droppedBefore + start;
    if (dropped > 0) told.push({ type: 'dropped', count: dropped, atMs: nowMs() });
    if (messages.length > 0) {
      const held = start === 0 ? messages : messages.slice(start);
      told.push({ type: 'chunk', byteLength: null, messages: held, atMs: firstAtMs });
    }
    messages = [];
    start = 0;
    droppedBefore = 0;
  };

  return {
    tell(event) {
      if (over) return;
      seal();
      told.push(event);
      handSoon();
    },
    holds: (type) => told.some((event) => event.type === type),
    put(message) {
      if (over) return;
      if (messages.length === 0) firstAtMs = nowMs();
      messages.push(message);
      if (messages.length - start > maxWaiting) dropOldest();
      handSoon();
    },
    end() {
      over = true;
      hand();
    },
    close(how) {
      if (how === undefined) over = true;
      else outcome ??= how;
      handSoon();
    },
    filled() {
      if (isFilled()) return Promise.resolve();
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    takeEvents() {
      seal();
      const events = told;
      told = [];
      return events;
    },
    closing: () => outcome,
  };
}

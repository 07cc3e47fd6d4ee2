import type { RawMessage, TransportEvent } from '../types.ts';
import type { ScheduleTask } from './schedule-task.ts';

/** How a native event source came to its end. `closed` is a connection that was there: cut or cleanly ended, nobody can tell. */
export type Closing = 'closed' | 'refused' | 'unreachable';

/** What arrived since the reader last looked: bounded, and handed over all at once. */
export interface Inbox {
  open(event: TransportEvent): void;
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
  let opening: TransportEvent | null = null;
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
  const isFilled = () => over || opening !== null || outcome !== null || messages.length > 0;
  const dropOldest = () => {
    start += 1;
    if (start < maxWaiting) return;
    messages = messages.slice(start);
    start = 0;
    droppedBefore += maxWaiting;
  };
  let droppedBefore = 0;

  return {
    open(event) {
      opening = event;
      handSoon();
    },
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
      const events: TransportEvent[] = [];
      if (opening !== null) events.push(opening);
      opening = null;
      const dropped = droppedBefore + start;
      if (dropped > 0) events.push({ type: 'dropped', count: dropped, atMs: nowMs() });
      if (messages.length > 0) {
        const held = start === 0 ? messages : messages.slice(start);
        events.push({ type: 'chunk', byteLength: null, messages: held, atMs: firstAtMs });
      }
      messages = [];
      start = 0;
      droppedBefore = 0;
      return events;
    },
    closing: () => outcome,
  };
}

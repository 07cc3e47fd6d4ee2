import type { Clock } from '../../../src/streams/clock.ts';
import { HeldClock } from '../../fixtures/held-clock.ts';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Moves on, and calls back what falls due on the way, in order. */
  advance(byMs: number): void;
  /** How many timers are set. */
  readonly pending: number;
}

export function createManualClock(startMs = 1_000): ManualClock {
  const held = new HeldClock(startMs);
  return {
    nowMs: () => held.now(),
    after: (delayMs, callback) => held.schedule(callback, delayMs),
    advance: (byMs) => held.advance(byMs),
    get pending() {
      return held.pending;
    },
  };
}

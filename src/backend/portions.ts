import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { batches, type Clock } from './pace.ts';

export interface Portioning {
  /** How many items there are in all: rows, or bytes. */
  readonly total: number;
  /** Items a second; 0 is as fast as the reader reads. */
  readonly rate: number;
  /** Items that one chunk carries at most. */
  readonly largest: number;
  /** Items that belong together at a pace: sending bytes one by one would be mostly overhead. */
  readonly step?: number;
}

/**
 * How many items the next chunk carries, until `total` is reached. Waits as the rate asks. At full speed it only gives
 * way: a fast reader's pulls are microtasks, and without a turn for others no timer and no socket would be served.
 */
export async function* portions(
  { total, rate, largest, step = 1 }: Portioning,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<number, void> {
  let remaining = total;
  const allowances = rate === 0 ? fullSpeed(largest, signal) : paced(rate, step, signal, clock);
  for await (const allowance of allowances) {
    for (let allowed = Math.min(allowance, remaining); allowed > 0; ) {
      const portion = Math.min(allowed, largest);
      allowed -= portion;
      remaining -= portion;
      yield portion;
    }
    if (remaining === 0) return;
  }
}

async function* fullSpeed(largest: number, signal: AbortSignal): AsyncGenerator<number, never> {
  for (;;) {
    yield largest;
    await yieldToOthers(undefined, { signal });
  }
}

async function* paced(
  rate: number,
  step: number,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<number, void> {
  for await (const steps of batches(rate / step, signal, clock)) yield steps * step;
}

/** Steps a second in which bytes are sent at a pace: often enough to look continuous. */
const BYTE_STEPS_PER_SECOND = 25;

/** How many bytes belong together at this rate. */
export function byteStep(rate: number, largest: number): number {
  return Math.min(largest, Math.max(1, Math.ceil(rate / BYTE_STEPS_PER_SECOND)));
}

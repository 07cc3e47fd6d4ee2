import { type Arrival, MAX_ARRIVALS, type WireMeasurements } from './types.ts';

/** Over how long a rate is taken. */
const RATE_WINDOW_MS = 2_000;
/** Just after its start a stream has no rate yet: one burst over a few milliseconds would say anything. */
const SHORTEST_WINDOW_MS = 500;

export interface Rate {
  readonly eventsPerSecond: number;
  /** Null where bytes can't be seen. */
  readonly bytesPerSecond: number | null;
}

/**
 * The rate over the last two seconds, as of `nowMs`: called again while nothing arrives, it falls to 0. Where more chunks
 * arrived in that time than are kept, it is the rate over the time of those that are.
 */
export function rateAt(wire: Pick<WireMeasurements, 'arrivals' | 'seesBytes'>, nowMs: number): Rate {
  const { arrivals } = wire;
  const first = firstWithin(arrivals, nowMs - RATE_WINDOW_MS);
  const oldest = arrivals[first];
  if (oldest === undefined) return { eventsPerSecond: 0, bytesPerSecond: wire.seesBytes ? 0 : null };
  const isCut = first === 0 && arrivals.length === MAX_ARRIVALS;
  // Where older ones were let go, the oldest that is kept opens the window, and its own content came before it.
  const { messages, byteLength } = sum(arrivals, isCut ? 1 : first);
  const seconds = windowMs(nowMs - oldest.atMs, isCut, first > 0) / 1_000;
  return {
    eventsPerSecond: messages / seconds,
    bytesPerSecond: wire.seesBytes ? byteLength / seconds : null,
  };
}

function windowMs(sinceOldestMs: number, isCut: boolean, hasOlder: boolean): number {
  // Chunks of one task bear one time.
  if (isCut) return Math.max(1, sinceOldestMs);
  return hasOlder ? RATE_WINDOW_MS : Math.max(SHORTEST_WINDOW_MS, sinceOldestMs);
}

function firstWithin(arrivals: readonly Arrival[], fromMs: number): number {
  let index = arrivals.length;
  while (index > 0 && (arrivals[index - 1]?.atMs ?? 0) > fromMs) index -= 1;
  return index;
}

function sum(arrivals: readonly Arrival[], from: number): { messages: number; byteLength: number } {
  let messages = 0;
  let byteLength = 0;
  for (let index = from; index < arrivals.length; index += 1) {
    const arrival = arrivals[index];
    messages += arrival?.messages ?? 0;
    byteLength += arrival?.byteLength ?? 0;
  }
  return { messages, byteLength };
}

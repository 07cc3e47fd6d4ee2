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
 * The rate over the last two seconds, as of `nowMs`: called again while nothing arrives, it falls to 0. It is taken from one
 * arrival to the last, the content of the first left out: with both ends counted, one event a second would be 1.5 half of the
 * time. Where more chunks arrived in that time than are kept, it is the rate over the time of those that are.
 */
export function rateAt(
  wire: Pick<WireMeasurements, 'arrivals' | 'seesBytes' | 'requestedAtMs'>,
  nowMs: number,
): Rate {
  const { arrivals } = wire;
  const first = firstWithin(arrivals, nowMs - RATE_WINDOW_MS);
  const oldest = arrivals[first];
  if (oldest === undefined) return { eventsPerSecond: 0, bytesPerSecond: wire.seesBytes ? 0 : null };
  const opening = openingOf(wire, first, nowMs);
  const { messages, byteLength } = sum(arrivals, opening === null ? first : opening + 1);
  const sinceMs = nowMs - (arrivals[opening ?? first]?.atMs ?? nowMs);
  // Chunks of one task bear one time.
  const seconds = Math.max(opening === null ? SHORTEST_WINDOW_MS : 1, sinceMs) / 1_000;
  return {
    eventsPerSecond: messages / seconds,
    bytesPerSecond: wire.seesBytes ? byteLength / seconds : null,
  };
}

/** The arrival that opens the time over which the rate is taken; null where all that came is within a moment. */
function openingOf(
  { arrivals, requestedAtMs }: Pick<WireMeasurements, 'arrivals' | 'requestedAtMs'>,
  first: number,
  nowMs: number,
): number | null {
  const isLast = first === arrivals.length - 1;
  const isOld = nowMs - (arrivals[first]?.atMs ?? nowMs) >= SHORTEST_WINDOW_MS;
  const before = arrivals[first - 1];
  // What came on an earlier connection says nothing of this one's time.
  const isBefore = before !== undefined && before.atMs >= (requestedAtMs ?? before.atMs);
  const silentMs = (arrivals[first]?.atMs ?? nowMs) - (before?.atMs ?? nowMs);
  // A pause is over once something has come for a while; where all comes in bursts, the time between them is the stream's own pace.
  if (isBefore && (!isOld || silentMs <= RATE_WINDOW_MS)) return first - 1;
  const isCut = first === 0 && arrivals.length === MAX_ARRIVALS;
  return !isLast && (isCut || isOld) ? first : null;
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

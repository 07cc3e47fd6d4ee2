import type { FeedWindow, Retained } from './feed-kind.ts';

/** Keeps the last messages, whatever they are. */
export function lastMessages<T>(capacity: number): FeedWindow<T> {
  let kept: Retained<T>[] = [];
  let end = 0;
  const held = () => kept.slice(-capacity);
  return {
    add(retained) {
      kept.push(retained);
      end = retained.position + 1;
      // Cut seldom, so that an append costs nothing.
      if (kept.length >= 2 * capacity) kept = held();
    },
    from: (position) => held().filter((retained) => retained.position >= position),
    droppedFrom: (position) => Math.max(0, (held()[0]?.position ?? end) - position),
  };
}

export interface SampleBounds<T> {
  readonly intervalMs: number;
  /** Of each key: the first, the highest, the lowest and the last of an interval. */
  readonly messagesPerKey: number;
  readonly keys: number;
  /** What of a value has highs and lows. */
  readonly amountOf: (value: T) => number;
}

/** What is kept of one key. */
interface Samples<T> {
  /** Of the intervals that are over, oldest first. */
  kept: Retained<T>[];
  /** Of the one that goes on: its first message, those with the highest and the lowest amount, and its last. */
  first: Retained<T>;
  high: Retained<T>;
  low: Retained<T>;
  latest: Retained<T>;
  /** The newest of another amount than the latest: it says which way that went. Null where there was none. */
  before: Retained<T> | null;
}

/**
 * The same message, with an ID of its own. A string that was cut out of another keeps all of that alive: an ID of 16
 * characters, kept for minutes, the whole chunk that it came in.
 */
function detached<T>(retained: Retained<T>): Retained<T> {
  const { id } = retained.message;
  // Longer by one and cut again: what it is cut out of now is no longer than that.
  return id === null
    ? retained
    : { ...retained, message: { ...retained.message, id: `${id}.`.slice(0, -1) } };
}

/**
 * Keeps the latest message of each key, and of those before it the first, the highest, the lowest and the last of each interval: what
 * a candle is made of. Nothing that is let go counts as dropped: it was conflated.
 */
export function latestWithSamples<T>(
  keyOf: (value: T) => string,
  { intervalMs, messagesPerKey, keys, amountOf }: SampleBounds<T>,
): FeedWindow<T> {
  const byKey = new Map<string, Samples<T>>();
  const amount = ({ message }: Retained<T>) => amountOf(message.value);
  const inOrder = (all: readonly Retained<T>[]) =>
    [...new Set(all)].sort((one, other) => one.position - other.position);
  const close = (samples: Samples<T>) => {
    const { first, high, low, latest } = samples;
    samples.kept.push(...inOrder([first, high, low, latest]).map(detached));
    // Cut seldom, so that an interval costs nothing.
    if (samples.kept.length >= 2 * messagesPerKey) samples.kept = samples.kept.slice(-messagesPerKey);
  };
  return {
    add(retained) {
      const key = keyOf(retained.message.value);
      const samples = byKey.get(key);
      if (samples === undefined) {
        const only = { first: retained, high: retained, low: retained, latest: retained, before: null };
        if (byKey.size < keys) byKey.set(key, { kept: [], ...only });
        return;
      }
      if (amount(retained) !== amount(samples.latest)) samples.before = samples.latest;
      if (retained.atMs - samples.first.atMs < intervalMs) {
        samples.latest = retained;
        if (amount(retained) > amount(samples.high)) samples.high = retained;
        else if (amount(retained) < amount(samples.low)) samples.low = retained;
        return;
      }
      close(samples);
      samples.first = retained;
      samples.high = retained;
      samples.low = retained;
      samples.latest = retained;
    },
    from(position) {
      // By position: what is kept of an interval that is over may be what the latest came from.
      const all = new Map<number, Retained<T>>();
      for (const { kept, first, high, low, before, latest } of byKey.values()) {
        const own = [...kept.slice(-messagesPerKey), first, high, low, ...(before ? [before] : []), latest];
        for (const retained of own) if (retained.position >= position) all.set(retained.position, retained);
      }
      return [...all.values()].sort((one, other) => one.position - other.position);
    },
    droppedFrom: () => 0,
  };
}

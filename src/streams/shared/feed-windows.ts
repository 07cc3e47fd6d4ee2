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

export interface SampleBounds {
  readonly intervalMs: number;
  readonly samplesPerKey: number;
  readonly keys: number;
}

interface Samples<T> {
  sampled: Retained<T>[];
  latest: Retained<T>;
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

/** Keeps the latest message of each key, and samples of those before it. Nothing that is let go counts as dropped: it was conflated. */
export function latestWithSamples<T>(
  keyOf: (value: T) => string,
  { intervalMs, samplesPerKey, keys }: SampleBounds,
): FeedWindow<T> {
  const byKey = new Map<string, Samples<T>>();
  return {
    add(retained) {
      const key = keyOf(retained.message.value);
      const samples = byKey.get(key);
      if (samples === undefined) {
        if (byKey.size < keys) byKey.set(key, { sampled: [detached(retained)], latest: retained });
        return;
      }
      samples.latest = retained;
      const last = samples.sampled.at(-1);
      if (last && retained.atMs - last.atMs < intervalMs) return;
      samples.sampled.push(detached(retained));
      if (samples.sampled.length >= 2 * samplesPerKey)
        samples.sampled = samples.sampled.slice(-samplesPerKey);
    },
    from(position) {
      const all = [...byKey.values()].flatMap(({ sampled, latest }) => [
        ...sampled.slice(-samplesPerKey).filter(({ position: sampledAt }) => sampledAt !== latest.position),
        latest,
      ]);
      return all.filter((retained) => retained.position >= position).sort((a, b) => a.position - b.position);
    },
    droppedFrom: () => 0,
  };
}

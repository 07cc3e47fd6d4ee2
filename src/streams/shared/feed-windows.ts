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
        if (byKey.size < keys) byKey.set(key, { sampled: [retained], latest: retained });
        return;
      }
      samples.latest = retained;
      const last = samples.sampled.at(-1);
      if (last && retained.atMs - last.atMs < intervalMs) return;
      samples.sampled.push(retained);
      if (samples.sampled.length >= 2 * samplesPerKey)
        samples.sampled = samples.sampled.slice(-samplesPerKey);
    },
    from(position) {
      const all = [...byKey.values()].flatMap(({ sampled, latest }) => [
        ...sampled.slice(-samplesPerKey).filter((retained) => retained !== latest),
        latest,
      ]);
      return all.filter((retained) => retained.position >= position).sort((a, b) => a.position - b.position);
    },
    droppedFrom: () => 0,
  };
}

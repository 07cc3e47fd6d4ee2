import type { StreamEvent } from '../../src/streams/types.ts';

/** Streams that a test holds in its hand: each one that the panel opened, with what it was asked and its signal. */
export interface ControlledStream<T> {
  readonly signal: AbortSignal;
  /** Tells these events, and leaves the stream open. */
  tell(...events: readonly StreamEvent<T>[]): void;
  /** Nothing more comes. */
  close(): void;
}

export function controlledStream<T>(
  signal: AbortSignal,
): ControlledStream<T> & AsyncIterable<StreamEvent<T>> {
  const told: StreamEvent<T>[] = [];
  let closed = false;
  let wake: (() => void) | null = null;
  const changed = () => wake?.();
  signal.addEventListener('abort', changed);
  return {
    signal,
    tell(...events) {
      told.push(...events);
      changed();
    },
    close() {
      closed = true;
      changed();
    },
    async *[Symbol.asyncIterator]() {
      while (!signal.aborted) {
        const next = told.shift();
        if (next !== undefined) yield next;
        else if (closed) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

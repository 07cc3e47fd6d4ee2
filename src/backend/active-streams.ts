/** How a stream ended: its last byte was sent, its reader left, it broke, its `fault` cut it, or the server is closing. */
export type StreamOutcome = 'complete' | 'reader-left' | 'failed' | 'cut-on-purpose' | 'server-closed';

/** One stream that has ended, for the request log. */
export interface StreamEnd {
  readonly method: string;
  readonly path: string;
  readonly outcome: StreamOutcome;
  readonly byteLength: number;
  readonly durationMs: number;
}

export type StreamEndListener = (end: StreamEnd) => void;

/** The streams that are being read at this moment. A stream that nobody pulls yet is not among them. */
export class ActiveStreams {
  readonly #stops = new Set<() => void>();
  readonly #listeners = new Set<StreamEndListener>();
  #closed = false;

  get count(): number {
    return this.#stops.size;
  }

  /** Counts a stream until the returned function is called. `stop` is called when the server closes. */
  open(stop: () => void): () => void {
    if (this.#closed) {
      queueMicrotask(stop);
      return () => undefined;
    }
    this.#stops.add(stop);
    return () => {
      this.#stops.delete(stop);
    };
  }

  /** Tells of every stream that ends from now on. The returned function stops that. */
  observeEnds(listener: StreamEndListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  reportEnd(end: StreamEnd): void {
    for (const listener of this.#listeners) listener(end);
  }

  /** Stops every stream, and every one that opens from now on. */
  closeAll(): void {
    this.#closed = true;
    for (const stop of [...this.#stops]) stop();
  }
}

import { nextFrame, type ScheduleFrame } from './next-frame.ts';

export interface FrameBatchOptions<E> {
  /** Gets everything pushed since the last flush, in order: once a frame, and sooner where `maxWaiting` is reached. */
  readonly onFlush: (batch: readonly E[]) => void;
  /** Flushes at once when this many wait, so that a batch is bounded whatever the frame rate. */
  readonly maxWaiting?: number;
  /** How many one event stands for, where one may hold many. Default: 1. */
  readonly weightOf?: (event: E) => number;
  readonly schedule?: ScheduleFrame;
}

/** Many events, one flush an animation frame. */
export interface FrameBatch<E> {
  push(event: E): void;
  /** Flushes what waits now. */
  flush(): void;
  /** Flushes what waits and schedules nothing more. */
  close(): void;
}

export function createFrameBatch<E>({
  onFlush,
  maxWaiting = 5_000,
  weightOf = () => 1,
  schedule = nextFrame,
}: FrameBatchOptions<E>): FrameBatch<E> {
  let waiting: E[] = [];
  let weight = 0;
  let cancel: (() => void) | null = null;
  let closed = false;

  const flush = () => {
    cancel?.();
    cancel = null;
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    weight = 0;
    onFlush(batch);
  };

  return {
    push(event) {
      if (closed) return;
      waiting.push(event);
      weight += weightOf(event);
      if (weight >= maxWaiting) flush();
      else cancel ??= schedule(flush);
    },
    flush,
    close() {
      flush();
      closed = true;
    },
  };
}

export interface FramesOptions<E> extends Omit<FrameBatchOptions<E>, 'onFlush'> {
  /** Whose frames these are. Once it is aborted nothing more is handed over, not even what has come: what is shown by then is another run's. */
  readonly signal: AbortSignal;
  /** What has come by the abort is handed over with it all the same: for one who goes on after what was pulled, and would lose it. */
  readonly flushesAtAbort?: boolean;
}

/**
 * Pulls a source to its end and hands over what came, a frame's worth at a time. Pulling waits for nothing but the
 * source, so a source that is read by pulling is read as fast as it can be.
 *
 * @throws what the source throws, and what `onFrame` throws, as soon as it does: nothing is handed over after that.
 */
export function runInFrames<E>(
  source: AsyncIterable<E>,
  onFrame: (events: readonly E[]) => void,
  { signal, flushesAtAbort = false, ...options }: FramesOptions<E>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let broken = false;
    let over = signal.aborted;
    // In a frame nobody waits for what it throws.
    const onFlush = (events: readonly E[]) => {
      if (over || broken) return;
      try {
        onFrame(events);
      } catch (error) {
        broken = true;
        reject(error);
      }
    };
    const batch = createFrameBatch<E>({ ...options, onFlush });
    const stop = () => {
      if (flushesAtAbort) batch.flush();
      over = true;
    };
    signal.addEventListener('abort', stop, { once: true });
    const pull = async () => {
      try {
        for await (const event of source) {
          batch.push(event);
          if (broken) return;
        }
      } finally {
        batch.close();
        signal.removeEventListener('abort', stop);
      }
    };
    pull().then(resolve, reject);
  });
}

import { bytesOf, cutBy, held, type Piece, type Stage } from './fault-pieces.ts';
import type { Clock } from './pace.ts';

/** `truncate`: exactly `limit` bytes. Where the reader knows the length the end can only be a cut. */
export function truncated(limit: number, ending: 'clean' | 'cut'): Stage {
  return async function* truncate(pieces) {
    const isWhole = yield* firstBytes(pieces, limit);
    if (!isWhole && ending === 'cut') yield cutBy(`truncate@${limit}`);
  };
}

/** Yields up to `limit` bytes. True where `pieces` ended before. */
async function* firstBytes(pieces: AsyncIterable<Piece>, limit: number): AsyncGenerator<Piece, boolean> {
  if (limit === 0) return false;
  let remaining = limit;
  for await (const piece of pieces) {
    if (piece.type === 'break') {
      yield piece;
      return true;
    }
    const bytes = bytesOf(piece).subarray(0, remaining);
    remaining -= bytes.length;
    yield held(bytes);
    if (remaining === 0) return false;
  }
  return true;
}

interface TimeLimits {
  readonly idleMs: number | null;
  readonly ageMs: number | null;
}

/**
 * `idle` and `age`. Only time in which the reader waits is silence: while it is busy elsewhere, bytes are there for it.
 * For the same reason a reader that takes nothing learns of its age when it next asks.
 */
export function cutInTime(limits: TimeLimits, signal: AbortSignal, clock: Clock): Stage {
  return (pieces) => limitedTime(pieces, limits, signal, clock);
}

async function* limitedTime(
  pieces: AsyncIterable<Piece>,
  { idleMs, ageMs }: TimeLimits,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<Piece, void> {
  const startedAtMs = clock.now();
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const limit = nextLimit(idleMs, ageMs, clock.now() - startedAtMs);
      const next = await withinTime(iterator, limit.leftMs, signal, clock);
      if (signal.aborted) return;
      if (next === 'late') return yield cutBy(limit.fault);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a stage that waits returns only once the signal has thrown it out. Rejections are that.
    iterator.return?.().catch(() => undefined);
  }
}

/** Whichever of the two ends a silence first. */
function nextLimit(idleMs: number | null, ageMs: number | null, elapsedMs: number) {
  const ageLeftMs = ageMs === null ? Number.POSITIVE_INFINITY : ageMs - elapsedMs;
  return idleMs !== null && idleMs < ageLeftMs
    ? { leftMs: idleMs, fault: `idle:${idleMs}` }
    : { leftMs: ageLeftMs, fault: `age:${ageMs}` };
}

/** The next piece, or `'late'` when it takes longer than `limitMs`, or when the signal is aborted. */
function withinTime(
  iterator: AsyncIterator<Piece>,
  limitMs: number,
  signal: AbortSignal,
  clock: Clock,
): Promise<IteratorResult<Piece> | 'late'> {
  if (limitMs <= 0) return Promise.resolve('late');
  return new Promise((resolve, reject) => {
    const settle = () => {
      callOff();
      signal.removeEventListener('abort', late);
    };
    const late = () => {
      settle();
      resolve('late');
    };
    const callOff = clock.schedule(late, limitMs);
    signal.addEventListener('abort', late, { once: true });
    iterator.next().then(resolve, reject).finally(settle);
  });
}

import { type Clock, systemClock, wait } from './pace.ts';

/** The longest thought before the first token, and its length in token intervals where that is shorter. */
const LONGEST_THOUGHT_MS = 600;
const LONGEST_THOUGHT_TOKENS = 20;
/** How far the pace may run after its schedule before it lets the rest go: a reader that paused gets no long burst. */
const LARGEST_BACKLOG_MS = 250;

export interface PaceOptions {
  readonly tokensPerSecond: number;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Gives tokens as a model would: a short thought, then one after another at the mean rate, each a little early or
 * late. Above what timers can do, several come at once, so that the mean holds.
 */
export async function* paceTokens(
  tokens: readonly string[],
  { tokensPerSecond, signal, clock = systemClock, random }: PaceOptions,
): AsyncGenerator<string, void> {
  const meanMs = 1_000 / tokensPerSecond;
  let dueAtMs = clock.now() + thoughtMs(meanMs, random);
  for (const token of tokens) {
    const remainingMs = dueAtMs - clock.now();
    if (remainingMs > 0) await wait(remainingMs, signal, clock);
    else signal.throwIfAborted();
    yield token;
    // From half to one and a half times the mean, evenly: the mean is kept.
    const intervalMs = meanMs * (0.5 + random());
    dueAtMs = Math.max(dueAtMs + intervalMs, clock.now() - LARGEST_BACKLOG_MS);
  }
}

function thoughtMs(meanMs: number, random: () => number): number {
  return Math.min(LONGEST_THOUGHT_MS, meanMs * LONGEST_THOUGHT_TOKENS) * (0.5 + random() / 2);
}

/** Random numbers that are the same for the same text (mulberry32 over an FNV-1a hash). */
export function randomOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

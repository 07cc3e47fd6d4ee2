export interface Backoff {
  /** A connection was opened. */
  opened(nowMs: number): void;
  /** A valid `retry` field: the reconnection time that the server asks for. */
  setReconnectionTime(delayMs: number): void;
  /** How long to wait before the next try, and which try in a row that is (2 is the first one after a failure). */
  next(nowMs: number, retryAfterMs: number | null): { readonly delayMs: number; readonly attempt: number };
  /** Whether the next failure begins a row: none came before it, or a good spell did. */
  isFirstOfRow(nowMs: number): boolean;
}

/** No try comes sooner than this after the last, whatever the server asks for: `retry: 0` is no hot loop. */
export const MIN_DELAY_MS = 250;
const FIRST_CEILING_MS = 500;
const MAX_CEILING_MS = 10_000;
/** The longest time that a server's `retry` or `Retry-After` can ask for. */
export const MAX_SERVER_DELAY_MS = 300_000;
/** A connection that held this long was a good one: the next failure starts anew. */
export const GOOD_SPELL_MS = 5_000;

/**
 * Exponential backoff with full jitter (AWS, "Exponential Backoff And Jitter") on top of what the server asks for:
 * `minimum + random × min(10 s, 0.5 s × 2ⁿ)`.
 */
export function createBackoff(random: () => number = Math.random): Backoff {
  let failures = 0;
  let openedAtMs: number | null = null;
  let reconnectionTimeMs = 0;
  const hadGoodSpell = (nowMs: number) => openedAtMs !== null && nowMs - openedAtMs >= GOOD_SPELL_MS;
  return {
    opened(nowMs) {
      openedAtMs = nowMs;
    },
    setReconnectionTime(delayMs) {
      reconnectionTimeMs = delayMs;
    },
    next(nowMs, retryAfterMs) {
      if (hadGoodSpell(nowMs)) failures = 0;
      openedAtMs = null;
      const ceilingMs = Math.min(MAX_CEILING_MS, FIRST_CEILING_MS * 2 ** Math.min(failures, 10));
      failures += 1;
      const askedMs = Math.min(MAX_SERVER_DELAY_MS, Math.max(reconnectionTimeMs, retryAfterMs ?? 0));
      return { delayMs: Math.max(MIN_DELAY_MS, askedMs) + random() * ceilingMs, attempt: failures + 1 };
    },
    isFirstOfRow: (nowMs) => failures === 0 || hadGoodSpell(nowMs),
  };
}

/** How much of a text is shown while it is being typed, in UTF-16 code units. */
export interface Reveal {
  readonly shown: number;
  /** Code units a millisecond. */
  readonly speed: number;
}

/** Text is on screen at most this long (and one frame) after it came. */
export const REVEAL_MS = 180;

export const nothingRevealed: Reveal = { shown: 0, speed: 0 };

/**
 * One frame of typing: `elapsedMs` since the last one, `available` units there are.
 *
 * The speed would clear the whole backlog within `REVEAL_MS`, and never falls while there is a backlog: so what came at
 * a time, with everything before it, is shown `REVEAL_MS` later, whatever comes after it. Bursts are typed quickly, a
 * steady stream evenly.
 */
export function revealMore(reveal: Reveal, available: number, elapsedMs: number): Reveal {
  const backlog = available - reveal.shown;
  if (backlog <= 0) return reveal.speed === 0 && backlog === 0 ? reveal : { shown: available, speed: 0 };
  const speed = Math.max(reveal.speed, backlog / REVEAL_MS);
  const shown = reveal.shown + speed * elapsedMs;
  return shown >= available ? { shown: available, speed: 0 } : { shown, speed };
}

/** The first units of a text, without half of a surrogate pair at the end. */
export function revealedText(text: string, shown: number): string {
  const end = Math.min(text.length, Math.floor(shown));
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

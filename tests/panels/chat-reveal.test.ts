import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingRevealed, REVEAL_MS, revealedText, revealMore } from '../../src/panels/chat/reveal.ts';

const FRAME_MS = 16;

/** Types what comes, a frame after each arrival, and tells what was shown after each frame. */
function type(arrivals: readonly number[]) {
  let reveal = nothingRevealed;
  let available = 0;
  return arrivals.map((count) => {
    available += count;
    reveal = revealMore(reveal, available, FRAME_MS);
    return { available, shown: reveal.shown };
  });
}

describe('revealMore', () => {
  it('shows every unit within the time promised, whatever comes after it', () => {
    const frames = Math.ceil(REVEAL_MS / FRAME_MS) + 1;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.nat(4_000)), { minLength: 40, maxLength: 200 }),
        (all) => {
          const drawn = type(all);
          drawn.forEach(({ available }, position) => {
            const later = drawn[position + frames];
            if (later) expect(later.shown).toBeGreaterThanOrEqual(available - 1e-6);
          });
        },
      ),
    );
  });

  it('never shows less than before nor more than there is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 100 }), (all) => {
        let before = 0;
        for (const { available, shown } of type(all)) {
          expect(shown).toBeGreaterThanOrEqual(before);
          expect(shown).toBeLessThanOrEqual(available);
          before = shown;
        }
      }),
    );
  });

  it('types a burst rather than showing it in one frame', () => {
    const [first, second] = type([300, 0]);
    expect(first?.shown).toBeGreaterThan(0);
    expect(first?.shown).toBeLessThan(100);
    expect(second?.shown).toBeGreaterThan(first?.shown ?? 0);
  });

  it('is all shown again when the text was replaced by a shorter one', () => {
    expect(revealMore({ shown: 50, speed: 1 }, 10, FRAME_MS)).toEqual({ shown: 10, speed: 0 });
  });
});

describe('revealedText', () => {
  it('keeps both halves of a surrogate pair together', () => {
    expect(revealedText('a😀b', 2)).toBe('a');
    expect(revealedText('a😀b', 3)).toBe('a😀');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Positions } from '../../src/panels/logs/positions.ts';

describe('Positions', () => {
  it('hold what an array would, whatever is added and let go', () => {
    const step = fc.record({
      mask: fc.array(fc.constantFrom(0, 1), { maxLength: 400 }),
      /** How many at its end are added one by one. */
      single: fc.nat(5),
      forget: fc.nat(1_500),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const positions = new Positions();
        // Beyond 2³²: so many a fast log has after half a day.
        let next = 2 ** 33;
        let start = next;
        let expected: number[] = [];
        let forgotten = 0;
        for (const { mask, single, forget } of steps) {
          const from = Math.min(2, mask.length);
          positions.addMarked(Uint8Array.from(mask), from, mask.length, next);
          expected.push(
            ...mask.flatMap((marked, index) => (marked === 1 && index >= from ? [next + index] : [])),
          );
          next += mask.length;
          for (let count = 0; count < single; count += 1) {
            positions.add(next);
            expected.push(next);
            next += 1;
          }
          start = Math.min(next, start + forget);
          positions.forgetBefore(start);
          forgotten += expected.filter((position) => position < start).length;
          expected = expected.filter((position) => position >= start);

          expect(Array.from({ length: positions.count }, (_, index) => positions.at(index))).toEqual(
            expected,
          );
          expect(positions.forgotten).toBe(forgotten);
          expect([positions.at(-1), positions.at(expected.length)]).toEqual([-1, -1]);
          const middle = Math.floor((start + next) / 2);
          expect(positions.countFrom(middle)).toBe(expected.filter((position) => position >= middle).length);
        }
      }),
    );
  });
});

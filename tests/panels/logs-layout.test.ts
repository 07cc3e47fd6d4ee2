import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, ROW_HEIGHT } from '../../src/panels/logs/row-layout.ts';

/** The plain way: the height of every row, one after the other. */
function slowTops(count: number, heightOf: (index: number) => number): number[] {
  const tops = [0];
  for (let index = 0; index < count; index += 1) tops.push((tops[index] ?? 0) + heightOf(index));
  return tops;
}

const layouts = fc.record({ count: fc.integer({ min: 1, max: 60 }) }).chain(({ count }) =>
  fc.record({
    count: fc.constant(count),
    heights: fc.dictionary(fc.nat(count - 1).map(String), fc.integer({ min: 1, max: 300 }), { maxKeys: 8 }),
  }),
);

describe('layOut', () => {
  it('places every row where adding up all heights places it', () => {
    fc.assert(
      fc.property(layouts, ({ count, heights }) => {
        const heightOf = (index: number) => heights[String(index)] ?? ROW_HEIGHT;
        const tall = Object.keys(heights)
          .map(Number)
          .sort((a, b) => a - b)
          .map((index) => ({ index, height: heightOf(index) }));
        const tops = slowTops(count, heightOf);
        const layout = layOut(count, tall);
        expect(layout.height).toBe(tops[count]);
        for (let index = 0; index < count; index += 1) {
          const top = tops[index] ?? 0;
          expect(layout.topOf(index)).toBe(top);
          expect(layout.indexAt(top)).toBe(index);
          expect(layout.indexAt(top + heightOf(index) - 0.5)).toBe(index);
        }
      }),
    );
  });

  it.each([
    [-50, 0],
    [0, 0],
    [20.9, 0],
    [21, 1],
    [200_000 * 21 + 500, 199_999],
  ])('at %f px is row %i of 200,000', (top, index) => {
    expect(layOut(200_000, []).indexAt(top)).toBe(index);
  });

  it('keeps 200,000 rows below what a browser draws', () => {
    expect(layOut(200_000, []).height).toBeLessThan(16_700_000);
  });
});

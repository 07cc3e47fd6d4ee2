import { describe, expect, it } from 'vitest';
import { withWholePairs } from '../../src/panels/logs/whole-pairs.ts';

const LEADING = '\u{d83d}';
const TRAILING = '\u{de00}';

describe('withWholePairs', () => {
  it.each([
    ['begins between two halves', 'a😀b', [[2, 4]], [[1, 4]]],
    ['ends between two halves', 'a😀b', [[0, 2]], [[0, 3]]],
    ['does both', '😀😀', [[1, 3]], [[0, 4]]],
    [
      'is one half, and then the other',
      '😀',
      [
        [0, 1],
        [1, 2],
      ],
      [[0, 2]],
    ],
    [
      'goes on with the half that was found before',
      '😀b',
      [
        [0, 1],
        [1, 3],
      ],
      [
        [0, 2],
        [2, 3],
      ],
    ],
    [
      'has whole characters',
      'a😀b',
      [
        [0, 1],
        [1, 3],
        [3, 4],
      ],
      [
        [0, 1],
        [1, 3],
        [3, 4],
      ],
    ],
    [
      'has halves that belong to none',
      `${TRAILING}a${LEADING}`,
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('marks whole characters where a range %s', (_, text, found, marked) => {
    const ranges = found.map(([start = 0, end = 0]) => ({ start, end }));
    expect(withWholePairs(text, ranges).map(({ start, end }) => [start, end])).toEqual(marked);
  });
});

import { expect, it } from 'vitest';
import { createPageOrigin } from '../../src/streams/wall-clock.ts';

it('keeps the times of a chart where they are while clocks differ by little, and follows what a machine slept', () => {
  const hour = 3_600_000;
  const read = [1_000, 1_001.4, 999.2, 1_200, 1_000 + hour, 1_000.8 + hour];
  const origin = createPageOrigin(() => read.shift() ?? Number.NaN);
  expect([1, 2, 3, 4, 5].map(origin)).toEqual([1_000, 1_000, 1_000, 1_000 + hour, 1_000 + hour]);
});

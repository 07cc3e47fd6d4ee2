import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../src/store/ring-buffer.ts';

function filled(capacity: number, items: Iterable<number>): RingBuffer<number> {
  const ring = new RingBuffer<number>(capacity);
  for (const item of items) ring.append(item);
  return ring;
}

/** The same by an array that keeps everything: slow, and plain to see. */
class Model {
  readonly capacity: number;
  readonly all: number[] = [];
  readonly held: number[] = [];
  dropped = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  append(item: number): void {
    this.all.push(item);
    this.held.push(item);
    if (this.held.length > this.capacity) {
      this.held.shift();
      this.dropped += 1;
    }
  }
}

describe('RingBuffer', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the capacity %s', (capacity) => {
    expect(() => new RingBuffer(capacity)).toThrow(RangeError);
  });

  it.each([
    { appended: 0, held: [], start: 0, dropped: 0 },
    { appended: 2, held: [0, 1], start: 0, dropped: 0 },
    { appended: 3, held: [0, 1, 2], start: 0, dropped: 0 },
    { appended: 4, held: [1, 2, 3], start: 1, dropped: 1 },
    { appended: 9, held: [6, 7, 8], start: 6, dropped: 6 },
  ])('of 3 holds $held after $appended', ({ appended, held, start, dropped }) => {
    const ring = filled(3, Array(appended).keys());
    expect([...ring]).toEqual(held);
    expect(ring).toMatchObject({ size: held.length, start, end: appended, dropped });
  });

  it('keeps the position of an item after older ones were dropped', () => {
    const ring = filled(3, [10, 11, 12, 13, 14]);
    expect([1, 2, 3, 4, 5].map((position) => ring.at(position))).toEqual([undefined, 12, 13, 14, undefined]);
  });

  it('agrees with an array through any appends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer(), { maxLength: 200 }),
        (capacity, run) => {
          const ring = new RingBuffer<number>(capacity);
          const model = new Model(capacity);
          for (const step of run) {
            ring.append(step);
            model.append(step);
            expect([...ring]).toEqual(model.held);
            expect(ring).toMatchObject({
              size: model.held.length,
              start: model.all.length - model.held.length,
              end: model.all.length,
              dropped: model.dropped,
            });
          }
          const positions = [...Array(model.all.length + 2).keys()].map((index) => index - 1);
          expect(positions.map((position) => ring.at(position))).toEqual(
            positions.map((position) => (position < ring.start ? undefined : model.all[position])),
          );
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShownRows } from '../../src/panels/logs/shown-rows.ts';

interface Step {
  readonly mask: readonly number[];
  /** Rows at the mask's beginning that were let go before anybody looked at them. */
  readonly skip: number;
  /** Whether its second half is looked at later than its first. */
  readonly halves: boolean;
  /** Rows that come one by one after it. */
  readonly single: readonly boolean[];
  readonly forget: number;
}

/** The same rows, and the positions of those that are shown in a list. */
class Both {
  readonly rows = new ShownRows();
  // Beyond 2³²: so many a fast log has after half a day.
  next = 2 ** 33;
  start = this.next;
  expected: number[] = [];
  forgotten = 0;

  take({ mask, skip, halves, single, forget }: Step): void {
    const from = Math.min(skip, mask.length);
    const middle = halves ? Math.ceil((from + mask.length) / 2) : mask.length;
    const shared = Uint8Array.from(mask);
    this.rows.addMask(this.next, shared, from, middle);
    if (halves) this.rows.addMask(this.next, shared, middle, mask.length);
    for (const [index, one] of mask.entries())
      if (one === 1 && index >= from) this.expected.push(this.next + index);
    this.next += mask.length;
    for (const isShown of single) {
      this.rows.addRow(this.next, isShown);
      if (isShown) this.expected.push(this.next);
      this.next += 1;
    }
    this.start = Math.min(this.next, this.start + forget);
    this.rows.forgetBefore(this.start);
    const kept = this.expected.filter((position) => position >= this.start);
    this.forgotten += this.expected.length - kept.length;
    this.expected = kept;
  }
}

describe('ShownRows', () => {
  it('hold what a list would, whatever is added and let go', () => {
    const step = fc.record({
      mask: fc.array(fc.constantFrom(0, 1), { maxLength: 400 }),
      skip: fc.nat(3),
      halves: fc.boolean(),
      single: fc.array(fc.boolean(), { maxLength: 40 }),
      forget: fc.nat(1_500),
      ask: fc.array(fc.nat(), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const both = new Both();
        const { rows } = both;
        for (const { ask, ...each } of steps) {
          both.take(each);
          const { expected, start, next } = both;
          expect([rows.count, rows.forgotten]).toEqual([expected.length, both.forgotten]);
          expect(expected.map((_, index) => rows.positionAt(index))).toEqual(expected);
          expect([rows.positionAt(-1), rows.positionAt(expected.length)]).toEqual([-1, -1]);
          for (const number of ask) {
            const index = number % (expected.length + 1);
            expect(rows.positionAt(index)).toBe(expected[index] ?? -1);
            const position = start - 3 + (number % (next - start + 6));
            expect(rows.countFrom(position)).toBe(expected.filter((one) => one >= position).length);
          }
        }
      }),
    );
  });

  it('hold many parts, long ones, holes and masks that change behind their end', () => {
    const both = new Both();
    const { rows } = both;
    const thirds = (length: number) => Array.from({ length }, (_, index) => (index % 3 === 0 ? 1 : 0));
    for (let round = 0; round < 300; round += 1) {
      both.take({ mask: thirds(round), skip: 0, halves: false, single: [], forget: round });
    }
    // More single rows than a part holds, and a hole after them.
    for (let row = 0; row < 2_500; row += 1)
      both.take({ mask: [], skip: 0, halves: false, single: [row % 2 === 0], forget: 0 });
    both.next += 10;
    both.take({ mask: [], skip: 0, halves: false, single: [true, false, true], forget: 0 });
    const mask = Uint8Array.from(thirds(1_000));
    rows.addMask(both.next, mask, 0, 500);
    mask.fill(0, 500);
    rows.addMask(both.next, mask, 500, 1_000);
    both.expected.push(...thirds(500).flatMap((one, index) => (one === 1 ? [both.next + index] : [])));
    both.next += 1_000;
    both.take({ mask: [1], skip: 0, halves: false, single: [], forget: 1_700 });

    const { expected, start, next } = both;
    expect([rows.count, rows.forgotten]).toEqual([expected.length, both.forgotten]);
    expect(both.forgotten).toBeGreaterThan(1_000);
    expect(expected.map((_, index) => rows.positionAt(index))).toEqual(expected);
    for (let position = start; position <= next; position += 97) {
      expect(rows.countFrom(position)).toBe(expected.filter((one) => one >= position).length);
    }
  });
});

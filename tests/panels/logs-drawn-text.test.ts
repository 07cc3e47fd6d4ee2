import { describe, expect, it } from 'vitest';
import { cutAll, cutAt } from '../../src/panels/logs/drawn-text.ts';

describe('cutAt', () => {
  it.each([
    ['abc', 3, 'abc', 0],
    ['abcd', 3, 'abc', 1],
    ['ab\u{1f600}', 3, 'ab', 2],
    ['abc', 0, '', 3],
  ])('leaves of %j, cut at %i, %j', (text, most, shown, left) => {
    expect(cutAt(text, most)).toEqual({ text: shown, left });
  });
});

describe('cutAll', () => {
  it('draws what there is room for, and says how much is left of all', () => {
    expect(cutAll(['a'.repeat(100), 'b'.repeat(100), 'c'.repeat(7)], 200)).toEqual({
      drawn: ['a'.repeat(100), 'b'.repeat(50)],
      left: 57,
    });
  });

  it('draws no more than some thousand texts, however short they are', () => {
    const { drawn } = cutAll(new Array<string>(1_000_000).fill(''), 100_000);
    expect(drawn).toHaveLength(2_000);
  });
});

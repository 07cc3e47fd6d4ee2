import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loweredTexts } from '../../src/panels/logs/lowered-texts.ts';
import { TextColumn } from '../../src/panels/logs/text-column.ts';
import { joinedAt, joinedEndsOf, joinTexts, textAt } from '../../src/panels/logs/texts.ts';

/** ASCII, two, three and four bytes, a byte order mark, halves of pairs, and what lower case is odd about. */
const texts = fc.array(
  fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'plain', 'é→😀', '\ufeffmark', '\ud83d', '\ude00', 'İX', 'ΑΣ', 'Σ', 'Ab'),
  ),
  { maxLength: 30 },
);

const wellFormed = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

describe('texts in one buffer', () => {
  it('are the texts that they were, one by one and joined', () => {
    fc.assert(
      fc.property(texts, (each) => {
        const column = new TextColumn(each.length, 0);
        for (const text of each) {
          column.writeText(text);
          column.endText();
        }
        const written = { bytes: column.bytes.subarray(0, column.length), ends: column.ends };
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(written.bytes);
        const joined = { text, ends: joinedEndsOf(written, text) };
        const expected = each.map(wellFormed);
        expect(each.map((_, index) => textAt(written, index))).toEqual(expected);
        expect(each.map((_, index) => joinedAt(joined, index))).toEqual(expected);
      }),
    );
  });

  it('are lowered as each by itself', () => {
    const whole = texts.map((each) => each.map(wellFormed));
    fc.assert(
      fc.property(whole, (each) => {
        const lowered = loweredTexts(joinTexts(each));
        expect(each.map((_, index) => joinedAt(lowered, index))).toEqual(
          each.map((text) => text.toLowerCase()),
        );
      }),
    );
  });
});

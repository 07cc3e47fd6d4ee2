import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/backend/line-splitter.ts';

/** Feeds through one chunk of memory, as the follower does. */
function linesOf(text: string | Uint8Array, cut: number): string[] {
  const bytes = Buffer.from(text as string);
  const memory = Buffer.alloc(cut);
  const splitter = new LineSplitter();
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += cut) {
    const length = bytes.copy(memory, 0, start, start + cut);
    lines.push(...splitter.push(memory.subarray(0, length)));
  }
  return [...lines, ...splitter.flush()];
}

describe('the line splitter', () => {
  const text = 'plain\r\nnaïve 東京 🚀\n\n\nlast';
  const expected = ['plain', 'naïve 東京 🚀', 'last'];

  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    'cuts the same lines from chunks of %d bytes',
    (cut) => {
      expect(linesOf(text, cut)).toEqual(expected);
    },
  );

  it('gives back any lines, however they are cut', () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/[\n\r\uFEFF]/.test(value));
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 64 }), (lines, cut) => {
        expect(linesOf(lines.map((value) => `${value}\n`).join(''), cut)).toEqual(lines);
      }),
    );
  });

  it('puts U+FFFD where bytes are no UTF-8, and goes on', () => {
    expect(linesOf(Buffer.from([0x61, 0xff, 0x62, 0x0a, 0x63, 0x0a]), 2)).toEqual(['a\uFFFDb', 'c']);
  });

  it('keeps the beginning of a line that is too long, and says how much is gone', () => {
    const [line = '', next] = linesOf(`${'x'.repeat(1_000_000)}\nnext\n`, 65_536);
    expect(line).toBe(`${'x'.repeat(16_384)}… (983616 more bytes)`);
    expect(next).toBe('next');
  });

  it('knows how many bytes of an unfinished line it has', () => {
    const splitter = new LineSplitter();
    splitter.push(Buffer.from('one\ntwo'));
    expect(splitter.pendingBytes).toBe(3);
    splitter.push(Buffer.from('\n'));
    expect(splitter.pendingBytes).toBe(0);
  });
});

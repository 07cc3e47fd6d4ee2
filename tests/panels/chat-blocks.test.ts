import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlockSplit, noBlocks, splitBlocks } from '../../src/panels/chat/markdown/split-blocks.ts';

const sample = [
  '# Title',
  '',
  'A paragraph with **bold** and',
  'a second line.',
  '',
  '- one',
  '- two',
  '',
  '  still two',
  '',
  '1. first',
  '',
  '2. second',
  '',
  '```js',
  'const a = 1;',
  '',
  '# no heading',
  '```',
  '',
  '| a | b |',
  '|---|---|',
  '| 1 | 2 |',
  '',
  '<b>html</b>',
  '',
  'Setext',
  '======',
  '',
  '> quoted',
  '',
  'end',
].join('\n');

function grown(text: string, step: number): BlockSplit {
  let split = noBlocks;
  for (let end = 0; end <= text.length; end += step) split = splitBlocks(text.slice(0, end), split);
  return splitBlocks(text, split);
}

describe('splitBlocks', () => {
  it('loses nothing: its blocks joined are the text, at every length', () => {
    for (let end = 0; end <= sample.length; end += 1) {
      expect(splitBlocks(sample.slice(0, end)).blocks.join('')).toBe(sample.slice(0, end));
    }
  });

  it.each([1, 2, 3, 7, 40])('gives for a text that grew by %i what it gives for the whole', (step) => {
    expect(grown(sample, step).blocks).toEqual(splitBlocks(sample).blocks);
  });

  it('keeps whatever text, grown piece by piece', () => {
    const piece = fc.constantFrom(
      '\n',
      '\n\n',
      '# ',
      '- ',
      '1. ',
      '```',
      '|',
      'word ',
      '    ',
      '> ',
      '\t',
      '<div>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        let text = '';
        let split = noBlocks;
        for (const next of pieces) {
          text += next;
          split = splitBlocks(text, split);
        }
        expect(split.blocks.join('')).toBe(text);
      }),
    );
  });

  it('leaves finished blocks as they are, so that they are not drawn again', () => {
    const before = splitBlocks('one\n\ntwo\n\nthree\n\nfour');
    const after = splitBlocks('one\n\ntwo\n\nthree\n\nfour and more', before);
    expect(after.blocks.slice(0, -1)).toEqual(before.blocks.slice(0, -1));
    expect(after.blocks.at(-1)).toBe('four and more');
  });

  it('holds a fence that is not closed together, blank lines and all', () => {
    expect(splitBlocks('text\n\n```js\na\n\n# b\n\nc').blocks).toEqual(['text\n\n', '```js\na\n\n# b\n\nc']);
  });

  it('splits anew when the text is another', () => {
    expect(splitBlocks('new', splitBlocks('old\n\ntext')).blocks).toEqual(['new']);
  });
});

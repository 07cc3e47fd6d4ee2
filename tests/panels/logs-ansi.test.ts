import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnsi } from '../../src/panels/logs/ansi.ts';
import { styleOf } from '../../src/panels/logs/ansi-colour.ts';
import { applySgr, indexedColour, PLAIN } from '../../src/panels/logs/ansi-style.ts';
import { cutText } from '../../src/panels/logs/cut-text.ts';
import { readLogLine } from '../../src/panels/logs/read-log-line.ts';

const ESC = String.fromCharCode(27);
const theme = (index: number) => ({ type: 'theme', index });
const fixed = (red: number, green: number, blue: number) => ({ type: 'fixed', red, green, blue });

describe('applySgr', () => {
  it.each([
    ['31', { colour: theme(1) }],
    ['1;4;93', { bold: true, underline: true, colour: theme(11) }],
    ['2;3', { dim: true, italic: true }],
    ['44', { background: theme(4) }],
    ['107', { background: theme(15) }],
    ['38;5;9', { colour: theme(9) }],
    ['38;5;196', { colour: fixed(255, 0, 0) }],
    ['48;5;244', { background: fixed(128, 128, 128) }],
    ['38;2;1;2;3;1', { colour: fixed(1, 2, 3), bold: true }],
    ['38:5:21', { colour: fixed(0, 0, 255) }],
    ['38:2::255:0:0', { colour: fixed(255, 0, 0) }],
    ['1;48:2:7:1:2:3;3', { bold: true, background: fixed(1, 2, 3), italic: true }],
    ['38:2:1:2:3', { colour: fixed(1, 2, 3) }],
    ['4:3', { underline: true }],
    ['4;4:0', {}],
    ['1:2', {}],
    ['7', { inverse: true }],
    ['58;5;1', {}],
    ['58;2;1;2;3;31', { colour: theme(1) }],
    ['38;2;1;2', {}],
    ['38;5;999', {}],
    ['58', {}],
    ['', {}],
  ])('reads %j', (parameters, style) => {
    expect(applySgr(PLAIN, parameters)).toEqual({ ...PLAIN, ...style });
  });

  it('takes back what was set', () => {
    const set = applySgr(PLAIN, '1;2;3;4;7;31;42');
    expect(applySgr(set, '22;23;24;27;39;49')).toEqual(PLAIN);
    expect(applySgr(set, '0')).toEqual(PLAIN);
    expect(applySgr(set, '')).toEqual(PLAIN);
  });

  it('knows 256 colours, each within bounds', () => {
    for (let index = 16; index < 256; index += 1) {
      const colour = indexedColour(index);
      if (colour.type !== 'fixed') throw new Error(`${index} is of the theme`);
      for (const part of [colour.red, colour.green, colour.blue]) expect(part >= 0 && part <= 255).toBe(true);
    }
  });
});

describe('styleOf', () => {
  const css = (parameters: string) => styleOf(applySgr(PLAIN, parameters));

  it.each([
    ['7;31', '41'],
    ['7;31;42', '32;41'],
    ['7', '47'],
    ['7;44', '34;47'],
    ['7;31;27', '31'],
  ])('draws %s as %s', (inverse, same) => {
    expect(css(inverse)).toEqual(css(same));
  });
});

describe('readAnsi', () => {
  it.each([
    ['a character set, as tput sgr0 has it', `${ESC}(B`],
    ['a single character', `${ESC}7`],
    ['a control sequence', `${ESC}[2K`],
    ['a control sequence with a space', `${ESC}[1 q`],
    ['a control sequence that was cut', `${ESC}[31`, ''],
    ['a title', `${ESC}]0;title${String.fromCharCode(7)}`],
    ['a link with ST', `${ESC}]8;;http://x/${ESC}\\`],
    ['a device control string', `${ESC}P1$r0m${ESC}\\`],
    ['a private message', `${ESC}^x y${ESC}\\`],
    ['an escape and nothing', ESC, ''],
  ])('leaves out %s', (_, sequence, after = ' b') => {
    expect(readAnsi(`a${sequence}${after}`).text).toBe(`a${after}`);
  });

  it('leaves what follows a string that has no end', () => {
    expect(readAnsi(`a${ESC}]0;title b`).text).toBe('a0;title b');
  });

  it.each(['service', 'level', 'note'])('leaves no escape sequence in a %s', (key) => {
    const line = readLogLine(JSON.stringify({ message: 'm', [key]: `${ESC}[31mwarn${ESC}(B` }));
    const { level, service, fields } = line.ok ? line.value : {};
    expect([level, service, fields?.note]).toContain('warn');
  });

  it('says which stretch looks how', () => {
    const { text, styles } = readAnsi(`a${ESC}[31mred${ESC}[1mbold${ESC}[0m z`);
    expect(text).toBe('aredbold z');
    expect(styles).toMatchObject([
      { start: 1, end: 4, style: { colour: theme(1), bold: false } },
      { start: 4, end: 8, style: { colour: theme(1), bold: true } },
    ]);
  });

  it('leaves no escape sequence in the text, and cuts it into pieces that make it whole again', () => {
    const parts = fc.constantFrom('x', 'yz ', `${ESC}[31m`, `${ESC}[0m`, `${ESC}[38;5;200m`, `${ESC}[2K`);
    fc.assert(
      fc.property(fc.array(parts), (pieces) => {
        const { text, styles } = readAnsi(pieces.join(''));
        expect(text).toBe(pieces.filter((piece) => !piece.startsWith(ESC)).join(''));
        const cut = cutText(text, [{ start: 1, end: 3 }], styles);
        expect(cut.map((piece) => piece.text).join('')).toBe(text);
      }),
    );
  });

  it.each([
    [`${ESC}[31m[ERROR]${ESC}[0m plain`, undefined],
    [`[ERROR] all ${ESC}[32mgreen${ESC}[0m now`, [{ start: 4, end: 9 }]],
    [`${ESC}[33mWARN: yellow throughout`, [{ start: 0, end: 17 }]],
    [JSON.stringify({ message: `j ${ESC}[32mgreen` }), [{ start: 2, end: 7 }]],
  ])('gives the message of %j its own styles', (text, styles) => {
    const line = readLogLine(text);
    if (!line.ok) throw new Error(line.reason);
    if (styles === undefined) expect(line.value.styles).toBeUndefined();
    else expect(line.value.styles).toMatchObject(styles);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '../../src/contract/log-lines/times.ts';
import { JsonLineScanner } from '../../src/panels/logs/json-line-scanner.ts';
import { type BlockLine, plainLine, unpackLines } from '../../src/panels/logs/line-block.ts';
import { createLineReader } from '../../src/panels/logs/line-reader.ts';
import { fieldsText } from '../../src/panels/logs/log-fields.ts';
import type { LogLine } from '../../src/panels/logs/log-line.ts';
import { logsFeed } from '../../src/panels/logs/logs-feed.ts';
import { packLines } from '../../src/panels/logs/pack-lines.ts';
import { readLogLine } from '../../src/panels/logs/read-log-line.ts';
import { textAt } from '../../src/panels/logs/texts.ts';
import { TimeReader } from '../../src/panels/logs/time-reader.ts';
import { writeUtf8 } from '../../src/panels/logs/write-utf8.ts';
import { mergeEvents, unpacked } from '../../src/streams/shared/merge-events.ts';

const texts = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    'paid €5 → ok',
    'a "quoted" \\ path/',
    'at one\n\tat two',
    '\u001b[31mred\u001b[0m',
    '😀',
    'a\ud800b',
    '7',
  ),
);
/** As a backend may write them: not always as a script would. */
const NUMBERS = [
  '0',
  '-0',
  '0.5',
  '-0.5',
  '1.0',
  '1.50',
  '70.12',
  '1e5',
  '1E-7',
  '0.0000001',
  '0.000001',
  '123456789012345678',
  '999999999999999',
  '1234567890.123456',
];
const numbers = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom(...NUMBERS, '1e400'),
  fc.constantFrom('01', '-', '1.', '.5', '+1'),
);
const plainValues = fc.oneof(
  texts.map((text) => JSON.stringify(text)),
  numbers,
  fc.constantFrom('true', 'false', 'null', 'nul', 'truely', '"\\u00e9"', '"\\q"', '"\u0001"', "'x'"),
);
const fieldKeys = fc.oneof(
  fc.constantFrom('requestId', 'status', 'a', '', '7', '__proto__', 'a b', 'ключ'),
  texts,
);
const spaces = fc.constantFrom('', '', '', ' ', '  ', '\t');

interface Member {
  readonly key: string;
  readonly value: string;
}

const objectOf = (members: fc.Arbitrary<readonly Member[]>): fc.Arbitrary<string> =>
  fc.tuple(members, fc.array(spaces, { minLength: 4, maxLength: 4 })).map(([all, [a, b, c, d]]) => {
    const inner = all.map(({ key, value }) => `${JSON.stringify(key)}${a}:${b}${value}`).join(`${c},${d}`);
    return `{${a}${inner}${b}}`;
  });

const nested = fc.constantFrom('{"a":{"b":1}}', '{"a":[1]}', '[]', '{}', '{ }', '{"a":1,}', '{"a":1 "b":2}');
const fieldsObjects = fc.oneof(
  objectOf(fc.array(fc.record({ key: fieldKeys, value: plainValues }), { maxLength: 2 })),
  objectOf(fc.array(fc.record({ key: fieldKeys, value: plainValues }), { maxLength: 6 })),
  nested,
);
const times = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-01-01T12:00:59.999Z',
    '2026-01-01T12:00:60.000Z',
    '2026-01-01 12:00:00',
    '17',
    '\t2026-01-01',
    'soon',
  ),
);
const members: fc.Arbitrary<Member> = fc.oneof(
  fc.record({ key: fc.constant('timestamp'), value: times.map((text) => JSON.stringify(text)) }),
  fc.record({
    key: fc.constant('level'),
    value: fc.constantFrom('"info"', '"WARN"', '"x"', '30', 'null', '"\\n"'),
  }),
  fc.record({ key: fc.constant('service'), value: plainValues }),
  fc.record({ key: fc.constant('message'), value: plainValues }),
  fc.record({ key: fc.constant('fields'), value: fieldsObjects }),
  fc.record({ key: fieldKeys, value: plainValues }),
  // Other loggers' names, and values of another kind than they should have.
  fc.record({
    key: fc.constantFrom(
      'timestamp',
      'level',
      'service',
      'message',
      'log',
      'msg',
      'time',
      'err',
      'log.level',
    ),
    value: fc.oneof(
      plainValues,
      nested,
      fc.constantFrom('{"level":"error","name":"x"}', '"warn"', '"\\u001b[31mx"'),
    ),
  }),
);
/** Of each name one, in any order: the contract's, but for a value here and there. */
const contractMembers = fc
  .tuple(
    times.map((text) => ({ key: 'timestamp', value: JSON.stringify(text) })),
    fc.constantFrom('"info"', '"WARN"', '"x"', '"\\tinfo"').map((value) => ({ key: 'level', value })),
    texts.map((text) => ({ key: 'service', value: JSON.stringify(text) })),
    fieldsObjects.map((value) => ({ key: 'fields', value })),
    texts.map((text) => ({ key: 'message', value: JSON.stringify(text) })),
  )
  .chain((all) => fc.shuffledSubarray(all, { minLength: 2 }));
const contractLines = contractMembers.map(
  (all) => `{${all.map(({ key, value }) => `"${key}":${value}`).join(',')}}`,
);
/** Lines of JSON that are nearly the contract's, or broken. */
const jsonLines = fc
  .tuple(objectOf(fc.array(members, { maxLength: 6 })), fc.constantFrom('', '', '', ' ', '\n', 'x', '}'))
  .map(([object, end]) => `${object}${end}`);
const someLines = fc.array(
  fc.oneof(
    contractLines,
    contractLines,
    jsonLines,
    texts,
    fc.constantFrom('[ERROR] api: boom', '{"message":"m"}'),
  ),
  {
    maxLength: 12,
  },
);

/** UTF-8 has nothing for half a surrogate pair. */
const wellFormed = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

/** As JSON can say it. */
const asJson = (fields: LogLine['fields']): unknown => JSON.parse(JSON.stringify(fields));

/** What the feed makes of a line: a message in UTF-8, fields in JSON. */
const inColumns = (line: LogLine) => ({
  ...plainLine(line),
  message: wellFormed(line.message),
  fields: asJson(line.fields),
});

function searchedTextOf({ message, fields, service }: LogLine): string {
  const inFields = fields === null ? '' : fieldsText(fields);
  const parts = [message, ...(inFields === '' ? [] : [inFields]), ...(service === null ? [] : [service])];
  return wellFormed(parts.join('\n'));
}

const message = (data: unknown) => ({ id: null, event: 'message', data });

function linesOf(all: readonly string[]): readonly LogLine[] {
  const read = createLineReader();
  return all.flatMap((text) => {
    const result = read(message(text));
    return result.ok ? [result.value] : [];
  });
}

function expectedOf(text: string) {
  const line = readLogLine(text);
  return line.ok && inColumns(line.value);
}

describe('the lines of a feed', () => {
  it('are read as one by one, whatever they are', () => {
    fc.assert(
      fc.property(someLines, (all) => {
        const read = createLineReader();
        for (const text of all) {
          const [line, expected] = [read(message(text)), readLogLine(text)];
          if (!expected.ok) expect(line).toEqual(expected);
          else expect(line.ok && plainLine(line.value)).toEqual(inColumns(expected.value));
        }
      }),
      { numRuns: 2_000 },
    );
  }, 20_000);

  it('have the text that is searched, of those that were scanned and of the others', () => {
    fc.assert(
      fc.property(someLines, (all) => {
        const expected = all.flatMap((text) => {
          const line = readLogLine(text);
          return line.ok ? [searchedTextOf(line.value)] : [];
        });
        const block = packLines(linesOf(all));
        expect(Array.from({ length: block.count }, (_, index) => textAt(block.texts, index))).toEqual(
          expected,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('are scanned where they are as the contract has them', () => {
    const scanner = new JsonLineScanner();
    const entry = {
      timestamp: '2026-01-01T12:00:00.123Z',
      level: 'info',
      service: 'billing',
      message: 'paid €70.12 → "ok"',
      fields: { requestId: 'ab', total: 70.12, ok: true, none: null, stack: 'at one\n\tat two' },
    };
    expect(scanner.scan(JSON.stringify(entry))).toBe(true);
    expect(scanner).toMatchObject({ timeMs: Date.UTC(2026, 0, 1, 12, 0, 0, 123), service: 'billing' });
    // As Python's json writes it.
    expect(scanner.scan('{"level": "info", "message": "m", "fields": {"a": 1, "b": "x"}}')).toBe(true);
    expect(scanner.fieldCount).toBe(2);
    expect(scanner.scan(JSON.stringify({ ...entry, fields: { a: { b: 1 } } }))).toBe(false);
    expect(scanner.scan('{"message":"a","message":"b"}')).toBe(false);
  });

  it.each(NUMBERS)('have the number %s in their text as a script writes it', (number) => {
    const block = packLines(linesOf([`{"message":"m","fields":{"n":${number}}}`]));
    expect(textAt(block.texts, 0)).toBe(`m\nn=${Number(number)}`);
  });

  it.each([
    ['as many fields as there is room for', 16, true],
    ['one field more', 17, false],
  ])('are scanned, or not, with %s', (_, count, isScanned) => {
    const fields = Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, index]));
    expect(new JsonLineScanner().scan(JSON.stringify({ message: 'm', fields }))).toBe(isScanned);
  });

  it.each([
    [0, true],
    [1, false],
  ])('are scanned up to 16,384 characters, of three bytes each: %i more', (more, isScanned) => {
    const around = JSON.stringify({ message: '' }).length;
    const message = '€'.repeat(16_384 - around + more);
    const scanner = new JsonLineScanner();
    expect(scanner.scan(JSON.stringify({ message }))).toBe(isScanned);
    if (isScanned) expect(scanner.message.end - scanner.message.from).toBe(3 * message.length);
  });

  it('go over a port and are shown however deep their fields are, or are refused', () => {
    const nested = (levels: number) => {
      const inner = levels - 1;
      return `{"message":"deep","a":${'{"a":'.repeat(inner)}1${'}'.repeat(inner)}}`;
    };
    const read = createLineReader();
    const line = read(message(nested(64)));
    if (!line.ok) throw new Error(line.reason);
    const chunk = {
      type: 'chunk',
      byteLength: 1,
      messages: [{ ...message(''), value: line.value }],
      atMs: 0,
    } as const;
    const [sent] = structuredClone(mergeEvents([chunk], logsFeed));
    expect(sent).toMatchObject({ messages: [{ value: plainLine(line.value) }] });
    for (const levels of [65, 4_000, 50_000]) {
      for (const text of [nested(levels), `api-1  | ${nested(levels)}`])
        expect(read(message(text))).toEqual({ ok: false, reason: 'its fields are nested too deep' });
    }
    const next = read(message('{"message":"next"}'));
    expect(next.ok && plainLine(next.value)).toMatchObject({ message: 'next', fields: null });
  });

  it('are refused, and nothing of them is left in the next one, where reading them throws', () => {
    const read = createLineReader();
    const before = read(message('{"message":"before"}'));
    const reason = expect.stringContaining('it could not be read');
    // Found when the line is read, and when its fields are written after its message.
    const thrower = {
      get message() {
        throw new Error('no message today');
      },
    };
    expect(read(message(thrower))).toEqual({ ok: false, reason });
    expect(read(message({ message: 'half', count: 7n }))).toEqual({ ok: false, reason });
    const after = read(message('{"message":"after"}'));
    expect([before, after].map((line) => line.ok && line.value.message)).toEqual(['before', 'after']);
  });

  it('stay whole while they grow', () => {
    const all = Array.from({ length: 1_200 }, (_, index) => {
      const text = '€ "x"\n'.repeat(1 + index / 4);
      return JSON.stringify({ service: `s${index % 7}`, message: text, fields: { text, index } });
    });
    expect(linesOf(all).map(plainLine)).toEqual(all.map(expectedOf));
  });

  it('hold little more than their text once their block is full', () => {
    const long = JSON.stringify({ message: 'm', fields: { of: ['x'.repeat(20_000)] } });
    const [first] = linesOf(Array.from({ length: 60 }, () => long));
    const { block } = first as BlockLine;
    const held = block.texts.bytes.length + block.fields.bytes.length;
    expect(block.count).toBeLessThan(60);
    expect(held).toBeLessThan(1.4 * block.count * 2 * 20_000);
  });

  it('go over a port as they are, few or many', () => {
    for (const count of [3, 100]) {
      const all = Array.from({ length: count }, (_, index) =>
        JSON.stringify({ level: 'warn', message: `\u001b[31mm${index}`, fields: { index } }),
      );
      const messages = linesOf(all).map((value) => ({ id: null, event: 'message', value }));
      const chunk = { type: 'chunk', byteLength: 1, messages, atMs: 0 } as const;
      const sent = structuredClone(mergeEvents([chunk], logsFeed)).map((event) => unpacked(event, logsFeed));
      const received = sent.flatMap((event) => (event.type === 'chunk' ? event.messages : []));
      expect(received.map(({ value }) => plainLine(value))).toEqual(all.map(expectedOf));
    }
  });

  it('stay what they are when many have come after them', () => {
    const all = Array.from({ length: 2_000 }, (_, index) =>
      JSON.stringify({ service: `s${index % 7}`, message: `m${index}`, fields: { index } }),
    );
    const lines = linesOf(all);
    expect(lines.map(plainLine)).toEqual(all.map(expectedOf));
  });

  it('are packed in any order and from any block as they are', () => {
    fc.assert(
      fc.property(someLines, someLines, fc.array(fc.nat(30), { maxLength: 40 }), (one, other, picked) => {
        const all = [...linesOf(one), ...linesOf(other), ...one.map((text) => ({ ...BLANK, message: text }))];
        const lines = picked.flatMap((place) => all[place] ?? []);
        const inBlocks = lines.filter((line) => line.constructor !== Object);
        for (const some of [lines, inBlocks]) {
          const [block, again] = [packLines(some), packLines(some.map(plainLine))];
          expect(unpackLines(structuredClone(block)).map(({ value }) => plainLine(value))).toEqual(
            some.map(inColumns),
          );
          expect([block.texts, block.lowered, block.services]).toEqual([
            again.texts,
            again.lowered,
            again.services,
          ]);
        }
      }),
    );
  });
});

const BLANK: LogLine = { timeMs: null, level: null, service: null, message: '', fields: null };

describe('writeUtf8', () => {
  it('writes what TextEncoder does, halves of pairs too', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 });
    const any = fc.oneof(
      units.map((all) => String.fromCharCode(...all)),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(any, (text) => {
        const bytes = new Uint8Array(3 * text.length);
        const written = writeUtf8(text, bytes);
        expect(bytes.subarray(0, written)).toEqual(new TextEncoder().encode(text));
      }),
    );
  });
});

describe('times of lines that follow one another', () => {
  it('are read as each by itself', () => {
    const near = fc
      .integer({ min: 0, max: 200_000 })
      .map((ms) => new Date(Date.UTC(2026, 0, 1, 12) + ms).toISOString());
    const odd = fc.constantFrom(
      '2026-01-01T12:00:60.000Z',
      '2026-01-01T12:00:5x.000Z',
      '2026-01-01T12:00:00.000+',
    );
    /** The second is not what the first lets one think. */
    const pairs = fc.constantFrom(
      ['2026-01-01T24:00:00.000Z', '2026-01-01T24:00:30.000Z'],
      ['2026-1-1 (T12:00:10.000Z', '2026-1-1 (T12:00:20.000Z'],
    );
    const one = fc.oneof(near, near, times, odd).map((text) => [text]);
    const sequence = fc.array(fc.oneof(one, one, pairs), { maxLength: 20 }).map((all) => all.flat());
    fc.assert(
      fc.property(sequence, (all) => {
        const reader = new TimeReader();
        for (const text of all) {
          const bytes = new TextEncoder().encode(`"${text}"`);
          expect(reader.read(bytes, 1, bytes.length - 1)).toBe(readTime(text));
        }
      }),
    );
  });
});

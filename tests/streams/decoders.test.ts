import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBytesDecoder } from '../../src/streams/decoders/bytes.ts';
import { createCsvDecoder } from '../../src/streams/decoders/csv.ts';
import type { Decoder } from '../../src/streams/decoders/decoder.ts';
import { createJsonArrayDecoder } from '../../src/streams/decoders/json-array.ts';
import { createLinesDecoder, createNdjsonDecoder } from '../../src/streams/decoders/lines.ts';
import { createSseDecoder } from '../../src/streams/decoders/sse.ts';
import { createTextDecoder } from '../../src/streams/decoders/text.ts';
import { StreamError } from '../../src/streams/types.ts';
import { growthOver8Times, LINEAR_GROWTH } from './doubles/linear-time.ts';
import { bytesOf, cutAt, decodeAll, everySplit } from './doubles/splits.ts';

interface Vector {
  readonly name: string;
  readonly make: () => Decoder;
  readonly body: string;
  readonly data: readonly unknown[];
}

const vectors: readonly Vector[] = [
  { name: 'lines with LF', make: createLinesDecoder, body: 'a\nbé😀\n\nc\n', data: ['a', 'bé😀', '', 'c'] },
  { name: 'lines with CRLF', make: createLinesDecoder, body: 'a\r\nb\r\n', data: ['a', 'b'] },
  { name: 'a last line with no end', make: createLinesDecoder, body: 'a\nlast', data: ['a', 'last'] },
  { name: 'no lines', make: createLinesDecoder, body: '', data: [] },
  {
    name: 'NDJSON with blank lines and a broken row',
    make: createNdjsonDecoder,
    body: '{"a":1}\n\n  \r\n{broken\n{"é":"😀"}',
    data: ['{"a":1}', '{broken', '{"é":"😀"}'],
  },
  {
    name: 'NDJSON in data: lines',
    make: createNdjsonDecoder,
    body: 'data: {"a":1}\n\ndata:{"b":"data: x"}\n\n',
    data: ['{"a":1}', '{"b":"data: x"}'],
  },
  {
    name: 'a JSON array',
    make: createJsonArrayDecoder,
    body: ' \n[{"a":[1,2,{"b":null}]},\n"é😀\\n", 3.5e2 , true, []]\n',
    data: [{ a: [1, 2, { b: null }] }, 'é😀\n', 350, true, []],
  },
  { name: 'an empty JSON array', make: createJsonArrayDecoder, body: '[]', data: [] },
  { name: 'an empty body for a JSON array', make: createJsonArrayDecoder, body: ' ', data: [] },
  {
    name: 'one JSON object for a JSON array',
    make: createJsonArrayDecoder,
    body: '{"rows":[1,2]}',
    data: [{ rows: [1, 2] }],
  },
  {
    name: 'JSON objects one after another for a JSON array',
    make: createJsonArrayDecoder,
    body: '{"a":1}\n{"a":2}{"a":3}\n',
    data: [{ a: 1 }, { a: 2 }, { a: 3 }],
  },
  {
    name: 'CSV with CRLF, quotes, commas and line ends in fields',
    make: createCsvDecoder,
    body: 'id,name,note\r\n1,"A, b","line\r\nbreak ""q"""\r\n2,é😀,\r\n3,"x","y"\r\n',
    data: [
      { id: '1', name: 'A, b', note: 'line\r\nbreak "q"' },
      { id: '2', name: 'é😀', note: '' },
      { id: '3', name: 'x', note: 'y' },
    ],
  },
  {
    name: 'CSV with a BOM, LF and a last row with no end',
    make: createCsvDecoder,
    body: '\uFEFFa,b\n1,2\n\n3,4',
    data: [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  },
  {
    name: 'CSV whose rows have too few and too many fields',
    make: createCsvDecoder,
    body: 'a,b\n1\n1,2,3\n4,5\n',
    data: ['1', '1,2,3', { a: '4', b: '5' }],
  },
  {
    name: 'CSV with a quote that is broken and one that is never closed',
    make: createCsvDecoder,
    body: 'a,b\n1,"x"y"\n2,ok\n3,"never\n',
    data: ['1,x"y', { a: '2', b: 'ok' }, '3,never\n'],
  },
  { name: 'a CSV header alone', make: createCsvDecoder, body: 'a,b\r\n', data: [] },
  {
    name: 'an event stream',
    make: createSseDecoder,
    body: '\uFEFF: hi\nretry: 10\n\nid: 1\ndata: a\ndata:b\n\nevent: x\nid: é\ndata\n\nnonsense\ndata: 😀\n\ndata: unfinished\n',
    data: ['a\nb', '', '😀'],
  },
  {
    name: 'an event stream with CRLF',
    make: createSseDecoder,
    body: 'data: a\r\n\r\ndata: b\r\ndata: c\r\n\r\n',
    data: ['a', 'b\nc'],
  },
  {
    name: 'an event stream with CR that ends in CR',
    make: createSseDecoder,
    body: 'data: a\r\rdata: b\rdata: c\r\r',
    data: ['a', 'b\nc'],
  },
];

describe('every decoder, whole, byte by byte and split at every point', () => {
  test.each(vectors)('$name', ({ make, body, data }) => {
    for (const chunks of everySplit(body)) {
      expect(decodeAll(make(), chunks).map((message) => message.data)).toEqual(data);
    }
  });

  test('text', () => {
    for (const chunks of everySplit('\uFEFFaé😀\r\nb')) {
      const messages = decodeAll(createTextDecoder(), chunks);
      expect(messages.map(({ data }) => data).join('')).toBe('aé😀\r\nb');
      expect(messages.every(({ data }) => data !== '')).toBe(true);
    }
  });

  test('bytes', () => {
    const [whole] = decodeAll(createBytesDecoder(), [Uint8Array.of(0, 255, 13)]);
    expect(whole?.data).toEqual(Uint8Array.of(0, 255, 13));
  });
});

describe('rows are handed over at their own end, not when the next one starts', () => {
  test.each([
    ['lines', createLinesDecoder(), 'a\n', 1],
    ['NDJSON', createNdjsonDecoder(), '{"a":1}\n', 1],
    ['CSV', createCsvDecoder(), 'a,b\r\n1,"2"\r\n', 1],
    ['CSV with LF', createCsvDecoder(), 'a,b\n1,2\n', 1],
    ['JSON array', createJsonArrayDecoder(), '[{"a":1}', 1],
    ['event stream', createSseDecoder(), 'data: a\r\r', 1],
  ])('%s', (_name, decoder, chunk, count) => {
    expect(decoder.decode(bytesOf(chunk))).toHaveLength(count);
  });
});

describe('an event stream', () => {
  const events = (body: string) => decodeAll(createSseDecoder(), [bytesOf(body)]);

  test('keeps the last event ID until another one comes, and takes an empty one as its end', () => {
    const ids = events('data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid\ndata: d\n\ndata: e\n\n').map(
      ({ id }) => id,
    );
    expect(ids).toEqual([null, '1', '1', '', '']);
  });

  test('ignores an ID that holds NUL', () => {
    expect(events('id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n').map(({ id }) => id)).toEqual(['1', '1']);
  });

  test('takes the last event type of an event, and message for an empty one', () => {
    const types = events('event: a\nevent: b\ndata: 1\n\nevent:\ndata: 2\n\ndata: 3\n\n');
    expect(types.map(({ event }) => event)).toEqual(['b', 'message', 'message']);
  });

  test.each([
    ['retry: 1500\n', 1_500],
    ['retry: 0\n', 0],
    ['retry: 1500x\n', null],
    ['retry: -1\n', null],
    ['retry:\n', null],
  ])('reads the reconnection time of %j', (body, delayMs) => {
    const decoder = createSseDecoder();
    decoder.decode(bytesOf(body));
    expect(decoder.takeReconnectionTime?.()).toBe(delayMs);
    expect(decoder.takeReconnectionTime?.()).toBeNull();
  });

  test.each([
    ['one line', 'x'.repeat(4_096)],
    ['many lines', `\ndata: ${'x'.repeat(4_089)}`],
    ['comments after an ID', `\n: ${'x'.repeat(4_093)}`],
  ])(
    'reads an event of 10 MiB of %s in small chunks, in linear time',
    async (_name, text) => {
      const piece = bytesOf(text);
      const readEvent = (pieces: number) => {
        const decoder = createSseDecoder();
        decoder.decode(bytesOf('id: 1\ndata: '));
        for (let index = 0; index < pieces; index += 1) decoder.decode(piece);
        expect(decoder.decode(bytesOf('\n\n'))).toHaveLength(1);
      };
      expect(await growthOver8Times(readEvent, 320)).toBeLessThan(LINEAR_GROWTH);
    },
    60_000,
  );
});

describe('a body that can not be read on', () => {
  test('gives the elements before the broken one first', () => {
    const decoder = createJsonArrayDecoder();
    expect(decoder.decode(bytesOf('[1,2,}')).map(({ data }) => data)).toEqual([1, 2]);
    expect(() => decoder.decode(bytesOf('3'))).toThrow(StreamError);
  });

  test('is said when a JSON array ends in the middle', () => {
    const decoder = createJsonArrayDecoder();
    decoder.decode(bytesOf('[{"a":1},{"b"'));
    expect(() => decoder.end()).toThrow(/JSON is broken/);
  });

  test('is said when one line is endless', () => {
    const decoder = createLinesDecoder();
    const piece = new Uint8Array(1024 * 1024).fill(97);
    expect(() => {
      for (let index = 0; index < 66; index += 1) decoder.decode(piece);
    }).toThrow(/longer than 64 MiB/);
  });

  test('is said when a quote in CSV is never closed', () => {
    const decoder = createCsvDecoder();
    const piece = new Uint8Array(1024 * 1024).fill(97);
    decoder.decode(bytesOf('a\n"'));
    expect(() => {
      for (let index = 0; index < 10; index += 1) decoder.decode(piece);
    }).toThrow(/quote may be missing/);
  });
});

describe('whatever the rows and wherever the cuts', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 8 });
  const noLineEnd = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\uFEFF]/g, ''));

  test('lines come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(noLineEnd), cuts, (lines, points) => {
        const chunks = cutAt(bytesOf(lines.map((line) => `${line}\n`).join('')), points);
        expect(decodeAll(createLinesDecoder(), chunks).map(({ data }) => data)).toEqual(lines);
      }),
    );
  });

  test('JSON values come out as they went in, as an array and as NDJSON', () => {
    const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 2, depthSize: 'xsmall' });
    fc.assert(
      fc.property(fc.array(json, { maxLength: 5 }), cuts, (values, points) => {
        const rows = JSON.parse(JSON.stringify(values)) as unknown[];
        const array = decodeAll(createJsonArrayDecoder(), cutAt(bytesOf(JSON.stringify(rows)), points));
        expect(array.map(({ data }) => data)).toEqual(rows);
        const ndjson = bytesOf(rows.map((row) => JSON.stringify(row)).join('\n'));
        const lines = decodeAll(createNdjsonDecoder(), cutAt(ndjson, points));
        expect(lines.map(({ data }) => JSON.parse(data as string))).toEqual(rows);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test('CSV fields come out as they went in', () => {
    const field = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\uFEFF/g, ''));
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field)), cuts, (rows, points) => {
        // A CR before the closing quote of a row's last field can't be told from half a CRLF.
        const kept = rows.map(([a, b]) => [a, b.replace(/\r$/, '')] as const);
        const body = ['"a","b"', ...kept.map((row) => row.map(quoted).join(','))].join('\r\n');
        const messages = decodeAll(createCsvDecoder(), cutAt(bytesOf(`${body}\r\n`), points));
        expect(messages.map(({ data }) => data)).toEqual(kept.map(([a, b]) => ({ a, b })));
      }),
    );
  });

  test('events come out as they went in, with any line end', () => {
    const event = fc.record({
      id: noLineEnd.map((text) => text.replace(/\0/g, '')),
      lines: fc.array(noLineEnd, { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom('\n', '\r', '\r\n'), cuts, (sent, end, points) => {
        const body = sent
          .map(({ id, lines }) => [`id: ${id}`, ...lines.map((line) => `data: ${line}`), '', ''].join(end))
          .join('');
        const messages = decodeAll(createSseDecoder(), cutAt(bytesOf(body), points));
        expect(messages).toEqual(
          sent.map(({ id, lines }) => ({ id, event: 'message', data: lines.join('\n') })),
        );
      }),
    );
  });
});

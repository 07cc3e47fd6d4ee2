import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TolerantQuote, tolerantQuoteSchema } from '../../src/contract/ticker.ts';
import { readQuote } from '../../src/panels/ticker/read-quote.ts';
import { parseJson } from '../../src/streams/parse-json.ts';

const bySchema = parseJson<TolerantQuote>(tolerantQuoteSchema);
const message = (data: unknown) => ({ id: null, event: 'message', data });

const anything = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true }),
  fc.constant(null),
  fc.boolean(),
  fc.constant(''),
);
/** Mostly right: what is wrong is wrong in one place. */
const field = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const quotes = fc.record(
  {
    stock: field(fc.constantFrom('AAPL', 'BRK.B')),
    price: field(number),
    change: field(number),
    changePercent: field(number),
    volume: field(fc.integer({ min: -3, max: 1_000_000 })),
    timestamp: field(fc.constantFrom('2026-01-01T12:00:00.000Z', 1_767_268_800)),
    exchange: field(fc.constant('XNAS')),
  },
  { requiredKeys: ['stock', 'price'] },
);

describe('readQuote', () => {
  it('says what the schema says, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: quotes as fc.Arbitrary<unknown> }, fc.json()), (value) => {
        const data = typeof value === 'string' ? value : JSON.stringify(value);
        expect(readQuote(message(data))).toEqual(bySchema(message(data)));
      }),
      { numRuns: 500 },
    );
  });

  const tooLarge =
    '{"stock":"A","price":1e999,"change":0,"changePercent":0,"volume":1,"timestamp":"2026-01-01T12:00:00Z"}';
  it.each([['{"stock":'], [tooLarge], [''], ['null'], ['[]'], ['7'], [7]])(
    'says of %j what the schema says',
    (data) => {
      const read = readQuote(message(data));
      expect(read).toEqual(bySchema(message(data)));
      expect(read.ok).toBe(false);
    },
  );
});

import { type TolerantQuote, tolerantQuoteSchema } from '../../contract/ticker.ts';
import { parseJson } from '../../streams/parse-json.ts';
import type { ParseMessage } from '../../streams/types.ts';

const checkQuote = parseJson<TolerantQuote>(tolerantQuoteSchema);

/** JSON text -> a quote. The schema itself is asked only where it is not plain to see what it says: a feed may have 100,000 quotes a second. */
export const readQuote: ParseMessage<TolerantQuote> = (message) => {
  const quote = plainQuote(message.data);
  return quote === null ? checkQuote(message) : { ok: true, value: quote };
};

/** JSON can write numbers that are too large for one. */
const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value);

/** A quote as our backend sends it; null for whatever is in any way different. */
function plainQuote(data: unknown): TolerantQuote | null {
  if (typeof data !== 'string') return null;
  let value: Readonly<Record<keyof TolerantQuote, unknown>>;
  try {
    value = JSON.parse(data);
  } catch {
    // The schema's way says what is wrong with it.
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { stock, price, change, changePercent, volume, timestamp } = value;
  const isPlain =
    typeof stock === 'string' &&
    stock !== '' &&
    isFiniteNumber(price) &&
    isFiniteNumber(change) &&
    isFiniteNumber(changePercent) &&
    isFiniteNumber(volume) &&
    volume >= 0 &&
    typeof timestamp === 'string';
  return isPlain ? { stock, price, change, changePercent, volume, timestamp } : null;
}

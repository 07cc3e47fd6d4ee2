import { z } from 'zod';
import {
  decimalNumber,
  defineStream,
  gapEventSchema,
  lastEventIdParameter,
  tolerantTimestamp,
} from './endpoint.ts';

/** One trade of one symbol. `change` is against the session's opening price, in the price's currency. */
export const quoteSchema = z
  .object({
    stock: z.string(),
    price: z.number(),
    change: z.number(),
    changePercent: z.number(),
    /** Shares traded in this session so far. */
    volume: z.number().int().nonnegative(),
    /** ISO 8601, UTC. */
    timestamp: z.string(),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof quoteSchema>;

/** A quote as plain backends send it: `{stock, price, change}` and whatever else they know. */
export const tolerantQuoteSchema = z.object({
  stock: z.string().min(1),
  price: z.number(),
  change: z.number().optional(),
  changePercent: z.number().optional(),
  volume: z.number().nonnegative().optional(),
  timestamp: tolerantTimestamp.optional(),
});
export type TolerantQuote = z.infer<typeof tolerantQuoteSchema>;

/** What a symbol looks like: `AAPL`, `BRK.B`, `RDS-A`. */
export const SYMBOL_PATTERN = /^[A-Z][A-Z0-9.-]{0,9}$/;

export const DEFAULT_SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'NVDA', 'META', 'TSLA', 'NFLX'] as const;

/** The symbols one feed can carry. */
export const MAX_SYMBOLS = 50;

const symbolsError = `must be 1 to ${MAX_SYMBOLS} symbols joined by commas, such as AAPL,MSFT`;

const tickerQuerySchema = z.object({
  symbols: z
    .string()
    .max(MAX_SYMBOLS * 11, { error: symbolsError })
    .default(DEFAULT_SYMBOLS.join(','))
    .refine(
      (text) => {
        const symbols = text.split(',');
        return symbols.length <= MAX_SYMBOLS && symbols.every((symbol) => SYMBOL_PATTERN.test(symbol));
      },
      { error: symbolsError },
    )
    .meta({ description: 'Symbols joined by commas' }),
  rate: decimalNumber({
    min: 0.1,
    max: 100_000,
    default: 10,
    description: 'Events a second, over all symbols',
  }),
  lastEventId: lastEventIdParameter,
});

export const tickerEndpoint = defineStream({
  family: 'ticker',
  method: 'get',
  path: '/stream/stock-ticker',
  summary: 'Live prices, resumable',
  query: tickerQuerySchema,
  format: 'sse',
  mediaType: 'text/event-stream',
  events: { message: quoteSchema, gap: gapEventSchema },
  ends: false,
});

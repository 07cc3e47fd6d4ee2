import type { TolerantQuote } from '../../contract/ticker.ts';
import type { FeedKind } from '../../streams/shared/feed-kind.ts';
import { latestWithSamples } from '../../streams/shared/feed-windows.ts';
import type { StreamMessage } from '../../streams/types.ts';
import { readQuote } from './read-quote.ts';
import { MAX_ROWS } from './ticker-store.ts';

/** As fine as the panel's own samples. */
const SAMPLE_INTERVAL_MS = 1_000;
/** A new tab has its chart at once: five minutes of it, where each second has four prices that count. */
const QUOTES_FOR_NEWCOMERS = 1_200;

/** The ticker's feed, as all tabs share it. */
export const tickerFeed: FeedKind<TolerantQuote> = {
  name: 'ticker',
  label: 'Stock ticker',
  createParse: () => readQuote,
  createWindow: () =>
    latestWithSamples(({ stock }) => stock, {
      intervalMs: SAMPLE_INTERVAL_MS,
      messagesPerKey: QUOTES_FOR_NEWCOMERS,
      keys: MAX_ROWS,
      amountOf: ({ price }) => price,
    }),
  conflate: thatMatter,
};

interface Extremes {
  last: StreamMessage<TolerantQuote>;
  /** The newest of another price than the last: it says which way the last one went. */
  before: StreamMessage<TolerantQuote>;
  high: StreamMessage<TolerantQuote>;
  low: StreamMessage<TolerantQuote>;
}

/** Of each symbol the last price, the one that it came from, and those that are high or low of the session if any is. */
function thatMatter(
  messages: readonly StreamMessage<TolerantQuote>[],
): readonly StreamMessage<TolerantQuote>[] {
  const bySymbol = new Map<string, Extremes>();
  for (const message of messages) {
    const { stock, price } = message.value;
    const extremes = bySymbol.get(stock);
    if (extremes === undefined) {
      bySymbol.set(stock, { last: message, before: message, high: message, low: message });
      continue;
    }
    if (price !== extremes.last.value.price) extremes.before = extremes.last;
    extremes.last = message;
    if (price > extremes.high.value.price) extremes.high = message;
    if (price < extremes.low.value.price) extremes.low = message;
  }
  const kept = new Set(
    [...bySymbol.values()].flatMap((extremes) =>
      Object.values<StreamMessage<TolerantQuote>>({ ...extremes }),
    ),
  );
  // The newest message stays the last: its ID is the feed's.
  return messages.filter((message) => kept.has(message));
}

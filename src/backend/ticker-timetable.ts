import type { Quote } from '../contract/ticker.ts';
import type { Market } from './market.ts';
import { hashText, seededRandom } from './noise.ts';
import { steadyPace, type Timetable } from './timed-feed.ts';

/** The length of the order in which symbols trade before it repeats. Prices don't repeat with it. */
const ORDER_LENGTH = 1_024;

export function tickerTimetable(market: Market, symbols: readonly string[], rate: number): Timetable {
  const order = tradingOrder(market, symbols);
  // Each symbol once before that, so that a watch list fills at once.
  const symbolOf = (index: number) =>
    symbols[index] ?? order[(index - symbols.length) % order.length] ?? symbols[0] ?? '';
  return {
    ...steadyPace(rate),
    payload: (sequence, atMs) => quoteJson(market.quote(symbolOf(sequence - 1), atMs)),
  };
}

/** Each symbol as often as its activity asks, at least once, spread over the whole length with some disorder. */
export function tradingOrder(market: Market, symbols: readonly string[]): readonly string[] {
  const random = seededRandom(hashText(symbols.join(',')));
  const total = symbols.reduce((sum, symbol) => sum + market.activity(symbol), 0);
  const turns = symbols.flatMap((symbol) => {
    const count = Math.max(1, Math.round((ORDER_LENGTH * market.activity(symbol)) / total));
    return Array.from({ length: count }, (_, turn) => ({ symbol, place: (turn + random()) / count }));
  });
  return turns.sort((a, b) => a.place - b.place).map((turn) => turn.symbol);
}

/** A third of the cost of `JSON.stringify`; safe because symbols hold no quote or backslash and numbers are finite. */
function quoteJson(quote: Quote): string {
  return `{"stock":"${quote.stock}","price":${quote.price},"change":${quote.change},"changePercent":${quote.changePercent},"volume":${quote.volume},"timestamp":"${quote.timestamp}"}`;
}

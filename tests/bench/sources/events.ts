const SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'NVDA', 'META', 'TSLA', 'NFLX'];
const LEVELS = ['debug', 'info', 'info', 'info', 'info', 'warn', 'info', 'error'];
const SERVICES = ['gateway', 'payments', 'search', 'auth'];
const TIMESTAMP = '2026-01-01T12:00:00.000Z';

/** One event of an event stream, complete, by its number. */
export type EventText = (sequence: number) => string;

/** As long as what our backend sends, and each different. */
export const tickerEvent: EventText = (sequence) => {
  const stock = SYMBOLS[sequence % SYMBOLS.length];
  const price = (180 + (sequence % 997) / 100).toFixed(2);
  return `id: b3nch00001-${sequence}\ndata: {"stock":"${stock}","price":${price},"change":-0.4,"changePercent":-0.22,"volume":${sequence},"timestamp":"${TIMESTAMP}"}\n\n`;
};

export const logEvent: EventText = (sequence) => {
  const level = LEVELS[sequence % LEVELS.length];
  const service = SERVICES[sequence % SERVICES.length];
  return `id: b3nch00001-${sequence}\ndata: {"timestamp":"${TIMESTAMP}","level":"${level}","service":"${service}","message":"GET /orders/${sequence} answered after ${sequence % 250} ms","fields":{"status":200,"requestId":"r-${sequence}"}}\n\n`;
};

const CHUNK_EVENTS = 400;

/** The events numbered `from` to `to`, both with, in chunks of about 64 kB. */
export function* eventChunks(eventOf: EventText, from: number, to: number): Generator<Buffer> {
  for (let first = from; first <= to; first += CHUNK_EVENTS) {
    let text = '';
    const last = Math.min(to, first + CHUNK_EVENTS - 1);
    for (let sequence = first; sequence <= last; sequence += 1) text += eventOf(sequence);
    yield Buffer.from(text);
  }
}

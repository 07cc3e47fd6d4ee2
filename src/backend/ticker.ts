import { tickerEndpoint } from '../contract/ticker.ts';
import type { BackendContext } from './context.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { eventStreamResponse } from './event-stream.ts';
import { feedPosition } from './feed-position.ts';
import { FeedRegistry } from './feed-registry.ts';
import { Market } from './market.ts';
import { tickerTimetable } from './ticker-timetable.ts';
import { TimedFeed } from './timed-feed.ts';

/** A fresh reader gets the last quote at once, however slow the feed. */
const BACKLOG = 1;

/** @param endpoint the contract's, or one like it with other bounds: what this code can do is more than what a client may ask for. */
export function registerTicker(
  context: BackendContext,
  endpoint: typeof tickerEndpoint = tickerEndpoint,
): void {
  const market = new Market();
  const feeds = new FeedRegistry();
  registerEndpoint(context, endpoint, (c, { query }) => {
    const symbols = [...new Set(query.symbols.split(','))];
    const position = feedPosition(c, query.lastEventId, BACKLOG);
    return eventStreamResponse(c, (signal) => {
      const feed = feeds.get(`${symbols.join(',')} ${query.rate}`, () => {
        const timetable = tickerTimetable(market, symbols, query.rate);
        return new TimedFeed({ timetable, clock: context.clock, now: context.now });
      });
      return feed.read(position, signal);
    });
  });
}

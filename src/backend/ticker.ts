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

export function registerTicker(context: BackendContext): void {
  const market = new Market();
  const feeds = new FeedRegistry();
  registerEndpoint(context, tickerEndpoint, (c, { query }) => {
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

import { logsFeed } from '../panels/logs/logs-feed.ts';
import { tickerFeed } from '../panels/ticker/ticker-feed.ts';
import { pageConnections } from '../streams/connection-slots.ts';
import { createFeedHub } from '../streams/shared/feed-hub.ts';
import { overMessagePort } from '../streams/shared/port-messages.ts';
import { webLocks } from '../streams/shared/web-lock.ts';

/** The shared worker: it holds each live feed once, for all tabs of this browser. */
const hub = createFeedHub({ kinds: [tickerFeed, logsFeed], slots: pageConnections, locks: webLocks() });

globalThis.addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port) hub.connect(overMessagePort(port));
});

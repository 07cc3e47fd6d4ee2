import { authorizationHeaders, eventTransport, eventTransportWithHeaders } from '../choose-transport.ts';
import type { SubscribeOptions } from '../subscribe-options.ts';
import type { FeedKind, FeedSource } from './feed-kind.ts';

/** How a feed is read, be it in the worker for all tabs or in a page for itself. */
export function feedOptions<T>(
  { createParse, label }: FeedKind<T>,
  { url, token, fast }: FeedSource,
): Omit<SubscribeOptions<T>, 'signal'> {
  const target = { baseUrl: '', token };
  return {
    request: { url, headers: authorizationHeaders(target) },
    transport: fast ? eventTransportWithHeaders() : eventTransport(target),
    parse: createParse(),
    lifetime: 'endless',
    reconnect: 'always',
    label,
  };
}

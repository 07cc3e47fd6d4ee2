import { LAST_EVENT_ID_HEADER } from '../contract/endpoint.ts';
import type { BackendRequestContext } from './context.ts';
import type { FeedPosition } from './live-feed.ts';

/**
 * Where a request wants to go on. The header wins: a native `EventSource` whose URL names an older ID sends the newer
 * one there when it reconnects.
 */
export function feedPosition(
  c: BackendRequestContext,
  queryId: string | undefined,
  backlog: number,
): FeedPosition {
  return { lastEventId: c.req.header(LAST_EVENT_ID_HEADER) || queryId || null, backlog };
}

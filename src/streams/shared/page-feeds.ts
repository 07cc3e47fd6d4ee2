import { pageConnections } from '../connection-slots.ts';
import type { FeedKind } from './feed-kind.ts';
import { createFeedReader, type FeedReader } from './feed-reader.ts';
import { createWorkerLinks } from './worker-links.ts';

/** This page's way to the worker that holds the feeds. */
export const feedWorker = createWorkerLinks();

/** A reader of a live feed that all tabs of this browser share, or of the page's own where there is no worker. */
export function createPageFeedReader<T>(kind: FeedKind<T>): FeedReader<T> {
  return createFeedReader(kind, { links: feedWorker, slots: pageConnections });
}

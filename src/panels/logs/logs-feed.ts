import type { FeedKind } from '../../streams/shared/feed-kind.ts';
import { lastMessages } from '../../streams/shared/feed-windows.ts';
import { type LineBlock, plainLine, unpackLines } from './line-block.ts';
import { createLineReader } from './line-reader.ts';
import type { LogLine } from './log-line.ts';
import { packMessages } from './pack-lines.ts';

/** What a new tab sees of the past, and what a slow one finds again after it was overtaken. */
const LINES_FOR_NEWCOMERS = 5_000;

/** The log's feed, as all tabs share it. */
export const logsFeed: FeedKind<LogLine> = {
  name: 'logs',
  label: 'Live logs',
  createParse: createLineReader,
  packing: {
    pack: packMessages,
    unpack: (packed) => unpackLines(packed as LineBlock),
    plain: plainLine,
  },
  resumesWhenReadAgain: true,
  createWindow: () => lastMessages(LINES_FOR_NEWCOMERS),
};

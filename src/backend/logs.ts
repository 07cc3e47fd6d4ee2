import { liveLogsEndpoint, plainLogsEndpoint } from '../contract/logs.ts';
import type { BackendContext } from './context.ts';
import { DemoLog } from './demo-log.ts';
import { parametersProblem, registerEndpoint } from './endpoint-route.ts';
import { eventStreamResponse } from './event-stream.ts';
import { feedPosition } from './feed-position.ts';
import { FeedRegistry } from './feed-registry.ts';
import { FileLog } from './file-log.ts';
import type { FeedFormat } from './live-feed.ts';
import { streamResponse } from './stream-response.ts';
import { TimedFeed } from './timed-feed.ts';

/** What a fresh reader gets of each source before anything new. */
const BACKLOG = { demo: 1, requests: 50, file: 100 } as const;

export function registerLogs(context: BackendContext): void {
  const { logFile } = context.options;
  const fileLog = logFile === null ? null : new FileLog(logFile, { now: context.now });
  const demo = createDemo(context);
  registerEndpoint(context, liveLogsEndpoint, (c, { query }) => {
    const { source, level, rate } = query;
    const position = feedPosition(c, query.lastEventId, BACKLOG[source]);
    switch (source) {
      case 'demo':
        return eventStreamResponse(c, (signal) => demo.events(level, rate).read(position, signal));
      case 'requests':
        return eventStreamResponse(c, (signal) => context.requestLog.read(level, position, signal));
      case 'file':
        if (fileLog === null) return parametersProblem([NO_LOG_FILE]);
        return eventStreamResponse(c, (signal) => fileLog.read(level, position, signal));
    }
  });
  registerEndpoint(context, plainLogsEndpoint, (c, { query }) =>
    streamResponse(c, { mediaType: plainLogsEndpoint.mediaType }, (signal) =>
      demo.lines(query.rate).read({ lastEventId: null, backlog: BACKLOG.demo }, signal),
    ),
  );
}

const NO_LOG_FILE = {
  name: 'source',
  reason: 'cannot be file, because LOG_FILE is not set on this server',
};

/** Lines as they are. Text has no IDs, so a gap can only be said in its own words. */
const textFormat: FeedFormat = {
  event: (_id, payload) => `${payload}\n`,
  gap: (_id, missed) => `[WARN] demo: ${missed} lines missed by this reader\n`,
};

function createDemo({ clock, now }: BackendContext) {
  let written: DemoLog | undefined;
  // Written at first use: it takes longer than the rest of the app's start.
  const log = () => {
    written ??= new DemoLog();
    return written;
  };
  const feeds = new FeedRegistry();
  return {
    events: (level: Parameters<DemoLog['timetable']>[0], rate: number): TimedFeed =>
      feeds.get(
        `events ${level} ${rate}`,
        () => new TimedFeed({ timetable: log().timetable(level, rate, 'json'), clock, now }),
      ),
    lines: (rate: number): TimedFeed =>
      feeds.get(
        `lines ${rate}`,
        () =>
          new TimedFeed({
            timetable: log().timetable('trace', rate, 'text'),
            format: textFormat,
            clock,
            now,
          }),
      ),
  };
}

import { z } from 'zod';
import { decimalNumber, defineStream, gapEventSchema, lastEventIdParameter } from './endpoint.ts';

/** From the least to the most severe. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export const logLevelSchema = z.enum(LOG_LEVELS);
export type LogLevel = z.infer<typeof logLevelSchema>;

export const LOG_SOURCES = ['demo', 'requests', 'file'] as const;
export type LogSource = (typeof LOG_SOURCES)[number];

/** What this backend sends. What others may send instead, JSON of other loggers or plain text, is what `log-lines/` reads. */
export const logEntrySchema = z
  .object({
    /** ISO 8601, UTC. */
    timestamp: z.string(),
    level: logLevelSchema,
    service: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'LogEntry' });
export type LogEntry = z.infer<typeof logEntrySchema>;

const logsQuerySchema = z.object({
  source: z
    .enum(LOG_SOURCES, { error: `must be one of ${LOG_SOURCES.join(', ')}` })
    .default('demo')
    .meta({
      description:
        "demo: made up; requests: this server's own request log; file: LOG_FILE, followed as tail -F does",
    }),
  level: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('trace')
    .meta({ description: 'The least severe level to send' }),
  rate: decimalNumber({
    min: 0.1,
    max: 100_000,
    default: 5,
    description: 'Lines a second, for the demo source',
  }),
  lastEventId: lastEventIdParameter,
});

export const liveLogsEndpoint = defineStream({
  family: 'logs',
  method: 'get',
  path: '/stream/live-logs',
  summary: 'Live log lines, resumable',
  query: logsQuerySchema,
  format: 'sse',
  mediaType: 'text/event-stream',
  events: { message: logEntrySchema, gap: gapEventSchema },
  ends: false,
});

export const plainLogsEndpoint = defineStream({
  family: 'logs',
  method: 'get',
  path: '/logs',
  summary: 'The demo log as plain text lines',
  query: z.object({
    rate: decimalNumber({ min: 0.1, max: 100_000, default: 5, description: 'Lines a second' }),
  }),
  format: 'lines',
  mediaType: 'text/plain; charset=utf-8',
  item: z.string(),
  ends: false,
});

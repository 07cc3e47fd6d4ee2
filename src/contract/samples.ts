import { z } from 'zod';
import { defineStream, delayMsParameter, wholeNumber } from './endpoint.ts';

const countParameter = (defaultCount: number) =>
  wholeNumber({ min: 1, max: 10_000, default: defaultCount, description: 'How many items before the end' });

const sampleQuery = (count: number, delayMs: number) =>
  z.object({ count: countParameter(count), delay: delayMsParameter(delayMs) });

const PLAIN_TEXT = 'text/plain; charset=utf-8';

const textSample = <Query extends z.ZodObject>(
  path: `/${string}`,
  summary: string,
  query: Query,
  format: 'text' | 'lines',
) =>
  defineStream({
    family: 'samples',
    method: 'get',
    path,
    summary,
    query,
    format,
    mediaType: PLAIN_TEXT,
    item: z.string(),
    ends: true,
  });

export const characterTextEndpoint = textSample(
  '/stream/text',
  'Text, character by character',
  z.object({ delay: delayMsParameter(20) }),
  'text',
);
export const wordTextEndpoint = textSample(
  '/stream/async-text',
  'Text, word by word',
  z.object({ delay: delayMsParameter(80) }),
  'text',
);
export const plainStreamEndpoint = textSample(
  '/plain-stream',
  'Text lines, one at a time',
  sampleQuery(10, 300),
  'lines',
);
export const toyStreamEndpoint = textSample(
  '/toy-stream',
  'Text lines, one at a time',
  sampleQuery(10, 300),
  'lines',
);
export const dummyCounterEndpoint = textSample(
  '/dummy-counter',
  'A counter, a line each',
  sampleQuery(10, 300),
  'lines',
);

export const sampleObjectSchema = z.object({ id: z.number().int(), message: z.string() });

export const jsonSampleEndpoint = defineStream({
  family: 'samples',
  method: 'get',
  path: '/stream/json',
  summary: 'NDJSON objects, one at a time',
  query: sampleQuery(10, 300),
  format: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  item: sampleObjectSchema,
  ends: true,
});

const sseSample = (path: `/${string}`, summary: string) =>
  defineStream({
    family: 'samples',
    method: 'get',
    path,
    summary,
    query: sampleQuery(10, 300),
    format: 'sse',
    mediaType: 'text/event-stream',
    events: { message: sampleObjectSchema },
    ends: true,
  });

export const sseSampleEndpoint = sseSample('/stream/sse', 'A short event stream that ends');
export const eventsSampleEndpoint = sseSample('/events', 'The same as /stream/sse');
export const shortSseSampleEndpoint = sseSample('/sse', 'The same as /stream/sse');

export const negotiatedEndpoint = defineStream({
  family: 'samples',
  method: 'get',
  path: '/stream',
  summary: 'By Accept: an event stream of Message 1, Message 2, …, else text lines Number: 1, …',
  query: sampleQuery(10, 300),
  format: 'lines',
  mediaType: PLAIN_TEXT,
  item: z.string(),
  ends: true,
});

/** The event types of `/dummy-events`. */
export const DUMMY_EVENT_TYPES = ['update', 'alert', 'info'] as const;
const dummyEventSchema = z.object({ id: z.number().int(), message: z.string(), timestamp: z.string() });

export const dummyEventsEndpoint = defineStream({
  family: 'samples',
  method: 'get',
  path: '/dummy-events',
  summary: 'An event stream without end, of event types update, alert and info',
  query: z.object({ delay: delayMsParameter(1_000) }),
  format: 'sse',
  mediaType: 'text/event-stream',
  events: { update: dummyEventSchema, alert: dummyEventSchema, info: dummyEventSchema },
  ends: false,
});

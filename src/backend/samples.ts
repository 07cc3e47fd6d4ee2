import { z } from 'zod';
import { errorEventSchema } from '../contract/endpoint.ts';
import {
  characterTextEndpoint,
  DUMMY_EVENT_TYPES,
  dummyCounterEndpoint,
  dummyEventsEndpoint,
  eventsSampleEndpoint,
  jsonSampleEndpoint,
  negotiatedEndpoint,
  plainStreamEndpoint,
  shortSseSampleEndpoint,
  sseSampleEndpoint,
  toyStreamEndpoint,
  wordTextEndpoint,
} from '../contract/samples.ts';
import { quality } from './accept.ts';
import type { BackendContext, BackendRequestContext } from './context.ts';
import { type EndpointHandler, registerEndpoint } from './endpoint-route.ts';
import { encodeEvent, eventStreamResponse } from './event-stream.ts';
import { every } from './pace.ts';
import {
  ALERT_MESSAGES,
  NOTICE_MESSAGES,
  SERVICE_MESSAGES,
  TEXT_SAMPLE,
  takeRound,
  UPDATE_MESSAGES,
} from './sample-texts.ts';
import { streamResponse } from './stream-response.ts';

export function registerSamples(context: BackendContext): void {
  registerTexts(context);
  registerLines(context);
  registerEvents(context);
  registerNegotiated(context);
}

/** One piece a turn, `delayMs` apart, until `pieces` is through. */
async function* paced<T>(
  context: BackendContext,
  pieces: Iterable<T>,
  delayMs: number,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const turns = every(delayMs, signal, context.clock);
  for (const piece of pieces) {
    await turns.next();
    yield piece;
  }
}

function* counted(count: number, toText: (position: number) => string): Generator<string> {
  for (let position = 1; position <= count; position += 1) yield toText(position);
}

const sampleObject = (position: number) =>
  JSON.stringify({ id: position, message: takeRound(SERVICE_MESSAGES, position - 1) });

function registerTexts(context: BackendContext): void {
  const { mediaType } = characterTextEndpoint;
  registerEndpoint(context, characterTextEndpoint, (c, { query }) =>
    // By code points: half of a surrogate pair is no character.
    streamResponse(c, { mediaType }, (signal) => paced(context, [...TEXT_SAMPLE], query.delay, signal)),
  );
  registerEndpoint(context, wordTextEndpoint, (c, { query }) =>
    streamResponse(c, { mediaType }, (signal) =>
      paced(context, TEXT_SAMPLE.match(/\S+\s*/g) ?? [], query.delay, signal),
    ),
  );
}

function registerLines(context: BackendContext): void {
  const lines =
    (mediaType: string, toLine: (position: number) => string) =>
    (c: BackendRequestContext, { query }: { query: { count: number; delay: number } }) =>
      streamResponse(c, { mediaType }, (signal) =>
        paced(
          context,
          counted(query.count, (position) => `${toLine(position)}\n`),
          query.delay,
          signal,
        ),
      );
  const message = (position: number) => takeRound(SERVICE_MESSAGES, position - 1);
  const { mediaType } = plainStreamEndpoint;
  registerEndpoint(context, plainStreamEndpoint, lines(mediaType, message));
  registerEndpoint(
    context,
    toyStreamEndpoint,
    lines(mediaType, (position) => `${position}. ${message(position)}`),
  );
  registerEndpoint(
    context,
    dummyCounterEndpoint,
    lines(mediaType, (position) => `Counter: ${position}`),
  );
  registerEndpoint(context, jsonSampleEndpoint, lines(jsonSampleEndpoint.mediaType, sampleObject));
}

function registerEvents(context: BackendContext): void {
  for (const endpoint of [sseSampleEndpoint, eventsSampleEndpoint, shortSseSampleEndpoint]) {
    registerEndpoint(context, endpoint, (c, { query }) =>
      eventStreamResponse(c, (signal) =>
        paced(
          context,
          counted(query.count, (id) => encodeEvent({ data: sampleObject(id) })),
          query.delay,
          signal,
        ),
      ),
    );
  }
  registerEndpoint(context, dummyEventsEndpoint, (c, { query }) =>
    eventStreamResponse(c, (signal) => dummyEvents(context, query.delay, signal)),
  );
}

const DUMMY_MESSAGES = { update: UPDATE_MESSAGES, alert: ALERT_MESSAGES, info: NOTICE_MESSAGES } as const;

async function* dummyEvents(
  context: BackendContext,
  delayMs: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for await (const turn of every(delayMs, signal, context.clock)) {
    const event = DUMMY_EVENT_TYPES[turn % DUMMY_EVENT_TYPES.length] ?? 'update';
    const message = takeRound(DUMMY_MESSAGES[event], Math.floor(turn / DUMMY_EVENT_TYPES.length));
    const timestamp = new Date(context.now()).toISOString();
    yield encodeEvent({ event, data: JSON.stringify({ id: turn + 1, message, timestamp }) });
  }
}

function registerNegotiated(context: BackendContext): void {
  const { mediaType } = negotiatedEndpoint;
  const handler: EndpointHandler<typeof negotiatedEndpoint> = (c, { query }) => {
    const pieces = (toText: (position: number) => string) => (signal: AbortSignal) =>
      paced(context, counted(query.count, toText), query.delay, signal);
    const accept = c.req.header('Accept');
    const events = quality(accept, 'text/event-stream');
    const response =
      events > 0 && events >= quality(accept, 'text/plain')
        ? eventStreamResponse(
            c,
            pieces((position) => encodeEvent({ data: `Message ${position}` })),
          )
        : streamResponse(
            c,
            { mediaType },
            pieces((position) => `Number: ${position}\n`),
          );
    response.headers.append('Vary', 'Accept');
    return response;
  };
  registerEndpoint(context, negotiatedEndpoint, handler, {
    'text/event-stream': z.union([z.string(), errorEventSchema]),
  });
}

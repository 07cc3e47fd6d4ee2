import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { EVENT_STREAM } from '../../src/streams/checked-response.ts';
import { createSseDecoder } from '../../src/streams/decoders/sse.ts';
import { createFetchEventSourceTransport } from '../../src/streams/transports/fetch-event-source.ts';
import { createFetchTransport } from '../../src/streams/transports/fetch-stream.ts';
import type { Transport, TransportEvent } from '../../src/streams/types.ts';
import {
  cutPoints,
  eventBlocks,
  eventsOfBlocks,
  lineEnds,
  textOfBlocks,
} from '../fixtures/event-stream-blocks.ts';
import { EVENT_STREAM_VECTORS, type EventStreamVector } from '../fixtures/event-stream-vectors.ts';
import { eventStream } from './doubles/fake-fetch.ts';
import { bytesOf, cutAt, everySplit } from './doubles/splits.ts';

beforeAll(() => {
  // fetch-event-source wants a page around it.
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', new EventTarget());
});
afterAll(() => {
  vi.unstubAllGlobals();
});

type MakeTransport = (fetch: typeof globalThis.fetch) => Transport;

const transports: readonly (readonly [string, MakeTransport])[] = [
  ['the fetch-event-source wrapper', (fetch) => createFetchEventSourceTransport({ fetch })],
  [
    "a worker's transport",
    (fetch) => createFetchTransport({ fetch, decoder: createSseDecoder, expect: EVENT_STREAM }),
  ],
];

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = chunks.filter(({ length }) => length > 0);
  return new ReadableStream({
    pull(controller) {
      const chunk = rest.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

async function read(make: MakeTransport, chunks: readonly Uint8Array[]) {
  const transport = make(async () => eventStream(streamOf(chunks)));
  const events: TransportEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of transport.open({ url: 'http://backend.test/' }, { signal, lastEventId: null }))
    events.push(event);
  return outcomeOf(events);
}

function outcomeOf(events: readonly TransportEvent[]) {
  const chunks = events.flatMap((event) => (event.type === 'chunk' ? [event] : []));
  const ids = chunks.flatMap(({ messages, lastEventId }) => [
    ...messages.map(({ id }) => id),
    ...(lastEventId === undefined ? [] : [lastEventId]),
  ]);
  return {
    events: chunks.flatMap(({ messages }) =>
      messages.map((message) => ({ ...message, id: message.id ?? '' })),
    ),
    lastEventId: ids.at(-1) ?? '',
    retryMs: events.findLast((event) => event.type === 'reconnection-time')?.delayMs,
  };
}

const expectedOf = ({ events, lastEventId, retryMs }: EventStreamVector) => ({
  events,
  lastEventId: lastEventId ?? events.at(-1)?.id ?? '',
  retryMs,
});

describe.each(transports)(
  '%s reads as the standard says, whole, byte by byte and split at every point',
  (_, make) => {
    test.each(EVENT_STREAM_VECTORS)('$name', async (vector) => {
      const expected = expectedOf(vector);
      for (const chunks of everySplit(vector.body)) expect(await read(make, chunks)).toEqual(expected);
    });

    test('all vectors one after another, cut anywhere', async () => {
      // Without the ones that end in the middle: what follows would belong to them.
      const whole = EVENT_STREAM_VECTORS.filter(
        ({ body }) => typeof body === 'string' && /\n\n$|\r\r$/.test(body),
      );
      const text = whole.map(({ body }) => `id\n\n${body}`.replaceAll('\uFEFF', '')).join('');
      const bytes = bytesOf(text);
      const expected = await read(make, [bytes]);
      expect(expected.events.length).toBeGreaterThan(30);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(), { maxLength: 40 }), async (points) => {
          expect(await read(make, cutAt(bytes, points))).toEqual(expected);
        }),
        { numRuns: 40 },
      );
    });
  },
);

describe('whatever the events and wherever the cuts', () => {
  test.each(transports)('%s gives what was sent, IDs of blocks with no data included', async (_, make) => {
    await fc.assert(
      fc.asyncProperty(eventBlocks(), lineEnds, cutPoints, async (blocks, end, points) => {
        expect(await read(make, cutAt(bytesOf(textOfBlocks(blocks, end)), points))).toEqual({
          ...eventsOfBlocks(blocks),
          retryMs: blocks.findLast(({ retryMs }) => retryMs !== undefined)?.retryMs,
        });
      }),
      { numRuns: 60 },
    );
  });
});

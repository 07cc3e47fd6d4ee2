import { fetchEventSource } from '@microsoft/fetch-event-source';
import { childController, untilAborted } from '../abort.ts';
import {
  brokenBody,
  EVENT_STREAM,
  fetchChecked,
  lowerCaseHeaders,
  utf8HeaderValue,
} from '../checked-response.ts';
import { systemClock } from '../clock.ts';
import type { Aside } from '../decoders/decoder.ts';
import { createSseDecoder } from '../decoders/sse.ts';
import type { RawMessage, StreamRequest, Transport, TransportEvent, TransportOptions } from '../types.ts';
import { createRendezvous, type Rendezvous } from './rendezvous.ts';

export interface FetchEventSourceOptions {
  readonly fetch?: typeof fetch;
  readonly nowMs?: () => number;
}

/** What one chunk of the network held, as the one-line JSON of the block that goes through the library. */
interface ChunkBlock extends Aside {
  readonly byteLength: number;
  readonly atMs: number;
  readonly messages: readonly RawMessage[];
}

/**
 * `@microsoft/fetch-event-source` behind a wrapper that keeps to the standard. Version 2.0.1 misreads many event
 * streams and reconnects in ways of its own, so its `fetch` hands it a body that eventsource-parser has read already,
 * one normalised block for each chunk, and it is never left to retry: one `open` is one connection.
 *
 * It needs `window` and `document`: main thread only.
 */
export function createFetchEventSourceTransport(config: FetchEventSourceOptions = {}): Transport {
  return {
    name: 'fetch-event-source',
    seesBytes: true,
    open: (request, options) => openConnection(request, options, config),
  };
}

async function* openConnection(
  request: StreamRequest,
  options: TransportOptions,
  config: FetchEventSourceOptions,
): AsyncGenerator<TransportEvent, void> {
  // The library ignores a signal that has aborted already, and its promise then never settles.
  if (options.signal.aborted) return;
  // It also leaves its abort listener behind: it gets a signal that lives as long as this connection.
  const { controller, release } = childController(options.signal);
  const channel = createRendezvous<TransportEvent>();
  // Its promise resolves on abort, and calls nothing.
  controller.signal.addEventListener('abort', channel.end, { once: true });
  runLibrary(request, options.lastEventId, controller.signal, channel, config).then(
    channel.end,
    channel.fail,
  );
  try {
    for (let event = await channel.take(); event !== null; event = await channel.take()) {
      yield event;
      if (controller.signal.aborted) return;
    }
  } finally {
    release();
    controller.abort();
  }
}

function runLibrary(
  request: StreamRequest,
  lastEventId: string | null,
  signal: AbortSignal,
  channel: Rendezvous<TransportEvent>,
  { fetch = globalThis.fetch.bind(globalThis), nowMs = systemClock.nowMs }: FetchEventSourceOptions,
): Promise<void> {
  const headers = lowerCaseHeaders({ accept: 'text/event-stream', ...request.headers });
  if (lastEventId !== null) headers['last-event-id'] = utf8HeaderValue(lastEventId);
  return fetchEventSource(request.url, {
    method: request.method ?? 'GET',
    headers,
    signal,
    // Otherwise a tab that is hidden and shown again sends its request a second time, a POST with its body too.
    openWhenHidden: true,
    async fetch() {
      const answer = await fetchChecked(request, EVENT_STREAM, { fetch, signal, headers });
      if (answer === null) return new Response(null);
      channel.put({ type: 'response', response: answer.facts, atMs: nowMs() });
      const { body } = answer.response;
      // The library can't read a response with no body (204).
      return new Response(body === null ? '' : normalisedBody(body, signal, channel, nowMs));
    },
    async onopen() {
      // Checked in `fetch` above: the default looks at a prefix of the content type alone.
    },
    onmessage({ data, retry }) {
      // After an abort the library delivers what is left in its chunk.
      if (signal.aborted) return;
      if (retry !== undefined) channel.put({ type: 'reconnection-time', delayMs: retry, atMs: nowMs() });
      const block = JSON.parse(data) as ChunkBlock;
      channel.put({ type: 'chunk', ...block });
    },
    onerror(error) {
      // Only a throw stops it from retrying.
      throw error;
    },
  });
}

/** The body again, read by eventsource-parser: for each chunk of the network one block that the library reads right. */
function normalisedBody(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  channel: Rendezvous<TransportEvent>,
  nowMs: () => number,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = createSseDecoder();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // The library reads as fast as it can: nothing is read before the consumer asks.
        await channel.wanted();
        const result = await untilAborted(reader.read(), signal).catch((cause) => {
          throw brokenBody(cause);
        });
        if (result === null || result.done) {
          if (result === null) await reader.cancel();
          else decoder.end();
          controller.close();
          return;
        }
        const atMs = nowMs();
        const messages = decoder.decode(result.value);
        const { byteLength } = result.value;
        const block: ChunkBlock = { byteLength, atMs, messages, ...decoder.takeAside?.() };
        controller.enqueue(encoder.encode(encodeBlock(block, decoder.takeReconnectionTime?.() ?? null)));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Ends of lines and whatever else the library misreads are escaped in JSON; an ID has neither LF, CR nor NUL. */
function encodeBlock(block: ChunkBlock, reconnectionTimeMs: number | null): string {
  const retry = reconnectionTimeMs === null ? '' : `retry: ${reconnectionTimeMs}\n`;
  const id = block.messages.at(-1)?.id ?? null;
  return `${retry}${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(block)}\n\n`;
}

import type { TolerantQuote } from '../../../src/contract/ticker.ts';
import { readQuote } from '../../../src/panels/ticker/read-quote.ts';
import { applyTicker, initialTicker } from '../../../src/panels/ticker/ticker-store.ts';
import { runInFrames } from '../../../src/store/frame-batch.ts';
import { weightOfEvent } from '../../../src/streams/count-messages.ts';
import { createSseDecoder } from '../../../src/streams/decoders/sse.ts';
import { subscribe } from '../../../src/streams/subscribe.ts';
import { createEventSourceTransport } from '../../../src/streams/transports/event-source.ts';
import { createFetchEventSourceTransport } from '../../../src/streams/transports/fetch-event-source.ts';
import { createFetchTransport } from '../../../src/streams/transports/fetch-stream.ts';
import type { StreamEvent, Transport } from '../../../src/streams/types.ts';
import type { Read } from './contestants.ts';

/** The ticker's way from the wire to its state where a page holds the feed by itself, all but the pixels. */
function readInto(transport: () => Transport): Read {
  return async (url, events) => {
    const controller = new AbortController();
    const startedAtMs = performance.now();
    let state = initialTicker;
    const source = subscribe({
      request: { url },
      transport: transport(),
      parse: readQuote,
      lifetime: 'endless',
      reconnect: 'never',
      signal: controller.signal,
    });
    const take = (batch: readonly StreamEvent<TolerantQuote>[]) => {
      state = applyTicker(state, batch);
      const { wire } = state.connection;
      if (wire.events + wire.dropped >= events) controller.abort();
    };
    await runInFrames(source, take, { signal: controller.signal, weightOf: weightOfEvent });
    const { wire } = state.connection;
    if (wire.events + wire.dropped < events) throw new Error('the stream ended early');
    return { events: wire.events, dropped: wire.dropped, elapsedMs: performance.now() - startedAtMs };
  };
}

export const tickerByEventSource = readInto(() => createEventSourceTransport());
export const tickerByFetchEventSource = readInto(() => createFetchEventSourceTransport());
export const tickerByFetch = readInto(() => createFetchTransport({ decoder: createSseDecoder }));

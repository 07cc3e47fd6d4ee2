import { createParser } from 'eventsource-parser';
import { createSseDecoder } from '../../src/streams/decoders/sse.ts';
import { type Bench, type Contestant, compareRates } from './bench.ts';

const EVENTS = 20_000;
const CHUNK_BYTES = 16_384;

/** A ticker's event stream, cut where a network would cut it: anywhere. */
function tickerChunks(): readonly Uint8Array[] {
  const text = Array.from({ length: EVENTS }, (_, index) => {
    const quote = { stock: 'AAPL', price: 180 + (index % 100) / 100, change: -0.4, volume: index };
    return `id: ${index + 1}\ndata: ${JSON.stringify(quote)}\n\n`;
  }).join('');
  const bytes = new TextEncoder().encode(text);
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    chunks.push(bytes.subarray(start, start + CHUNK_BYTES));
  }
  return chunks;
}

function allEvents(count: number): number {
  if (count !== EVENTS) throw new Error(`${count} events of ${EVENTS} came out`);
  return count;
}

function bareParser(chunks: readonly Uint8Array[]): Contestant {
  return {
    subject: 'eventsource-parser alone',
    work() {
      let count = 0;
      const text = new TextDecoder();
      const parser = createParser({ onEvent: () => (count += 1) });
      for (const chunk of chunks) parser.feed(text.decode(chunk, { stream: true }));
      return allEvents(count);
    },
  };
}

function ourDecoder(chunks: readonly Uint8Array[]): Contestant {
  return {
    subject: 'the SSE decoder around it',
    work() {
      let count = 0;
      const decoder = createSseDecoder();
      for (const chunk of chunks) count += decoder.decode(chunk).length;
      return allEvents(count + decoder.end().length);
    },
  };
}

export const eventStreamBench: Bench = {
  name: 'event-stream',
  question: 'What does the decoder of event streams cost beside the parser that it is made of?',
  run(options) {
    const chunks = tickerChunks();
    return compareRates([bareParser(chunks), ourDecoder(chunks)], 'events/s', options);
  },
};

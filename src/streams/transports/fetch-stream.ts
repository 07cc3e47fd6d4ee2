import { childController, untilAborted } from '../abort.ts';
import {
  brokenBody,
  type Expectation,
  fetchChecked,
  lowerCaseHeaders,
  utf8HeaderValue,
} from '../checked-response.ts';
import { systemClock } from '../clock.ts';
import type { Decoder, DecoderFactory } from '../decoders/decoder.ts';
import type { StreamRequest, Transport, TransportEvent, TransportOptions } from '../types.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';

export interface FetchStreamOptions {
  /** Made anew for each connection. */
  readonly decoder: DecoderFactory;
  /** Default: any 2xx, any media type but HTML. */
  readonly expect?: Expectation;
  /** `byob` fills buffers of ours where the platform can: nearly twice as fast for files. */
  readonly reader?: 'default' | 'byob';
  readonly fetch?: typeof fetch;
  readonly nowMs?: () => number;
}

/** Backends name lines, rows and files in many ways. A page of HTML is none of them: a login, or a server of pages. */
const ANYTHING: Expectation = {
  statuses: '2xx',
  mediaTypes: null,
  refusedTypes: ['text/html'],
  what: 'a stream',
};

/** `fetch` and a reader: every format but live feeds, and event streams where fetch-event-source can't run (workers). */
export function createFetchTransport(config: FetchStreamOptions): Transport {
  return {
    name: 'fetch',
    seesBytes: true,
    open: (request, options) => openConnection(request, options, config),
  };
}

async function* openConnection(
  request: StreamRequest,
  { signal, lastEventId }: TransportOptions,
  { expect = ANYTHING, ...config }: FetchStreamOptions,
): AsyncGenerator<TransportEvent, void> {
  if (signal.aborted) return;
  const { fetch = globalThis.fetch.bind(globalThis), nowMs = systemClock.nowMs } = config;
  const { controller, release } = childController(signal);
  try {
    const headers = lowerCaseHeaders({ ...acceptHeader(expect), ...request.headers });
    if (lastEventId !== null) headers['last-event-id'] = utf8HeaderValue(lastEventId);
    const answer = await fetchChecked(request, expect, { fetch, signal: controller.signal, headers });
    if (answer === null) return;
    yield { type: 'response', response: answer.facts, atMs: nowMs() };
    if (answer.response.body === null || answer.facts.status === 204) return;
    const decoder = await config.decoder();
    const reader = createByteReader(answer.response.body, config.reader ?? 'default');
    yield* readBody(reader, decoder, controller.signal, nowMs);
  } finally {
    release();
    controller.abort();
  }
}

async function* readBody(
  reader: ByteReader,
  decoder: Decoder,
  signal: AbortSignal,
  nowMs: () => number,
): AsyncGenerator<TransportEvent, void> {
  let done = false;
  try {
    while (!signal.aborted) {
      const bytes = await untilAborted(reader.read(), signal).catch((cause) => {
        done = true;
        throw brokenBody(cause);
      });
      const atMs = nowMs();
      if (bytes === null) {
        done = !signal.aborted;
        break;
      }
      const messages = decoder.decode(bytes);
      const delayMs = decoder.takeReconnectionTime?.() ?? null;
      if (delayMs !== null) yield { type: 'reconnection-time', delayMs, atMs };
      yield { type: 'chunk', byteLength: bytes.byteLength, messages, atMs, ...decoder.takeAside?.() };
    }
    if (!done) return;
    const rest = decoder.end();
    if (rest.length > 0) yield { type: 'chunk', byteLength: 0, messages: rest, atMs: nowMs() };
  } finally {
    // A body that was aborted or broke refuses to be cancelled, with the reason that is known by then.
    if (!done) await reader.cancel().catch(() => undefined);
  }
}

function acceptHeader({ mediaTypes }: Expectation): Record<string, string> {
  return { accept: mediaTypes === null ? '*/*' : mediaTypes.join(', ') };
}

import type { BodyFormat } from '../../contract/endpoint.ts';
import type { Expectation } from '../../streams/checked-response.ts';
import { systemClock } from '../../streams/clock.ts';
import type { ConnectionSlots } from '../../streams/connection-slots.ts';
import { decoderOf } from '../../streams/decoders/by-format.ts';
import { createEventSourceTransport } from '../../streams/transports/event-source.ts';
import { createFetchTransport } from '../../streams/transports/fetch-stream.ts';
import {
  type ConnectionState,
  StreamError,
  type StreamEvent,
  type Transport,
  type TransportEvent,
} from '../../streams/types.ts';
import { formatOf } from './format-of.ts';
import type { Inspection } from './read-draft.ts';
import { createTap, type Tap } from './tap.ts';

/** What a subscription would tell, with what only an inspection wants to know. */
export interface InspectionEvent {
  readonly event: StreamEvent<unknown>;
  /** Of a chunk, where the transport can see it. */
  readonly bytes?: Uint8Array;
  /** Of a response: as what its body is read. */
  readonly format?: BodyFormat;
}

/** Any answer is worth looking at. */
const ANY_ANSWER: Expectation = { statuses: 'any', mediaTypes: null, what: 'an answer' };

export interface InspectOptions {
  readonly signal: AbortSignal;
  readonly slots?: ConnectionSlots;
  readonly nowMs?: () => number;
  readonly fetch?: typeof fetch;
}

/**
 * One request, once, whatever it answers: no reconnects, no schema, each chunk with its bytes. Drives the transport
 * itself, because a subscription reads meaning into what it gets (gaps, repeated IDs, statuses).
 */
export async function* inspect(
  inspection: Inspection,
  { signal, slots, nowMs = systemClock.nowMs, fetch }: InspectOptions,
): AsyncGenerator<InspectionEvent, void> {
  const status = (state: ConnectionState): InspectionEvent => ({
    event: { type: 'status', state, atMs: nowMs() },
  });
  yield status({ status: 'connecting', attempt: 1 });
  const release = slots ? await slots.acquire('Inspector', signal) : () => undefined;
  if (release === null) return;
  const reading = createReading(inspection, { nowMs, ...(fetch && { fetch }) });
  const { name, seesBytes } = reading.transport;
  yield { event: { type: 'request', transport: name, seesBytes, atMs: nowMs() } };
  try {
    for await (const event of reading.transport.open(inspection.request, { signal, lastEventId: null })) {
      yield* reading.tell(event);
      if (event.type === 'response') yield status({ status: 'live', attempt: 1 });
    }
    if (!signal.aborted) yield status({ status: 'ended', reason: 'complete' });
  } catch (error) {
    // What is left of an aborted request says nothing.
    if (signal.aborted) return;
    if (!(error instanceof StreamError)) throw error;
    const { kind, message } = error;
    yield status({ status: 'failed', failure: { kind, status: error.status, message } });
  } finally {
    release();
  }
}

interface Reading {
  readonly transport: Transport;
  tell(event: TransportEvent): Iterable<InspectionEvent>;
}

function createReading(inspection: Inspection, options: Pick<InspectOptions, 'nowMs' | 'fetch'>): Reading {
  if (inspection.transport === 'EventSource') {
    const transport = createEventSourceTransport({ ...options, eventTypes: inspection.eventTypes });
    return { transport, tell: (event) => tell(event, null, 'sse') };
  }
  let format: BodyFormat = 'bytes';
  let tap: Tap | null = null;
  const transport = createFetchTransport({
    ...options,
    expect: ANY_ANSWER,
    async decoder() {
      tap = createTap(await decoderOf[format]());
      return tap.decoder;
    },
  });
  return {
    transport,
    tell(event) {
      if (event.type === 'response')
        format = formatOf(inspection.reader, event.response?.contentType ?? null, inspection.format);
      return tell(event, tap, format);
    },
  };
}

function* tell(event: TransportEvent, tap: Tap | null, format: BodyFormat): Iterable<InspectionEvent> {
  switch (event.type) {
    case 'response':
      yield { event, format };
      return;
    case 'chunk': {
      const messages = event.messages.map(({ id, event: type, data }) => ({ id, event: type, value: data }));
      const bytes = event.byteLength === 0 ? null : (tap?.takeBytes() ?? null);
      yield { event: { ...event, messages }, ...(bytes && { bytes }) };
      const reason = tap?.takeFailure() ?? null;
      if (reason !== null) yield { event: { type: 'malformed', reason, sample: '', atMs: event.atMs } };
      return;
    }
    case 'dropped':
      yield { event };
      return;
    case 'reconnection-time':
    case 'interrupted':
      return;
  }
}

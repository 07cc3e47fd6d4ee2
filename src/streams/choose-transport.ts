import { EVENT_STREAM } from './checked-response.ts';
import { createSseDecoder } from './decoders/sse.ts';
import { createEventSourceTransport } from './transports/event-source.ts';
import { createFetchEventSourceTransport } from './transports/fetch-event-source.ts';
import { createFetchTransport } from './transports/fetch-stream.ts';
import type { BackendTarget, Transport } from './types.ts';

/** How an event stream is read from here: natively, unless a token must be sent, which `EventSource` can't. */
export function eventTransport(target: BackendTarget, eventTypes: readonly string[] = []): Transport {
  return target.token === null ? createEventSourceTransport({ eventTypes }) : eventTransportWithHeaders();
}

/** Above this many events a second `EventSource`, which takes some 35,000 on two cores, leaves little time for anything else. */
export const EVENT_SOURCE_MAX_RATE = 1_000;

/** How an event stream is read where a method, a body or headers are needed. */
export function eventTransportWithHeaders(): Transport {
  // fetch-event-source needs a window; a worker reads the same stream through the parser alone.
  return typeof window === 'undefined'
    ? createFetchTransport({ decoder: createSseDecoder, expect: EVENT_STREAM })
    : createFetchEventSourceTransport();
}

/** Empty without a token. It goes into headers alone, never into a URL. */
export function authorizationHeaders({ token }: BackendTarget): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/**
 * An absolute URL of one of the backend's streams. Parameters that are undefined or empty are left out; a fault of the
 * query's own goes before the target's.
 */
export function endpointUrl(
  target: BackendTarget,
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const parameters = new URLSearchParams();
  const fault = query.fault === undefined || query.fault === '' ? target.fault : query.fault;
  for (const [name, value] of Object.entries({ ...query, fault })) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `${target.baseUrl}${path}${text === '' ? '' : `?${text}`}`;
}

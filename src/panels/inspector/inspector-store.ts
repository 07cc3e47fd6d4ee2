import type { BodyFormat } from '../../contract/endpoint.ts';
import { foldConnection, initialConnectionView } from '../../streams/connection-view.ts';
import type { BackendTarget, ConnectionView } from '../../streams/types.ts';
import { Capture } from './capture.ts';
import type { InspectionEvent } from './inspect.ts';
import type { Inspection } from './read-draft.ts';

export interface InspectorState {
  readonly connection: ConnectionView;
  /** What was asked; null before the first request. */
  readonly inspection: Inspection | null;
  readonly format: BodyFormat | null;
  /** Milliseconds from the request to the headers. */
  readonly headersMs: number | null;
  /** Milliseconds from the request to the end. */
  readonly durationMs: number | null;
  /** Changed in place: `version` tells one content from the next. */
  readonly capture: Capture;
  readonly version: number;
}

export function createInspection(inspection: Inspection | null): InspectorState {
  return {
    connection: initialConnectionView,
    inspection,
    format: null,
    headersMs: null,
    durationMs: null,
    capture: new Capture(),
    version: 0,
  };
}

/** Takes a frame's events. */
export function applyInspection(state: InspectorState, batch: readonly InspectionEvent[]): InspectorState {
  let next = state;
  let requestedAtMs = state.connection.wire.requestedAtMs ?? 0;
  for (const told of batch) {
    if (told.event.type === 'request') requestedAtMs = told.event.atMs;
    next = take(next, told, told.event.atMs - requestedAtMs);
  }
  const events = batch.map(({ event }) => event);
  return { ...next, connection: foldConnection(state.connection, events), version: state.version + 1 };
}

function take(
  state: InspectorState,
  { event, bytes, format }: InspectionEvent,
  atMs: number,
): InspectorState {
  switch (event.type) {
    case 'response':
      return { ...state, headersMs: atMs, format: format ?? null };
    case 'chunk':
      state.capture.addChunk({ ...event, atMs, bytes: bytes ?? null });
      return state;
    case 'status':
      return event.state.status === 'ended' || event.state.status === 'failed'
        ? { ...state, durationMs: atMs }
        : state;
    default:
      return state;
  }
}

/**
 * Whether a request that got no answer can be sent again as it was without harm: a safe method (RFC 9110, section 9.2.1), to
 * the backend that the page still stands on.
 */
export function canAskAgain(
  { connection, inspection, headersMs }: InspectorState,
  target: BackendTarget,
): boolean {
  const { state } = connection;
  if (inspection === null || state.status !== 'failed' || state.failure.kind !== 'network') return false;
  const { request, backend } = inspection;
  const isSafe = request.method === undefined || request.method === 'GET' || request.method === 'HEAD';
  const isSameBackend = backend?.baseUrl === target.baseUrl && backend.token === target.token;
  return headersMs === null && isSafe && isSameBackend;
}

import type { ConnectionState, ConnectionView, JoinedChunks, StreamEvent } from '../types.ts';

/** An event as the page's clock would have timed it: worker and page count `performance.now()` from different moments. */
export function shiftTimes<T>(event: StreamEvent<T>, byMs: number): StreamEvent<T> {
  const atMs = event.atMs + byMs;
  if (event.type === 'status') return { ...event, atMs, state: shiftState(event.state, byMs) };
  if (event.type === 'joined') {
    const retained = event.retained.map((chunk) => ({ ...chunk, atMs: chunk.atMs + byMs }));
    return { ...event, atMs, retained, view: shiftView(event.view, byMs) };
  }
  if (event.type === 'chunk' && event.joined)
    return { ...event, atMs, joined: shiftJoined(event.joined, byMs) };
  return { ...event, atMs };
}

function shiftJoined({ firstMessageAtMs, arrivals, ...rest }: JoinedChunks, byMs: number): JoinedChunks {
  return {
    ...rest,
    firstMessageAtMs: firstMessageAtMs === null ? null : firstMessageAtMs + byMs,
    arrivals: arrivals.map((arrival) => ({ ...arrival, atMs: arrival.atMs + byMs })),
  };
}

function shiftState(state: ConnectionState, byMs: number): ConnectionState {
  if (state.status === 'stalled') return { ...state, silentSinceMs: state.silentSinceMs + byMs };
  if (state.status === 'reconnecting') return { ...state, retryAtMs: state.retryAtMs + byMs };
  return state;
}

function shiftView({ state, wire, ...rest }: ConnectionView, byMs: number): ConnectionView {
  return {
    ...rest,
    state: shiftState(state, byMs),
    wire: {
      ...wire,
      requestedAtMs: wire.requestedAtMs === null ? null : wire.requestedAtMs + byMs,
      holeSinceMs: wire.holeSinceMs === null ? null : wire.holeSinceMs + byMs,
      marks: wire.marks.map((mark) => ({ ...mark, atMs: mark.atMs + byMs })),
      arrivals: wire.arrivals.map((arrival) => ({ ...arrival, atMs: arrival.atMs + byMs })),
    },
  };
}

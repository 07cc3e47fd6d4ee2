/**
 * What the parts of this folder need to know of a connection. Structural on purpose: a `ConnectionView` of the
 * stream layer fits, and `ui` imports nothing of ours.
 */
export type ConnectionStatus =
  | 'idle'
  | 'connecting'
  | 'live'
  | 'stalled'
  | 'reconnecting'
  | 'paused'
  | 'ended'
  | 'failed';

export interface ArrivalReading {
  readonly atMs: number;
  readonly byteLength: number | null;
  readonly messages: number;
}

/** `null` stands for what the transport can't see, or what is not there yet. */
export interface WireReadings {
  readonly transport: string | null;
  readonly seesBytes: boolean;
  readonly requestedAtMs: number | null;
  readonly ttfbMs: number | null;
  readonly firstEventMs: number | null;
  readonly events: number;
  readonly chunks: number;
  readonly bytes: number | null;
  readonly eventsPerSecond: number;
  readonly bytesPerSecond: number | null;
  readonly longestGapMs: number | null;
  readonly reconnects: number;
  readonly lastEventId: string | null;
  readonly malformed: number;
  readonly dropped: number;
  readonly missed: number;
  readonly missedUnknown: boolean;
  readonly arrivals: readonly ArrivalReading[];
}

export interface ConnectionReadings {
  readonly state: { readonly status: ConnectionStatus; readonly retryAtMs?: number };
  readonly wire: WireReadings;
  readonly lastMalformed: { readonly reason: string; readonly sample: string } | null;
}

/** A panel's place on the page: in the grid, or over it. */
export interface PanelView {
  readonly expanded: boolean;
  readonly onToggleExpanded: () => void;
}

/** What went wrong in plain words, and what to do about it. */
export interface FailureWords {
  readonly title: string;
  readonly advice: string;
}

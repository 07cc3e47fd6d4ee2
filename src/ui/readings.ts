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

/** What a next try waits for, where it is not a time of its own. */
export type ReconnectWait = 'network' | 'page' | 'browser';

export interface ArrivalReading {
  readonly atMs: number;
  readonly byteLength: number | null;
  readonly messages: number;
}

/** A moment at which events are missing, or may be. */
export type MarkReading =
  | { readonly type: 'gap'; readonly atMs: number; readonly missed: number | null }
  | { readonly type: 'hole'; readonly atMs: number; readonly durationMs: number };

/** `null` stands for what the transport can't see, or what is not there yet. */
export interface WireReadings {
  readonly transport: string | null;
  readonly seesBytes: boolean;
  readonly requestedAtMs: number | null;
  /** False where the browser sent the last request by itself. */
  readonly requestSeen: boolean;
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
  readonly repeated: number;
  readonly holes: number;
  readonly holesMs: number;
  readonly marks: readonly MarkReading[];
  readonly arrivals: readonly ArrivalReading[];
}

/** The wire as of now, drawn or not. */
export type NewestWire = () => WireReadings;

export interface ConnectionReadings {
  readonly state: {
    readonly status: ConnectionStatus;
    readonly retryAtMs?: number;
    readonly waitingFor?: ReconnectWait;
  };
  readonly wire: WireReadings;
  readonly lastMalformed: { readonly reason: string; readonly sample: string } | null;
}

/** A fault as the menu offers it. */
export interface FaultOption {
  readonly name: string;
  readonly label: string;
  readonly does: string;
  readonly seen: string;
  /** A value to begin with, such as `drop@20`. */
  readonly example: string;
}

/** How a panel's stream is made to misbehave. */
export interface FaultControl {
  readonly options: readonly FaultOption[];
  /** What is wrong with a value of `fault=`; null if nothing is. */
  readonly check: (text: string) => string | null;
  /** The faults that are on: a value of `fault=`, empty for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A panel's place on the page, in the grid or over it, and the faults it is shown with. */
export interface PanelView {
  readonly expanded: boolean;
  readonly onToggleExpanded: () => void;
  /** Left out where the stream can't be made to misbehave. */
  readonly faults?: FaultControl;
}

/** What went wrong in plain words, and what to do about it. */
export interface FailureWords {
  readonly title: string;
  readonly advice: string;
}

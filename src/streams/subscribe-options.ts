import type { Clock } from './clock.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import type { PauseGate } from './pause-gate.ts';
import type { ReconnectTrigger } from './reconnect-trigger.ts';
import type { Surroundings } from './surroundings.ts';
import type { ParseMessage, StreamMessage, StreamRequest, Transport } from './types.ts';

export interface SubscribeOptions<T> {
  readonly request: StreamRequest;
  readonly transport: Transport;
  readonly parse: ParseMessage<T>;
  /** Ends the subscription at once, without an error and without another event. */
  readonly signal: AbortSignal;
  /** What a clean close means: the end of a `finite` stream, a reconnect for an `endless` one. */
  readonly lifetime: 'finite' | 'endless';
  /** The message after which a stream is over though its connection is still open. It is still delivered. */
  readonly isEnd?: ((message: StreamMessage<T>) => boolean) | undefined;
  /** `before-first-byte` is for requests whose effect must not happen twice: a prompt, a download. */
  readonly reconnect: 'always' | 'before-first-byte' | 'never';
  /** Go on after this event, which another subscription had. */
  readonly lastEventId?: string | null | undefined;
  /**
   * After how long a silence the stream is called stalled; it must exceed the interval of heartbeats. Where heartbeats
   * are seen to come, a silence this long is a dead connection, and a new one is made where that may be. Null: silences
   * are not looked at. Default: 20 s.
   */
  readonly inactivityTimeoutMs?: number | null | undefined;
  readonly pauseGate?: PauseGate | undefined;
  readonly reconnectTrigger?: ReconnectTrigger | undefined;
  /** The network, the page's life and the machine's sleep. Default: those of this page or worker. */
  readonly surroundings?: Surroundings | undefined;
  /** Where a long-lived connection takes its place; `label` is the name it is shown under. */
  readonly slots?: ConnectionSlots | undefined;
  readonly label?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

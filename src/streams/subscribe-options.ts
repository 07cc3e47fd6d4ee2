import type { Clock } from './clock.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import type { PauseGate } from './pause-gate.ts';
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
  /** After how long a silence the stream is called stalled. Nothing else follows. Default: 20 s if endless, else never. */
  readonly inactivityTimeoutMs?: number | null | undefined;
  readonly pauseGate?: PauseGate | undefined;
  /** Where a long-lived connection takes its place; `label` is the name it is shown under. */
  readonly slots?: ConnectionSlots | undefined;
  readonly label?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

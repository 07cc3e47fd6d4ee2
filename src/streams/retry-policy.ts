import { type Failure, StreamError } from './types.ts';

/** The statuses after which the same request may succeed (RFC 9110; RFC 8470 for 425, RFC 6585 for 429). */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether a new connection may help. */
export function isRetryable({ kind, status }: StreamError): boolean {
  if (kind === 'network') return true;
  return kind === 'status' && status !== null && RETRYABLE_STATUSES.has(status);
}

/** @param opened whether the stream had begun */
export function failureOf({ kind, status, message }: StreamError, opened: boolean): Failure {
  return { kind, status, message, ...(kind === 'network' && opened && { interrupted: true }) };
}

/** A transport throws nothing else; a defect, in one or around it, is shown as a stream that can't be read, not hidden. */
export function toStreamError(error: unknown): StreamError {
  if (error instanceof StreamError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StreamError('decode', `The stream could not be read: ${message}`, { cause: error });
}

/** A connection on which the heartbeats stopped: nothing but its silence tells that the other end is gone. */
export function deadConnection(silentMs: number): StreamError {
  const seconds = Math.round(silentMs / 1_000);
  return new StreamError(
    'network',
    `Nothing came for ${seconds} s, not even a heartbeat: the connection is dead.`,
  );
}

/** A connection that ended because the page that had it was left. */
export function putAwayConnection(): StreamError {
  return new StreamError(
    'network',
    'The page was left while this was under way, and that closed the connection.',
  );
}

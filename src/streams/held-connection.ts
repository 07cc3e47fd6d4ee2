import { childController } from './abort.ts';
import { openPull, type Pull } from './pull.ts';
import type { IsRepeated, ResumePoint } from './resume-point.ts';
import type { StreamRequest, Transport, TransportEvent } from './types.ts';

/** A connection that is open or being opened, with all that must be given back at its end. */
export interface HeldConnection {
  readonly pull: Pull<TransportEvent>;
  /** Of the connection that is open now: one that the browser opened again begins anew. */
  isRepeated: IsRepeated;
  /** True once its response is there. */
  opened: boolean;
  close(): void;
}

/** Sends the request at once. `release` gives back the slot that it holds; `onAnswer` is called at each event. */
export function holdConnection(
  transport: Transport,
  request: StreamRequest,
  options: {
    readonly resumePoint: ResumePoint;
    readonly signal: AbortSignal;
    readonly release: () => void;
    readonly onAnswer: () => void;
    readonly mayBrowserReconnect: () => boolean;
  },
): HeldConnection {
  const child = childController(options.signal);
  const { signal } = child.controller;
  const pull = openPull(
    transport.open(request, {
      signal,
      lastEventId: options.resumePoint.lastEventId,
      mayBrowserReconnect: options.mayBrowserReconnect,
    }),
    options.onAnswer,
  );
  pull.ask();
  return {
    pull,
    isRepeated: options.resumePoint.startConnection(),
    opened: false,
    close() {
      child.controller.abort();
      child.release();
      pull.dispose();
      options.release();
    },
  };
}

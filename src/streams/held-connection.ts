import { childController } from './abort.ts';
import { openPull, type Pull } from './pull.ts';
import type { StreamRequest, Transport, TransportEvent } from './types.ts';

/** A connection that is open or being opened, with all that must be given back at its end. */
export interface HeldConnection {
  readonly pull: Pull<TransportEvent>;
  /** The ID it was opened to resume after, until the first event with an ID comes. */
  resumedAfter: string | null;
  /** True once its response is there. */
  opened: boolean;
  close(): void;
}

/** Sends the request at once. `release` gives back the slot that it holds; `onAnswer` is called at each event. */
export function holdConnection(
  transport: Transport,
  request: StreamRequest,
  options: {
    readonly lastEventId: string | null;
    readonly signal: AbortSignal;
    readonly release: () => void;
    readonly onAnswer: () => void;
  },
): HeldConnection {
  const child = childController(options.signal);
  const { signal } = child.controller;
  const pull = openPull(
    transport.open(request, { signal, lastEventId: options.lastEventId }),
    options.onAnswer,
  );
  pull.ask();
  return {
    pull,
    resumedAfter: options.lastEventId,
    opened: false,
    close() {
      child.controller.abort();
      child.release();
      pull.dispose();
      options.release();
    },
  };
}

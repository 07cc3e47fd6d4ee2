import type { ServerResponse } from 'node:http';
import { type EventText, eventChunks } from './events.ts';
import { type Handle, openEventStream, writeChunks } from './serve.ts';

/** A feed that sends when it is told to, as fast as its reader reads, and is silent in between. */
export interface PortionedFeed {
  readonly handle: Handle;
  /** Sends the next events, and resolves when the socket has taken them. */
  send(events: number): Promise<void>;
  readonly sent: number;
  readonly connections: number;
}

/** The last connection gets what is sent: there is one reader. Its first event is at once, so that the page has something. */
export function createPortionedFeed(eventOf: EventText): PortionedFeed {
  let response: ServerResponse | null = null;
  let sent = 0;
  let connections = 0;
  return {
    handle(_request, opened) {
      response = opened;
      connections += 1;
      openEventStream(opened);
      sent += 1;
      opened.write(eventOf(sent));
    },
    async send(events) {
      const from = sent + 1;
      sent += events;
      if (response !== null) await writeChunks(response, eventChunks(eventOf, from, sent));
    },
    get sent() {
      return sent;
    },
    get connections() {
      return connections;
    },
  };
}

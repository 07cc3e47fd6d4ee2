import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { App } from '../app.ts';
import { writeResponse } from './write-response.ts';

export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Puts the app behind Node's HTTP. Requests are read by Hono's adapter; responses are written here, because the
 * adapter reads a body ahead of its headers and answers 500 with the error's text when that breaks.
 */
export function bridge(app: Pick<App, 'fetch'>): NodeHandler {
  const listener = getRequestListener(
    async (request, environment) => {
      const { outgoing } = environment as HttpBindings;
      await writeResponse(await app.fetch(request, environment), outgoing);
      return RESPONSE_ALREADY_SENT;
    },
    // Inside Vite's process the globals are not ours to replace.
    { overrideGlobalObjects: false },
  );
  return (incoming, outgoing) => {
    void listener(incoming, outgoing);
  };
}

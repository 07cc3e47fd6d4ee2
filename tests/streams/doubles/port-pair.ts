import type { PagePort } from '../../../src/streams/shared/feed-hub.ts';
import type { PageMessage, WorkerMessage } from '../../../src/streams/shared/port-messages.ts';
import type { WorkerPort } from '../../../src/streams/shared/worker-link.ts';

/** Both ends of a channel, which hands over at once, and a copy as a port does. */
export function createPortPair(): { readonly page: WorkerPort; readonly worker: PagePort } {
  let toPage: (message: WorkerMessage) => void = () => undefined;
  let toWorker: (message: PageMessage) => void = () => undefined;
  let closed = false;
  const close = () => {
    closed = true;
  };
  return {
    page: {
      send: (message) => closed || toWorker(structuredClone(message)),
      receive: (listener) => {
        toPage = listener;
      },
      close,
    },
    worker: {
      send: (message) => closed || toPage(structuredClone(message)),
      receive: (listener) => {
        toWorker = listener;
      },
      close,
    },
  };
}

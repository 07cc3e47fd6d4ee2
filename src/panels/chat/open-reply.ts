import { chatSseEndpoint, chatTextEndpoint } from '../../contract/chat.ts';
import {
  authorizationHeaders,
  endpointUrl,
  eventTransportWithHeaders,
} from '../../streams/choose-transport.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { createTextDecoder } from '../../streams/decoders/text.ts';
import { subscribe } from '../../streams/subscribe.ts';
import { createFetchTransport } from '../../streams/transports/fetch-stream.ts';
import type { BackendTarget, StreamEvent, Transport } from '../../streams/types.ts';
import type { ChatEndpoint } from './chat-settings.ts';
import { type ChatPiece, readChatEvent, readChatText } from './read-chat-event.ts';

export interface ReplyRequest {
  readonly target: BackendTarget;
  readonly endpoint: ChatEndpoint;
  readonly prompt: string;
  readonly signal: AbortSignal;
}

/** Asks a question. A parameter of the panel, so that a test can hold the stream in its hand. */
export type OpenReply = (request: ReplyRequest) => AsyncIterable<StreamEvent<ChatPiece>>;

const transports: Record<ChatEndpoint, () => Transport> = {
  sse: eventTransportWithHeaders,
  text: () => createFetchTransport({ decoder: createTextDecoder }),
};
const endpoints = { sse: chatSseEndpoint, text: chatTextEndpoint } as const;

export const openReply: OpenReply = ({ target, endpoint, prompt, signal }) =>
  subscribe<ChatPiece>({
    request: {
      url: endpointUrl(target, endpoints[endpoint].path, { prompt }),
      headers: authorizationHeaders(target),
    },
    transport: transports[endpoint](),
    parse: endpoint === 'sse' ? readChatEvent : readChatText,
    lifetime: 'finite',
    // An event that says so is the end, whether or not the server closes the connection.
    isEnd: ({ value }) => value.type !== 'text-delta',
    // Asked again after its first words, a question would be answered twice.
    reconnect: 'before-first-byte',
    slots: pageConnections,
    label: 'AI chat',
    signal,
  });

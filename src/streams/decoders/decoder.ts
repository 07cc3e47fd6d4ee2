import type { RawMessage, TransportEvent } from '../types.ts';

/** What of a chunk is no message: it goes with the chunk. */
export type Aside = Pick<Extract<TransportEvent, { type: 'chunk' }>, 'lastEventId' | 'comments'>;

/**
 * Cuts the chunks of one body into messages. It says what the messages are, not whether they make sense: rows of text
 * formats come out as text, so that a broken row is refused by `ParseMessage` (counted, shown) while the stream goes on.
 */
export interface Decoder {
  /**
   * The messages that this chunk completes.
   *
   * @throws StreamError `decode` where the body can't be read on. Whatever came whole before that point has been
   * returned by then: a failure in the middle of a chunk is thrown by the next call.
   */
  decode(chunk: Uint8Array): readonly RawMessage[];
  /** The messages that the end of the body completes. */
  end(): readonly RawMessage[];
  /** For event streams: the reconnection time that the last chunk named, once. */
  takeReconnectionTime?(): number | null;
  /** For event streams: what else the last chunk said, once. Empty where it said nothing. */
  takeAside?(): Aside;
}

/** Makes the decoder of one body. Heavy decoders come as a promise. */
export type DecoderFactory = () => Decoder | Promise<Decoder>;

/** The longest single message that is collected in memory, in characters or bytes. */
export const MAX_MESSAGE_LENGTH = 64 * 1024 * 1024;

export const NO_MESSAGES: readonly RawMessage[] = [];

export function plainMessage(data: unknown): RawMessage {
  return { id: null, event: 'message', data };
}

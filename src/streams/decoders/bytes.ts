import { type Decoder, NO_MESSAGES, plainMessage } from './decoder.ts';

/** The bytes themselves, a message a chunk. */
export function createBytesDecoder(): Decoder {
  return {
    decode: (chunk) => [plainMessage(chunk)],
    end: () => NO_MESSAGES,
  };
}

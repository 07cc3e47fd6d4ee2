import { type Decoder, NO_MESSAGES, plainMessage } from './decoder.ts';

/** UTF-8 text as it comes: a message a chunk, never half a character. */
export function createTextDecoder(): Decoder {
  const decoder = new TextDecoder();
  const piece = (text: string) => (text === '' ? NO_MESSAGES : [plainMessage(text)]);
  return {
    decode: (chunk) => piece(decoder.decode(chunk, { stream: true })),
    end: () => piece(decoder.decode()),
  };
}

import { createParser } from 'eventsource-parser';
import { type RawMessage, StreamError } from '../types.ts';
import { type Decoder, MAX_MESSAGE_LENGTH, NO_MESSAGES } from './decoder.ts';

/** An event stream, read by eventsource-parser. An event that no blank line completes is dropped, as the standard says. */
export function createSseDecoder(): Decoder {
  const text = new TextDecoder();
  const unifyLineEnds = createLineEndUnifier();
  let messages: RawMessage[] = [];
  let id: string | null = null;
  let reconnectionTimeMs: number | null = null;
  let failure: StreamError | null = null;

  const parser = createParser({
    maxBufferSize: MAX_MESSAGE_LENGTH,
    onEvent(event) {
      if (event.id !== undefined) id = event.id;
      messages.push({ id, event: event.event ?? 'message', data: event.data });
    },
    onRetry(delayMs) {
      reconnectionTimeMs = delayMs;
    },
    onError(error) {
      // Unknown fields and invalid `retry` values are ignored by the standard.
      if (error.type === 'max-buffer-size-exceeded')
        failure = new StreamError('decode', 'One event is longer than 64 MiB.', { cause: error });
    },
  });

  return {
    decode(chunk) {
      if (failure !== null) throw failure;
      parser.feed(unifyLineEnds(text.decode(chunk, { stream: true })));
      if (messages.length === 0) return NO_MESSAGES;
      const completed = messages;
      messages = [];
      return completed;
    },
    end() {
      if (failure !== null) throw failure;
      return NO_MESSAGES;
    },
    takeReconnectionTime() {
      const delayMs = reconnectionTimeMs;
      reconnectionTimeMs = null;
      return delayMs;
    },
  };
}

/**
 * CR and CRLF become LF. The parser holds a CR at the end of a chunk back until it knows whether an LF follows, and so
 * an event that ends in CR would wait for the next one, and the last one for ever.
 */
function createLineEndUnifier(): (text: string) => string {
  let afterCr = false;
  return (text) => {
    const rest = afterCr && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterCr = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  };
}

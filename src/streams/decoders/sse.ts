import { createParser } from 'eventsource-parser';
import { type RawMessage, StreamError } from '../types.ts';
import { type Decoder, MAX_MESSAGE_LENGTH, NO_MESSAGES } from './decoder.ts';

/** An event stream, read by eventsource-parser. An event that no blank line completes is dropped, as the standard says. */
export function createSseDecoder(): Decoder {
  const text = new TextDecoder();
  const unifyLineEnds = createLineEndUnifier();
  let messages: RawMessage[] = [];
  let id: string | null = null;
  /** True while the last ID came in a block with no data, so that no message carries it yet. */
  let idIsAhead = false;
  let comments = 0;
  let reconnectionTimeMs: number | null = null;
  let failure: StreamError | null = null;
  /** What came since the last blank line. */
  let openBlock = '';
  let lineEnded = false;

  const parser = createParser({
    maxBufferSize: MAX_MESSAGE_LENGTH,
    onEvent(event) {
      if (event.id !== undefined) id = event.id;
      idIsAhead = false;
      messages.push({ id, event: event.event ?? 'message', data: event.data });
    },
    onRetry(delayMs) {
      reconnectionTimeMs = delayMs;
    },
    onComment() {
      comments += 1;
    },
    onError(error) {
      // Unknown fields and invalid `retry` values are ignored by the standard.
      if (error.type === 'max-buffer-size-exceeded')
        failure = new StreamError('decode', 'One event is longer than 64 MiB.', { cause: error });
    },
  });
  // The parser takes the characters ï»¿ at the start of its first chunk for a BOM. The real one is gone by then.
  parser.feed('');

  const feedBlockByBlock = (fed: number, blocks: readonly string[]) => {
    let alreadyFed = fed;
    for (const block of blocks) {
      const before = messages.length;
      if (failure === null) parser.feed(block.slice(alreadyFed));
      alreadyFed = 0;
      const moved = messages.length === before ? idOfDatalessBlock(block) : undefined;
      if (moved === undefined) continue;
      id = moved;
      idIsAhead = true;
    }
  };

  const feed = (chunk: string) => {
    const end = endOfLastBlock(lineEnded, chunk);
    if (chunk !== '') lineEnded = chunk.endsWith('\n');
    if (end === -1) {
      openBlock += chunk;
      parser.feed(chunk);
      return;
    }
    const blocks = openBlock + chunk.slice(0, end);
    if (mayHoldDatalessId(blocks)) {
      feedBlockByBlock(openBlock.length, blocks.split(/(?<=\n\n)/));
      if (failure === null) parser.feed(chunk.slice(end));
    } else parser.feed(chunk);
    openBlock = chunk.slice(end);
  };

  return {
    decode(chunk) {
      if (failure !== null) throw failure;
      feed(unifyLineEnds(text.decode(chunk, { stream: true })));
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
    takeAside() {
      const aside = {
        ...(idIsAhead && id !== null && { lastEventId: id }),
        ...(comments > 0 && { comments }),
      };
      comments = 0;
      idIsAhead = false;
      return aside;
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

/** Where in `chunk` the last blank line ends; -1 where none does. Only the chunk is searched, so that it stays linear. */
function endOfLastBlock(lineEnded: boolean, chunk: string): number {
  const last = chunk.lastIndexOf('\n\n');
  if (last !== -1) return last + 2;
  return lineEnded && chunk.startsWith('\n') ? 1 : -1;
}

/** An `id` field that no `data` field follows in its block. */
const MAY_HOLD_DATALESS_ID = /^id(?::[^\n]*)?\n(?:(?!data[:\n]|id[:\n])[^\n]+\n)*\n/m;

/** A longer text is not searched: an expression that goes back over millions of lines needs a deep stack. */
const MAX_SEARCHED_LENGTH = 1024 * 1024;

/** A quick look, so that an ordinary chunk is fed whole. It may be wrong, but never says no where there is one. */
function mayHoldDatalessId(blocks: string): boolean {
  return blocks.length > MAX_SEARCHED_LENGTH || MAY_HOLD_DATALESS_ID.test(blocks);
}

/**
 * The ID of a block that dispatched nothing. The standard moves the last event ID there as well (HTML, 9.2.6, "dispatch
 * the event", step 1), the parser says nothing of such a block; so it is asked again with a data field added.
 */
function idOfDatalessBlock(block: string): string | undefined {
  let id: string | undefined;
  const parser = createParser({
    onEvent(event) {
      id = event.id;
    },
  });
  parser.feed('');
  parser.feed(`${block.slice(0, -1)}data\n\n`);
  return id;
}

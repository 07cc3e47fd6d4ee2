import { JSONParser } from '@streamparser/json';
import { type RawMessage, StreamError } from '../types.ts';
import { type Decoder, MAX_MESSAGE_LENGTH, NO_MESSAGES, plainMessage } from './decoder.ts';

const OPENING_BRACKET = 0x5b;

/**
 * A JSON array, element by element, each a message with a parsed value; memory holds one element. Any other top-level
 * value is one message, and values that follow one another (with or without line ends between) are a message each.
 */
export function createJsonArrayDecoder(): Decoder {
  let parser: JSONParser | null = null;
  let messages: RawMessage[] = [];
  let failure: StreamError | null = null;
  /** Bytes since an element was last completed. */
  let pendingBytes = 0;

  const startParser = (firstByte: number): JSONParser => {
    const started = new JSONParser({
      paths: [firstByte === OPENING_BRACKET ? '$.*' : '$'],
      keepStack: false,
      separator: '',
    });
    started.onValue = ({ value }) => {
      pendingBytes = 0;
      messages.push(plainMessage(value));
    };
    return started;
  };

  const feed = (chunk: Uint8Array) => {
    const start = parser === null ? chunk.findIndex((byte) => !isBlank(byte)) : 0;
    if (start === -1) return;
    const fresh = start === 0 ? chunk : chunk.subarray(start);
    parser ??= startParser(fresh[0] ?? 0);
    pendingBytes += fresh.byteLength;
    parser.write(fresh);
  };

  const attempt = (step: () => void): readonly RawMessage[] => {
    if (failure !== null) throw failure;
    try {
      step();
      if (pendingBytes > MAX_MESSAGE_LENGTH)
        failure = new StreamError('decode', 'One JSON value is longer than 64 MiB.');
    } catch (cause) {
      failure = new StreamError('decode', `The JSON is broken: ${messageOf(cause)}`, { cause });
    }
    if (messages.length === 0) {
      if (failure !== null) throw failure;
      return NO_MESSAGES;
    }
    const completed = messages;
    messages = [];
    return completed;
  };

  return {
    decode: (chunk) => attempt(() => feed(chunk)),
    end: () =>
      attempt(() => {
        if (parser !== null && !parser.isEnded) parser.end();
      }),
  };
}

/** JSON's white space, and the bytes of a BOM. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

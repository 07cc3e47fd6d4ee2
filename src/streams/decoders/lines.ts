import { type RawMessage, StreamError } from '../types.ts';
import { type Decoder, MAX_MESSAGE_LENGTH, plainMessage } from './decoder.ts';

/** Text lines that end in LF or CRLF, without their ends; the last one may have none. Blank lines are lines. */
export function createLinesDecoder(): Decoder {
  return createLineDecoder((line) => line);
}

/**
 * JSON rows, as text: `parseJson` parses them, and refuses the broken ones one by one. Blank lines are no rows, and a
 * row may stand in a `data:` line, as some backends send it under a JSON media type.
 */
export function createNdjsonDecoder(): Decoder {
  return createLineDecoder((line) => line.replace(/^data:/, '').trim() || null);
}

function createLineDecoder(readLine: (line: string) => string | null): Decoder {
  const text = new TextDecoder();
  let rest = '';

  const add = (messages: RawMessage[], line: string) => {
    const row = readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (row !== null) messages.push(plainMessage(row));
  };

  const cut = (chunk: string): RawMessage[] => {
    const messages: RawMessage[] = [];
    let start = 0;
    // Only the new text is searched, so that one long line in many chunks stays linear.
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      add(messages, rest + chunk.slice(start, end));
      rest = '';
      start = end + 1;
    }
    rest += chunk.slice(start);
    return messages;
  };

  return {
    decode(chunk) {
      if (rest.length > MAX_MESSAGE_LENGTH)
        throw new StreamError('decode', 'One line is longer than 64 MiB.');
      return cut(text.decode(chunk, { stream: true }));
    },
    end() {
      const messages = cut(text.decode());
      if (rest !== '') add(messages, rest);
      rest = '';
      return messages;
    },
  };
}

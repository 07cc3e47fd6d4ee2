import { Buffer } from 'node:buffer';

/** What of a longer line is kept, in bytes. */
const MAX_LINE_BYTES = 16_384;
const LINE_FEED = 10;

/**
 * Bytes to lines. Lines are cut apart as bytes and decoded whole, so that a character split between two chunks stays
 * one; bytes that are no UTF-8 become U+FFFD. Ends with LF or CRLF. Holds at most one line's first `MAX_LINE_BYTES`.
 */
export class LineSplitter {
  readonly #decoder = new TextDecoder();
  #parts: Uint8Array[] = [];
  #keptBytes = 0;
  #pendingBytes = 0;

  /** How many bytes have come of the line that is not complete yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** The lines that this chunk completes, empty ones left out. The chunk may be used again afterwards. */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      this.#add(chunk.subarray(start, end));
      const line = this.#take();
      if (line !== '') lines.push(line);
      start = end + 1;
    }
    // A Buffer's own `slice` shares its memory; the chunk is about to be filled anew.
    if (start < chunk.length) this.#add(Uint8Array.prototype.slice.call(chunk, start));
    return lines;
  }

  /** The line that no line feed will complete any more. */
  flush(): string[] {
    const line = this.#take();
    return line === '' ? [] : [line];
  }

  #add(part: Uint8Array): void {
    this.#pendingBytes += part.length;
    const kept = part.subarray(0, MAX_LINE_BYTES - this.#keptBytes);
    if (kept.length === 0) return;
    this.#parts.push(kept);
    this.#keptBytes += kept.length;
  }

  #take(): string {
    const [only] = this.#parts;
    const bytes = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts);
    const cutBytes = this.#pendingBytes - this.#keptBytes;
    this.#parts = [];
    this.#keptBytes = 0;
    this.#pendingBytes = 0;
    const text = this.#decoder.decode(bytes);
    if (cutBytes > 0) return `${text}… (${cutBytes} more bytes)`;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }
}

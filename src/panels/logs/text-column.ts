import { unescaped } from './json-bytes.ts';
import type { Texts } from './texts.ts';

const encoder = new TextEncoder();
/** Of UTF-8, for each UTF-16 code unit (RFC 3629, section 3). */
const MAX_BYTES_A_UNIT = 3;

const BACKSLASH = 0x5c;

/** Texts that are written piece by piece, as UTF-8. */
export class TextColumn implements Texts {
  readonly ends: Uint32Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer>;
  #count = 0;
  #length = 0;

  constructor(maxTexts: number, bytes: number) {
    this.ends = new Uint32Array(maxTexts);
    this.#bytes = new Uint8Array(bytes);
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  /** The text that is being written is complete. */
  endText(): void {
    this.ends[this.#count] = this.#length;
    this.#count += 1;
  }

  /** Half a surrogate pair becomes U+FFFD. */
  writeText(text: string): void {
    this.#reserve(text.length * MAX_BYTES_A_UNIT);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  writeByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  // A loop: to make a view and let it be copied takes longer than the few bytes that a piece of a line has.
  writeBytes(source: Uint8Array, from: number, end: number): void {
    this.#reserve(end - from);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = from; index < end; index += 1) {
      bytes[at] = source[index] ?? 0;
      at += 1;
    }
    this.#length = at;
  }

  /** What is between the quotes of a JSON string whose escapes are all short. */
  writeJsonString(source: Uint8Array, from: number, end: number): void {
    this.#reserve(end - from);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = from; index < end; index += 1) {
      let byte = source[index] ?? 0;
      if (byte === BACKSLASH) {
        index += 1;
        byte = unescaped(source[index] ?? 0);
      }
      bytes[at] = byte;
      at += 1;
    }
    this.#length = at;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

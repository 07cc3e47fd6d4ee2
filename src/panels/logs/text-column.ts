import { BACKSLASH } from './ascii.ts';
import { unescaped } from './json-bytes.ts';
import type { Texts } from './texts.ts';

const encoder = new TextEncoder();
/** Of UTF-8, for each UTF-16 code unit (RFC 3629, section 3). */
const MAX_BYTES_A_UNIT = 3;
/** To write a longer text in place would take more room than it needs. In UTF-16 code units. */
const MAX_IN_PLACE = 4_096;
/** Less room than this share of all is not worth a copy. */
const MIN_TRIMMED = 0.25;

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
    if (text.length > MAX_IN_PLACE) {
      const bytes = encoder.encode(text);
      this.#reserve(bytes.length);
      this.#bytes.set(bytes, this.#length);
      this.#length += bytes.length;
      return;
    }
    this.#reserve(text.length * MAX_BYTES_A_UNIT);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  /** Lets go of the room that is left, where that is much. */
  trim(): void {
    const left = this.#bytes.length - this.#length;
    if (left > MIN_TRIMMED * this.#bytes.length) this.#bytes = this.#bytes.slice(0, this.#length);
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

import { isSame } from './same-bytes.ts';
import { textBetween } from './texts.ts';

/** A power of two. Words that meet in a slot take turns. */
const SLOTS = 512;
/** Longer ones are none that come again. */
const MAX_BYTES = 64;

interface Word {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** The texts of words that come again and again, so that they are decoded once. */
export class WordCache {
  readonly #slots: Word[] = Array.from({ length: SLOTS }, () => ({ bytes: new Uint8Array(0), text: '' }));

  /** The text that these bytes of UTF-8 are. */
  textOf(bytes: Uint8Array, from: number, end: number): string {
    if (end - from > MAX_BYTES) return textBetween(bytes, from, end);
    const slot = slotOf(bytes, from, end);
    const known = this.#slots[slot];
    if (known !== undefined && isSame(known.bytes, bytes, from, end)) return known.text;
    const text = textBetween(bytes, from, end);
    this.#slots[slot] = { bytes: bytes.slice(from, end), text };
    return text;
  }
}

/** By FNV-1a, 32 bits. */
function slotOf(bytes: Uint8Array, from: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash & (SLOTS - 1);
}

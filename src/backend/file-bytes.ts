/** Bytes of one block: what is computed, and sent, at a time. */
export const BLOCK_BYTES = 65_536;
const BLOCK_WORDS = BLOCK_BYTES / Uint32Array.BYTES_PER_ELEMENT;

/** Xorshift32 from a fixed seed: bytes that don't compress and repeat nowhere within a block. */
const PATTERN = (() => {
  const words = new Uint32Array(BLOCK_WORDS);
  let state = 0x2545_f491;
  for (let index = 0; index < BLOCK_WORDS; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return words;
})();

/** A one-to-one mix of 32 bits (lowbias32): neighbouring blocks get keys that differ in half of their bits. */
function blockKey(block: number): number {
  let key = (block + 0x9e37_79b9) | 0;
  key = Math.imul(key ^ (key >>> 16), 0x21f0_aaad);
  key = Math.imul(key ^ (key >>> 15), 0x735a_2d97);
  return key ^ (key >>> 15);
}

/** Block number `block` of the endless file: the pattern, every word changed by the block's own key. */
function blockBytes(block: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(BLOCK_WORDS);
  const key = blockKey(block);
  for (let index = 0; index < BLOCK_WORDS; index += 1) words[index] = (PATTERN[index] as number) ^ key;
  return new Uint8Array(words.buffer);
}

/**
 * Bytes `offset` to `offset + length` (exclusive) of the endless file that every download is the beginning of. A pure
 * function: any part can be made again without what comes before it, and no two blocks are alike, so that a part put
 * in the wrong place is noticed. Word order is the machine's; every platform that Node runs on is little-endian but
 * s390x.
 */
export function bytesAt(offset: number, length: number): Uint8Array<ArrayBuffer> {
  const firstBlock = Math.floor(offset / BLOCK_BYTES);
  const within = offset - firstBlock * BLOCK_BYTES;
  if (within + length <= BLOCK_BYTES) return blockBytes(firstBlock).subarray(within, within + length);

  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const position = offset + filled;
    const block = Math.floor(position / BLOCK_BYTES);
    const start = position - block * BLOCK_BYTES;
    const part = blockBytes(block).subarray(start, start + length - filled);
    bytes.set(part, filled);
    filled += part.length;
  }
  return bytes;
}

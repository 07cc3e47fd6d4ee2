/** Whether two stretches of bytes, of one length, are the same. */
export function sameBytes(
  one: Uint8Array,
  oneFrom: number,
  other: Uint8Array,
  otherFrom: number,
  length: number,
): boolean {
  for (let index = 0; index < length; index += 1) {
    if (one[oneFrom + index] !== other[otherFrom + index]) return false;
  }
  return true;
}

/** Whether all of `bytes` is what `others` have from `from` to before `end`. */
export const isSame = (bytes: Uint8Array, others: Uint8Array, from: number, end: number): boolean =>
  bytes.length === end - from && sameBytes(bytes, 0, others, from, bytes.length);

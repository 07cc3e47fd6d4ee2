/** How many of a mask are 1, from an index to before another. */
export function countOnes(mask: Uint8Array, from: number, end: number): number {
  let ones = 0;
  for (let index = from; index < end; index += 1) ones += mask[index] ?? 0;
  return ones;
}

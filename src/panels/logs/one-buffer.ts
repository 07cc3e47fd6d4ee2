type Column = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/**
 * Returns what copies columns into one buffer. Thousands of buffers would cost a thread that hands them on, and the garbage collectors of both
 * ends, more than what is in them.
 *
 * @param byteLength of all of them together
 */
export function createOneBuffer(byteLength: number): <C extends Column>(column: C) => C {
  const buffer = new ArrayBuffer(byteLength);
  let at = 0;
  /** Those with the longest elements first: each begins at a multiple of its own. */
  return <C extends Column>(column: C): C => {
    const Columns = column.constructor as new (buffer: ArrayBuffer, at: number, length: number) => C;
    const copy = new Columns(buffer, at, column.length);
    copy.set(column);
    at += column.byteLength;
    return copy;
  };
}

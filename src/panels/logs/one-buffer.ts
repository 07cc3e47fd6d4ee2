interface ColumnType<C> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, at: number, length: number): C;
}

/**
 * Returns what makes columns in one buffer. Thousands of buffers would cost a thread that hands them on, and the garbage collectors of both
 * ends, more than what is in them. Those with the longest elements have to come first: each begins at a multiple of its own.
 *
 * @param byteLength of all of them together
 */
export function createOneBuffer(byteLength: number): <C>(Column: ColumnType<C>, length: number) => C {
  const buffer = new ArrayBuffer(byteLength);
  let at = 0;
  return (Column, length) => {
    const column = new Column(buffer, at, length);
    at += length * Column.BYTES_PER_ELEMENT;
    return column;
  };
}

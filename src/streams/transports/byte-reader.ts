/** Chunks of a body, one a call; null at its end. */
export interface ByteReader {
  read(): Promise<Uint8Array | null>;
  cancel(): Promise<void>;
}

const BUFFER_BYTES = 256 * 1024;

export function createByteReader(body: ReadableStream<Uint8Array>, kind: 'default' | 'byob'): ByteReader {
  if (kind === 'byob') {
    const reader = byobReader(body);
    if (reader !== null) return reader;
  }
  return defaultReader(body);
}

function defaultReader(body: ReadableStream<Uint8Array>): ByteReader {
  const reader = body.getReader();
  return {
    async read() {
      const { done, value } = await reader.read();
      return done ? null : value;
    },
    cancel: () => reader.cancel(),
  };
}

/** Null where this body is no byte stream. */
function byobReader(body: ReadableStream<Uint8Array>): ByteReader | null {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = body.getReader({ mode: 'byob' });
  } catch {
    // A TypeError: this platform's bodies have no BYOB reader. The default one reads the same bytes.
    return null;
  }
  let spare = new ArrayBuffer(BUFFER_BYTES);
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(spare));
      if (done || value === undefined) return null;
      if (value.byteLength >= BUFFER_BYTES / 2) {
        spare = new ArrayBuffer(BUFFER_BYTES);
        return value;
      }
      // A small read is copied, so that a consumer that keeps it does not keep the whole buffer.
      const bytes = value.slice();
      spare = value.buffer;
      return bytes;
    },
    cancel: () => reader.cancel(),
  };
}

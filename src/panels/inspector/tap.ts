import { type Decoder, NO_MESSAGES } from '../../streams/decoders/decoder.ts';
import { type RawMessage, StreamError } from '../../streams/types.ts';

/** A decoder that also keeps the bytes of the chunks that went through it, until they are taken, one a chunk. */
export interface Tap {
  readonly decoder: Decoder;
  takeBytes(): Uint8Array | null;
  /** Why the body can't be decoded, once. */
  takeFailure(): string | null;
}

/** A body that is not what its reader expects is still bytes: they go on, and the messages stop. */
export function createTap(inner: Decoder): Tap {
  const taken: Uint8Array[] = [];
  let failure: string | null = null;
  let broken = false;

  const attempt = (decode: () => readonly RawMessage[]): readonly RawMessage[] => {
    if (broken) return NO_MESSAGES;
    try {
      return decode();
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      broken = true;
      failure = error.message;
      return NO_MESSAGES;
    }
  };

  return {
    decoder: {
      decode(chunk) {
        taken.push(chunk);
        return attempt(() => inner.decode(chunk));
      },
      end: () => attempt(() => inner.end()),
    },
    takeBytes: () => taken.shift() ?? null,
    takeFailure() {
      const reason = failure;
      failure = null;
      return reason;
    },
  };
}

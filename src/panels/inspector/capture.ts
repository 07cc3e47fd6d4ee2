import { RingBuffer } from '../../store/ring-buffer.ts';
import type { StreamMessage } from '../../streams/types.ts';
import { ArrivalCurve } from './arrival-curve.ts';
import { BoundedBodies } from './bounded-bodies.ts';

/** One `read()`. Its bytes are kept apart, because they are let go earlier. */
export interface CapturedChunk {
  readonly number: number;
  /** Milliseconds since the request was sent. */
  readonly atMs: number;
  readonly gapMs: number | null;
  /** Null where the transport can't see it. */
  readonly byteLength: number | null;
  readonly messages: number;
}

export interface CapturedMessage {
  readonly number: number;
  readonly chunk: number;
  readonly atMs: number;
  readonly event: string;
  readonly id: string | null;
}

export const MAX_CHUNKS = 5_000;
export const MAX_HELD_BYTES = 8_000_000;
const MAX_MESSAGES = 5_000;
const MAX_HELD_CHARACTERS = 8_000_000;
/** The longest text of one message that is kept. */
const MAX_MESSAGE_CHARACTERS = 100_000;

/** What arrived, within bounds. Changed in place. */
export class Capture {
  readonly chunks = new RingBuffer<CapturedChunk>(MAX_CHUNKS);
  readonly bytes = new BoundedBodies<Uint8Array>(MAX_HELD_BYTES);
  readonly messages = new RingBuffer<CapturedMessage>(MAX_MESSAGES);
  readonly texts = new BoundedBodies<string>(MAX_HELD_CHARACTERS);
  readonly curve = new ArrivalCurve();
  #lastAtMs: number | null = null;

  addChunk(chunk: {
    readonly atMs: number;
    readonly byteLength: number | null;
    readonly bytes: Uint8Array | null;
    readonly messages: readonly StreamMessage<unknown>[];
  }): void {
    const { atMs, byteLength, bytes } = chunk;
    // The rows that the end of a body completes came with its last chunk.
    if (byteLength !== 0) {
      const number = this.chunks.end + 1;
      this.bytes.delete(number - MAX_CHUNKS);
      if (bytes) this.bytes.put(number, ownBuffer(bytes), bytes.byteLength);
      const gapMs = this.#lastAtMs === null ? null : atMs - this.#lastAtMs;
      this.chunks.append({ number, atMs, gapMs, byteLength, messages: chunk.messages.length });
      this.curve.add(atMs, byteLength ?? chunk.messages.length);
      this.#lastAtMs = atMs;
    }
    for (const message of chunk.messages) this.#addMessage(message, atMs);
  }

  #addMessage({ event, id, value }: StreamMessage<unknown>, atMs: number): void {
    const number = this.messages.end + 1;
    const text = textOf(value);
    this.texts.delete(number - MAX_MESSAGES);
    this.texts.put(number, text, text.length);
    this.messages.append({ number, chunk: this.chunks.end, atMs, event, id });
  }

  /** How many chunks have lost their bytes, or themselves, to the bounds. */
  get chunksLetGo(): number {
    return this.chunks.end - this.bytes.size;
  }
}

/** A view of a larger buffer would keep all of that buffer. */
function ownBuffer(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength < bytes.buffer.byteLength ? bytes.slice() : bytes;
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length <= MAX_MESSAGE_CHARACTERS
    ? text
    : `${text.slice(0, MAX_MESSAGE_CHARACTERS)}… (${text.length - MAX_MESSAGE_CHARACTERS} characters more)`;
}

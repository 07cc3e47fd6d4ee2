import { Buffer } from 'node:buffer';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { FAULT_BUFFER_BYTES, FIRST_HELD_BYTES } from '../contract/faults.ts';
import { bytesOf, cutBy, held, type Piece } from './fault-pieces.ts';

/** `one-behind`: each piece waits for the next, or for the end. */
export async function* oneBehind(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  let last: Piece | null = null;
  for await (const piece of pieces) {
    if (last !== null) yield last;
    last = piece;
  }
  if (last !== null) yield last;
}

/** `first-kb`: nothing before 1,024 bytes are there, or the end; then everything as it comes. */
export async function* firstHeld(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  const waiting: Piece[] = [];
  let byteLength = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    if (piece.type === 'content' && byteLength < FIRST_HELD_BYTES) {
      byteLength += Buffer.byteLength(piece.content);
      if (byteLength < FIRST_HELD_BYTES) continue;
    }
    yield* waiting.splice(0);
  }
  yield* waiting;
}

/** `buffer`: everything waits for the end. */
export async function* buffered(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  const hold = new Hold();
  let turnStartedAtMs = performance.now();
  for await (const piece of pieces) {
    if (piece.type === 'break') {
      yield* hold.release();
      return yield piece;
    }
    const bytes = bytesOf(piece);
    const room = FAULT_BUFFER_BYTES - hold.byteLength;
    hold.add(bytes.subarray(0, room));
    if (bytes.length > room) {
      yield* hold.release();
      return yield cutBy('buffer');
    }
    // A producer that is always ready would otherwise fill the whole buffer in one turn of the event loop.
    if (performance.now() - turnStartedAtMs > TURN_MS) {
      await yieldToOthers();
      turnStartedAtMs = performance.now();
    }
  }
  yield* hold.release();
}

/** How long bytes are taken in before others get their turn. */
const TURN_MS = 5;
const BLOCK_BYTES = 65_536;

/** Bytes put together in blocks: an object for each short event would cost more than the event. */
class Hold {
  byteLength = 0;
  #blocks: Buffer[] = [];

  add(bytes: Uint8Array): void {
    for (let taken = 0; taken < bytes.length; ) {
      const offset = this.byteLength % BLOCK_BYTES;
      if (offset === 0) this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      const part = bytes.subarray(taken, taken + BLOCK_BYTES - offset);
      this.#blocks.at(-1)?.set(part, offset);
      taken += part.length;
      this.byteLength += part.length;
    }
  }

  *release(): Generator<Piece, void> {
    for (let remaining = this.byteLength; remaining > 0; ) {
      const block = this.#blocks.shift()?.subarray(0, remaining) ?? Buffer.alloc(0);
      remaining -= block.length;
      yield held(block);
    }
  }
}

import { gapEventSchema } from '../contract/endpoint.ts';
import type { ParseMessage, RawMessage, StreamEvent, StreamMessage, TransportEvent } from './types.ts';

type RawChunk = Extract<TransportEvent, { type: 'chunk' }>;

export interface ParsedChunk<T> {
  readonly events: readonly StreamEvent<T>[];
  /** The last event ID after this chunk; null where the chunk named none. */
  readonly lastEventId: string | null;
  /** True where the last message of `events` is the end of the stream; what follows it was not read. */
  readonly ended: boolean;
}

/** How much of a refused message is kept to be shown. */
const SAMPLE_CHARACTERS = 200;

/**
 * Reads the messages of one chunk, in order. A chunk that a gap event splits is told in two parts, its bytes with the
 * first; what was refused is told after it.
 *
 * @param resumedAfter the ID that the connection resumed from, until the first event with an ID came on it: if that is
 *   the same one, the consumer has the event.
 */
export function parseChunk<T>(
  chunk: RawChunk,
  read: ParseMessage<T>,
  isEnd: ((message: StreamMessage<T>) => boolean) | undefined,
  resumedAfter: string | null,
): ParsedChunk<T> {
  const parts = new ChunkParts<T>(chunk);
  let lastEventId: string | null = null;
  for (const raw of chunk.messages) {
    const isRepeated = raw.id !== null && lastEventId === null && raw.id === resumedAfter;
    lastEventId = raw.id ?? lastEventId;
    if (raw.event === 'gap' && parts.addGap(raw)) continue;
    if (isRepeated) continue;
    const result = read(raw);
    if (!result.ok) {
      parts.refuse(raw, result.reason);
      continue;
    }
    const message = { id: raw.id, event: raw.event, value: result.value };
    parts.messages.push(message);
    if (isEnd?.(message)) return { events: parts.finish(), lastEventId, ended: true };
  }
  return { events: parts.finish(), lastEventId, ended: false };
}

class ChunkParts<T> {
  messages: StreamMessage<T>[] = [];
  readonly #events: StreamEvent<T>[] = [];
  readonly #refused: StreamEvent<T>[] = [];
  readonly #atMs: number;
  #byteLength: number | null;
  #told = false;

  constructor({ atMs, byteLength }: RawChunk) {
    this.#atMs = atMs;
    this.#byteLength = byteLength;
  }

  /** False where the payload is not the contract's: then it is a message like any other. */
  addGap({ data }: RawMessage): boolean {
    const gap = gapEventSchema.safeParse(parseOrNull(data));
    if (!gap.success) return false;
    if (this.messages.length > 0) this.#tellChunk();
    this.#events.push({ type: 'gap', missed: gap.data.missed, atMs: this.#atMs });
    return true;
  }

  refuse({ data }: RawMessage, reason: string): void {
    this.#refused.push({ type: 'malformed', reason, sample: sampleOf(data), atMs: this.#atMs });
  }

  finish(): readonly StreamEvent<T>[] {
    if (this.messages.length > 0 || !this.#told) this.#tellChunk();
    if (this.#refused.length === 0) return this.#events;
    return this.#events.concat(this.#refused);
  }

  #tellChunk(): void {
    const { messages } = this;
    this.#events.push({ type: 'chunk', byteLength: this.#byteLength, messages, atMs: this.#atMs });
    this.#byteLength = this.#byteLength === null ? null : 0;
    this.messages = [];
    this.#told = true;
  }
}

function parseOrNull(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    // Another backend's event that happens to be called gap.
    return null;
  }
}

function sampleOf(data: unknown): string {
  if (data instanceof Uint8Array) return `${data.byteLength} bytes`;
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? String(data));
  return text.slice(0, SAMPLE_CHARACTERS);
}

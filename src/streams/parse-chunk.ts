import { gapEventSchema } from '../contract/endpoint.ts';
import type { IsRepeated } from './resume-point.ts';
import type {
  ParseMessage,
  ParseResult,
  RawMessage,
  StreamEvent,
  StreamMessage,
  TransportEvent,
} from './types.ts';

type RawChunk = Extract<TransportEvent, { type: 'chunk' }>;

export interface ParsedChunk<T> {
  readonly events: readonly StreamEvent<T>[];
  /** The last event ID after this chunk; null where it told nothing new of it. */
  readonly lastEventId: string | null;
  /** True where the last message of `events` is the end of the stream; what follows it was not read. */
  readonly ended: boolean;
}

/** How much of a refused message is kept to be shown. */
const SAMPLE_CHARACTERS = 200;

/**
 * Reads the messages of one chunk, in order. A chunk that a gap event splits is told in two parts, its bytes with the
 * first; what was refused or repeated is told after it.
 */
export function parseChunk<T>(
  chunk: RawChunk,
  read: ParseMessage<T>,
  isEnd: ((message: StreamMessage<T>) => boolean) | undefined,
  isRepeated: IsRepeated,
): ParsedChunk<T> {
  const parts = new ChunkParts<T>(chunk);
  let lastEventId: string | null = null;
  for (const raw of chunk.messages) {
    const isGap = raw.event === 'gap' && parts.addGap(raw);
    if (!isGap && isRepeated(raw)) {
      parts.repeated += 1;
      continue;
    }
    lastEventId = raw.id ?? lastEventId;
    if (isGap) continue;
    const message = parts.read(raw, read);
    if (message !== null && isEnd?.(message)) return { events: parts.finish(), lastEventId, ended: true };
  }
  parts.lastEventId = chunk.lastEventId;
  return { events: parts.finish(), lastEventId: chunk.lastEventId ?? lastEventId, ended: false };
}

class ChunkParts<T> {
  repeated = 0;
  lastEventId: string | undefined;
  readonly #events: StreamEvent<T>[] = [];
  readonly #after: StreamEvent<T>[] = [];
  readonly #atMs: number;
  #messages: StreamMessage<T>[] = [];
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
    if (this.#messages.length > 0) this.#tellChunk();
    this.#events.push({ type: 'gap', missed: gap.data.missed, atMs: this.#atMs });
    return true;
  }

  /** Null where the schema refuses it. */
  read(raw: RawMessage, read: ParseMessage<T>): StreamMessage<T> | null {
    const result = readSafely(raw, read);
    if (!result.ok) {
      const { reason } = result;
      this.#after.push({ type: 'malformed', reason, sample: sampleOf(raw.data), atMs: this.#atMs });
      return null;
    }
    const message = { id: raw.id, event: raw.event, value: result.value };
    this.#messages.push(message);
    return message;
  }

  finish(): readonly StreamEvent<T>[] {
    if (this.#messages.length > 0 || !this.#told) this.#tellChunk();
    if (this.repeated > 0) this.#after.push({ type: 'repeated', count: this.repeated, atMs: this.#atMs });
    return this.#after.length === 0 ? this.#events : this.#events.concat(this.#after);
  }

  #tellChunk(): void {
    const { lastEventId } = this;
    this.#events.push({
      type: 'chunk',
      byteLength: this.#byteLength,
      messages: this.#messages,
      atMs: this.#atMs,
      ...(lastEventId !== undefined && { lastEventId }),
    });
    this.#byteLength = this.#byteLength === null ? null : 0;
    this.#messages = [];
    this.#told = true;
  }
}

/** A message that a reader can't cope with is one message that can't be read, not the end of the stream. */
function readSafely<T>(raw: RawMessage, read: ParseMessage<T>): ParseResult<T> {
  try {
    return read(raw);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
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

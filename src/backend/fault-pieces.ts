import { Buffer } from 'node:buffer';
import type { BodyFormat } from '../contract/endpoint.ts';
import type { Fault } from '../contract/faults.ts';

/** The faults that one request asks for. */
export interface FaultPlan {
  readonly faults: readonly Fault[];
  /** What the endpoint's body is where it is no event stream. */
  readonly format: BodyFormat;
}

/**
 * What goes from one stage of a misbehaving stream to the next. A `break` is always the last: a stage that holds
 * something back passes that on first, as a proxy does whose server has died.
 */
export type Piece = ContentPiece | { readonly type: 'break'; readonly error: unknown };

export interface ContentPiece {
  readonly type: 'content';
  readonly content: string | Uint8Array;
  /** Whether faults count it; see `contract/faults.ts`. */
  readonly isUnit: boolean;
}

export type Stage = (pieces: AsyncIterable<Piece>) => AsyncGenerator<Piece, void>;

/** What breaks a body on purpose. The message is for logs. */
export class FaultCutError extends Error {
  override readonly name = 'FaultCutError';

  constructor(fault: string) {
    super(`Cut on purpose, as fault=${fault} asks`);
  }
}

export const cutBy = (fault: string): Piece => ({ type: 'break', error: new FaultCutError(fault) });

/** What is only bytes by now. */
export const held = (content: Uint8Array): Piece => ({ type: 'content', content, isUnit: false });

export const bytesOf = ({ content }: ContentPiece): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;

/** A producer's output in pieces that each are at most one unit. Its failure is the last of them. */
export async function* piecesOf(
  produced: AsyncIterable<string | Uint8Array>,
  format: BodyFormat,
): AsyncGenerator<Piece, void> {
  try {
    for await (const content of produced) {
      if (format === 'sse' && typeof content === 'string') yield* eventsOf(content);
      else yield { type: 'content', content, isUnit: format !== 'json-array' || hasElement(content) };
    }
  } catch (error) {
    yield { type: 'break', error };
  }
}

/** Producers join events that are due together: each of their blocks ends with its blank line. */
function* eventsOf(blocks: string): Generator<Piece, void> {
  for (let start = 0; start < blocks.length; ) {
    const blankLine = blocks.indexOf('\n\n', start);
    const end = blankLine === -1 ? blocks.length : blankLine + 2;
    const content = blocks.slice(start, end);
    yield { type: 'content', content, isUnit: HAS_DATA.test(content) };
    start = end;
  }
}

/** HTML standard, section 9.2.6: a block whose data buffer is empty dispatches nothing. */
const HAS_DATA = /^data(?::|$)/m;

const hasElement = (content: string | Uint8Array): boolean => /[^\s[\],]/.test(content.toString());

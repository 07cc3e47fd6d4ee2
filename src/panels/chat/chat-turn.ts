/** How a reply stands. `status` tags it; text and counts are kept whatever becomes of it. */
export type ReplyState =
  /** Asked, and nothing came yet. */
  | { readonly status: 'waiting' }
  | { readonly status: 'streaming' }
  | { readonly status: 'complete' }
  | { readonly status: 'stopped' }
  /** The stream broke, or told of an error, after some of the reply was there. */
  | { readonly status: 'cut-off'; readonly reason: string }
  /** Nothing of a reply came. */
  | { readonly status: 'failed'; readonly reason: string; readonly advice: string }
  /** The page was closed or reloaded while the reply was under way. */
  | { readonly status: 'interrupted' };

/** What was counted of a reply: tokens where its messages are tokens, chunks where it came as plain text. */
export type ReplyUnit = 'tokens' | 'chunks';

export interface Reply {
  /** One a request: a reply that is asked for again is another. */
  readonly id: string;
  readonly state: ReplyState;
  readonly text: string;
  readonly unit: ReplyUnit;
  readonly pieces: number;
  /** Request start to the first piece. */
  readonly firstTokenMs: number | null;
  /** Request start to the last word. Null while it is not over. */
  readonly durationMs: number | null;
  readonly responder: string | null;
}

/** A question and its reply. */
export interface Turn {
  readonly id: string;
  readonly prompt: string;
  readonly reply: Reply;
}

/** Bounds of a conversation, in memory and in storage. */
export const MAX_TURNS = 40;
export const MAX_REPLY_LENGTH = 200_000;

export function isUnderWay({ status }: ReplyState): boolean {
  return status === 'waiting' || status === 'streaming';
}

/** Pieces a second between the first and the last; null where that is no span. */
export function pieceRate({ pieces, firstTokenMs, durationMs }: Reply): number | null {
  if (firstTokenMs === null || durationMs === null || pieces < 2) return null;
  const spanMs = durationMs - firstTokenMs;
  return spanMs > 0 ? ((pieces - 1) / spanMs) * 1_000 : null;
}

export function emptyReply(id: string, unit: ReplyUnit): Reply {
  return {
    id,
    state: { status: 'waiting' },
    text: '',
    unit,
    pieces: 0,
    firstTokenMs: null,
    durationMs: null,
    responder: null,
  };
}

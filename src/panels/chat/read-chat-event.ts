import { z } from 'zod';
import { tolerantChatEventSchema } from '../../contract/chat.ts';
import { errorEventSchema } from '../../contract/endpoint.ts';
import type { ParseResult, RawMessage } from '../../streams/types.ts';

/** What one message of a reply says, whatever form it came in. */
export type ChatPiece =
  | { readonly type: 'text-delta'; readonly text: string }
  /** `text` is what a last message still carried; `totalTokens` and `responder` are null where the backend tells neither. */
  | {
      readonly type: 'text-end';
      readonly text: string;
      readonly totalTokens: number | null;
      readonly responder: string | null;
    }
  | { readonly type: 'error'; readonly message: string };

const endTypes: ReadonlySet<string> = new Set(['done', 'end', 'complete']);
const endOfReply = { type: 'text-end', text: '', totalTokens: null, responder: null } as const;
const inBandError = z.union([
  errorEventSchema,
  z.object({ error: z.string() }),
  z.object({ error: errorEventSchema }),
]);

/** Reads one event of a reply sent as an event stream, in any of the plain forms of `contract/chat.ts`. */
export function readChatEvent({ event, data }: RawMessage): ParseResult<ChatPiece> {
  if (typeof data !== 'string') return refused('an event of a reply is text');
  if (event === 'error') return taken({ type: 'error', message: errorMessage(data) });
  if (data.trim() === '[DONE]') return taken(endOfReply);
  const piece = readPiece(data);
  if (!endTypes.has(event)) return piece;
  return taken(piece.ok && piece.value.type === 'text-end' ? piece.value : endOfReply);
}

/** Reads one piece of a reply sent as plain text: it is what it is. */
export function readChatText({ data }: RawMessage): ParseResult<ChatPiece> {
  return typeof data === 'string' ? taken({ type: 'text-delta', text: data }) : refused('not text');
}

function readPiece(data: string): ParseResult<ChatPiece> {
  const json = parseJson(data);
  if (typeof json === 'string') return taken({ type: 'text-delta', text: json });
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return readObject(json);
  if (json === undefined && data.startsWith('{"')) return refused('broken JSON');
  // A token that is a line feed leaves nothing of itself in `data: \n\n`: such an event has empty data.
  return taken({ type: 'text-delta', text: data === '' ? '\n' : data });
}

function readObject(json: object): ParseResult<ChatPiece> {
  const parsed = tolerantChatEventSchema.safeParse(json);
  if (!parsed.success) {
    const error = inBandError.safeParse(json);
    return error.success
      ? taken({ type: 'error', message: wordsOf(error.data) })
      : refused('none of token, content, delta, text or done');
  }
  const message = parsed.data;
  if ('done' in message) {
    return taken({
      type: 'text-end',
      text: textOf(tolerantText.safeParse(json).data),
      totalTokens: message.totalTokens ?? null,
      responder: message.responder ?? null,
    });
  }
  return taken({ type: 'text-delta', text: textOf(message) });
}

const tolerantText = z.object({
  token: z.string().optional(),
  content: z.string().optional(),
  delta: z.string().optional(),
  text: z.string().optional(),
});

function textOf(
  message: { token?: unknown; content?: unknown; delta?: unknown; text?: unknown } | undefined,
): string {
  const text = message?.token ?? message?.content ?? message?.delta ?? message?.text;
  return typeof text === 'string' ? text : '';
}

function errorMessage(data: string): string {
  const parsed = inBandError.safeParse(parseJson(data));
  const words = parsed.success ? wordsOf(parsed.data) : data.trim();
  return words === '' ? 'the backend gave no reason' : words;
}

function wordsOf(error: z.infer<typeof inBandError>): string {
  if ('message' in error) return error.message;
  return typeof error.error === 'string' ? error.error : error.error.message;
}

/** The parsed value; undefined, which JSON can't say, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const taken = (value: ChatPiece): ParseResult<ChatPiece> => ({ ok: true, value });
const refused = (reason: string): ParseResult<ChatPiece> => ({ ok: false, reason });

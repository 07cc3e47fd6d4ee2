import { z } from 'zod';
import { MAX_REPLY_LENGTH, MAX_TURNS, type Turn } from './chat-turn.ts';

/** The key names its form: another form gets another key, and what is there under the old one is left alone. */
const KEY = 'streamscope-conversation-1';

/** Characters of all turns together, far below the 5 MB that browsers give an origin. */
export const MAX_STORED_LENGTH = 400_000;

const storedState = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['complete', 'stopped', 'interrupted']) }),
  z.object({ status: z.literal('cut-off'), reason: z.string() }),
  z.object({ status: z.literal('failed'), reason: z.string(), advice: z.string() }),
  // Still under way when it was written: its page is gone.
  z
    .object({ status: z.enum(['waiting', 'streaming']) })
    .transform(() => ({ status: 'interrupted' as const })),
]);

const storedTurns = z
  .array(
    z.object({
      id: z.string(),
      prompt: z.string(),
      reply: z.object({
        id: z.string(),
        state: storedState,
        text: z.string().max(MAX_REPLY_LENGTH),
        unit: z.enum(['tokens', 'chunks']),
        pieces: z.number().int().nonnegative(),
        firstTokenMs: z.number().nullable(),
        durationMs: z.number().nullable(),
        responder: z.string().nullable(),
      }),
    }),
  )
  .max(MAX_TURNS);

export type ConversationStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The conversation as it was left; empty where there is none or where it can't be read. */
export function loadConversation(storage: ConversationStorage): readonly Turn[] {
  const text = storage.getItem(KEY);
  if (text === null) return [];
  try {
    return storedTurns.parse(JSON.parse(text));
  } catch {
    // Written by something else: of no use to anybody, and it would fail again at the next load.
    storage.removeItem(KEY);
    return [];
  }
}

/** @returns false where the browser refused to store it (full, or storage is off): the page goes on without. */
export function saveConversation(storage: ConversationStorage, turns: readonly Turn[]): boolean {
  const kept = withinBounds(turns);
  try {
    if (kept.length === 0) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** The latest turns that fit. */
export function withinBounds(turns: readonly Turn[]): readonly Turn[] {
  let length = 0;
  const latest = turns.slice(-MAX_TURNS);
  const tooOld = latest.findLastIndex(({ prompt, reply }) => {
    length += prompt.length + reply.text.length;
    return length > MAX_STORED_LENGTH;
  });
  return latest.slice(tooOld + 1);
}

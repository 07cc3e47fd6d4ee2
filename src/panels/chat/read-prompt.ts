import { MAX_PROMPT_LENGTH } from '../../contract/chat.ts';
import { formatCount } from '../../ui/format.ts';

/** What a draft is worth: something to send, nothing yet, or too much. */
export type DraftState =
  | { readonly status: 'empty' }
  | { readonly status: 'ready'; readonly prompt: string }
  | { readonly status: 'too-long'; readonly words: string };

/** A draft this close to the limit shows its length. */
export const NEAR_THE_LIMIT = 0.8 * MAX_PROMPT_LENGTH;

export function readDraft(draft: string): DraftState {
  const prompt = draft.trim();
  if (prompt === '') return { status: 'empty' };
  if (prompt.length <= MAX_PROMPT_LENGTH) return { status: 'ready', prompt };
  const excess = formatCount(prompt.length - MAX_PROMPT_LENGTH);
  return {
    status: 'too-long',
    words: `${excess} too many: a question has at most ${formatCount(MAX_PROMPT_LENGTH)} characters`,
  };
}

import { formatCount } from '../../ui/format.ts';
import { splitsPair } from './whole-pairs.ts';

/** More of a line that is folded nobody reads, and of more lines in sight a browser could not keep up. In UTF-16 code units. */
export const MAX_FOLDED = 2_000;
/** So much of all that an unfolded line holds is drawn. */
export const MAX_UNFOLDED = 100_000;

/** As much of a text as is drawn, and how much is left. */
export interface DrawnText {
  readonly text: string;
  readonly left: number;
}

export function cutAt(text: string, most: number): DrawnText {
  if (text.length <= most) return { text, left: 0 };
  const end = splitsPair(text, most) ? most - 1 : most;
  return { text: text.slice(0, end), left: text.length - end };
}

export const leftWords = (left: number): string =>
  `… ${formatCount(left)} more ${left === 1 ? 'character' : 'characters'}`;

/** What a text costs beside its characters: there may be many that are short. */
const COST_OF_EACH = 50;

/** As much of many texts as is drawn of all; and how much is left, of those that are cut and of those that are left out. */
export function cutAll(
  texts: Iterable<string>,
  most: number,
): { readonly drawn: readonly string[]; readonly left: number } {
  const drawn: string[] = [];
  let room = most;
  let left = 0;
  for (const each of texts) {
    const cut = cutAt(each, Math.max(0, room));
    if (room > 0) drawn.push(cut.text);
    room -= COST_OF_EACH + cut.text.length;
    left += cut.left;
  }
  return { drawn, left };
}

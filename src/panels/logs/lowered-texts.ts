import { type JoinedTexts, joinedAt, joinTexts } from './texts.ts';

/** Changes its length in lower case: what follows it would be out of place. */
const LONGER = '\u0130';
/** Looks at what follows it: at the end of a text, not at the next one. */
const LOOKS_ON = '\u03a3';

/** In lower case, all at once where no text changes what is beside it. */
export function loweredTexts(texts: JoinedTexts): JoinedTexts {
  const { text, ends } = texts;
  if (!(text.includes(LONGER) || text.includes(LOOKS_ON))) return { text: text.toLowerCase(), ends };
  return joinTexts(Array.from(ends, (_, index) => joinedAt(texts, index).toLowerCase()));
}

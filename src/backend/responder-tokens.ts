const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

type Kind = 'letter' | 'digit' | 'space' | 'newline' | 'other';

/** Whole words up to this many letters are one token, longer ones several of about this size. */
const LONGEST_PIECE = 7;
const LONGEST_NUMBER = 3;

/**
 * Cuts text into pieces like a model's tokens: words and parts of words with the space before them, numbers,
 * punctuation, line breaks. The pieces joined are exactly the text, and no grapheme is ever in two of them.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  let space = '';
  for (const run of runsOf(text)) {
    if (run.kind === 'space') {
      // As in a model's vocabulary, the last space belongs to what follows and the others are a token (an indentation).
      if (run.parts.length > 1) tokens.push(run.parts.slice(0, -1).join(''));
      space = run.parts.at(-1) ?? '';
      continue;
    }
    const [first = '', ...rest] = piecesOf(run);
    tokens.push(space + first, ...rest);
    space = '';
  }
  if (space !== '') tokens.push(space);
  return tokens;
}

interface Run {
  readonly kind: Kind;
  /** Graphemes. */
  readonly parts: string[];
}

function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const segment of graphemesOf(text)) {
    const kind = kindOf(segment);
    const last = runs.at(-1);
    // Punctuation goes one by one, apart from repetitions such as ``` and |---|.
    const joins = last?.kind === kind && (kind !== 'other' || last.parts[0] === segment);
    if (joins) last.parts.push(segment);
    else runs.push({ kind, parts: [segment] });
  }
  return runs;
}

/** Line by line, because the segmenter's cost grows with the square of the length; ASCII needs none. */
function* graphemesOf(text: string): Generator<string> {
  for (const [line] of text.matchAll(/\r\n|[\r\n]|[^\r\n]+/g)) {
    // A line break always ends a grapheme (UAX 29, GB4 and GB5), but CR LF is one (GB3).
    if (/^[ -~]+$/.test(line)) yield* line;
    else for (const { segment } of graphemes.segment(line)) yield segment;
  }
}

function kindOf(grapheme: string): Kind {
  if (/^[\r\n]/.test(grapheme)) return 'newline';
  if (grapheme === ' ' || grapheme === '\t') return 'space';
  if (/^\p{L}/u.test(grapheme)) return 'letter';
  return /^\p{N}/u.test(grapheme) ? 'digit' : 'other';
}

function piecesOf({ kind, parts }: Run): string[] {
  if (kind === 'newline' || kind === 'other') return [parts.join('')];
  const longest = kind === 'letter' ? LONGEST_PIECE : LONGEST_NUMBER;
  const count = Math.ceil(parts.length / longest);
  const size = Math.ceil(parts.length / count);
  return Array.from({ length: count }, (_, index) =>
    parts.slice(index * size, (index + 1) * size).join(''),
  ).filter((piece) => piece !== '');
}

import { cutAtMatches } from './log-filter.ts';

/** Text with what the search finds in it marked. */
export function MarkedText({ text, search }: { text: string; search: string }) {
  if (search === '') return text;
  let from = 0;
  return cutAtMatches(text, search).map((piece) => {
    const key = from;
    from += piece.text.length;
    return piece.found ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
  });
}

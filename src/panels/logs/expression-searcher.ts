import { compileExpression, type ExpressionReply, type ExpressionRequest } from './expression-protocol.ts';
import { type FoundRange, MAX_RANGES } from './find-in-text.ts';
import { type JoinedTexts, joinedAt, unpackJoined } from './texts.ts';
import { withWholePairs } from './whole-pairs.ts';

/** The texts of the rows from position `from` on. */
interface Portion {
  readonly from: number;
  readonly end: number;
  readonly texts: JoinedTexts;
}

interface Search {
  readonly id: number;
  readonly expression: RegExp;
  /** Rows before this position have been looked at. */
  end: number;
}

/** So many rows are looked at between two looks at the clock: a good expression takes less than a millisecond for them. */
const STRETCH_ROWS = 2_000;
/** A later search waits no longer than this for the one before it, where an expression is no bad one. */
const TURN_MS = 8;

/**
 * What the worker does, without the worker. It holds the texts, because sending them again for each letter typed would take
 * longer than the search, and answers portion by portion, so that a later search needn't wait for one before it.
 *
 * @param later runs a function after the requests that wait
 * @param nowMs on any clock that goes on while it works
 */
export function createExpressionSearcher(
  reply: (message: ExpressionReply) => void,
  later: (work: () => void) => void,
  nowMs: () => number,
): (request: ExpressionRequest) => void {
  let portions: Portion[] = [];
  let search: Search | null = null;
  let scheduled = false;

  const work = () => {
    scheduled = false;
    if (search === null) return;
    const from = search.end;
    const positions = lookFor(TURN_MS, search, portions, nowMs);
    if (search.end === from) return;
    reply({ type: 'found', search: search.id, positions: Float64Array.from(positions), end: search.end });
    schedule();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    later(work);
  };

  return (request) => {
    if (request.type === 'rows') {
      for (const { from, texts } of request.rows) {
        // Rows that came one by one come once more when they have become a block.
        while ((portions.at(-1)?.from ?? -1) >= from) portions.pop();
        const { text, ends } = unpackJoined(texts);
        // Not a view into the buffer that the bytes are in: that would be held with it.
        portions.push({ from, end: from + ends.length, texts: { text, ends: ends.slice() } });
      }
      reply({ type: 'taken' });
      schedule();
    } else if (request.type === 'forget') {
      portions = portions.filter(({ end }) => end > request.before);
    } else if (request.type === 'search') {
      search = { id: request.search, expression: compileExpression(request.source), end: 0 };
      schedule();
    } else {
      const expression = compileExpression(request.source, 'g');
      const ranges = request.texts.map((text) => findExpression(text, expression));
      reply({ type: 'marked', mark: request.mark, ranges });
    }
  };
}

/** Looks at rows that have not been looked at, for so long. Returns the positions of those that match. */
function lookFor(
  ms: number,
  search: Search,
  portions: readonly Portion[],
  nowMs: () => number,
): readonly number[] {
  const positions: number[] = [];
  const endsAtMs = nowMs() + ms;
  for (const portion of portions) {
    while (portion.end > search.end) {
      lookIn(portion, search, positions);
      if (nowMs() >= endsAtMs) return positions;
    }
  }
  return positions;
}

/** Looks at the next rows of a portion that have not been looked at. */
function lookIn({ from, end, texts }: Portion, search: Search, positions: number[]): void {
  const start = Math.max(from, search.end);
  search.end = Math.min(end, start + STRETCH_ROWS);
  for (let position = start; position < search.end; position += 1) {
    if (isFound(joinedAt(texts, position - from), search.expression)) positions.push(position);
  }
}

/** On megabytes, an expression may run out of the engine's stack: what can't be searched is not found, and the others are. */
function isFound(text: string, expression: RegExp): boolean {
  try {
    return expression.test(text);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function findExpression(text: string, expression: RegExp): readonly FoundRange[] {
  const ranges: FoundRange[] = [];
  try {
    for (const match of text.matchAll(expression)) {
      if (match[0] !== '') ranges.push({ start: match.index, end: match.index + match[0].length });
      if (ranges.length === MAX_RANGES) break;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return withWholePairs(text, ranges);
}

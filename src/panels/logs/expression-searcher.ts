import { EXPRESSION_FLAGS, type ExpressionReply, type ExpressionRequest } from './expression-protocol.ts';
import { type FoundRange, MAX_RANGES } from './find-in-text.ts';

type Rows = Extract<ExpressionRequest, { type: 'rows' }>;

interface Search {
  readonly id: number;
  readonly expression: RegExp;
  /** Rows before this position have been looked at. */
  end: number;
}

/**
 * What the worker does, without the worker. It holds the texts, because sending them again for each letter typed would take
 * longer than the search, and answers portion by portion, so that a later search needn't wait for one before it.
 *
 * @param later runs a function after the requests that wait
 */
export function createExpressionSearcher(
  reply: (message: ExpressionReply) => void,
  later: (work: () => void) => void,
): (request: ExpressionRequest) => void {
  let portions: Rows[] = [];
  let search: Search | null = null;
  let scheduled = false;

  const work = () => {
    scheduled = false;
    if (search === null) return;
    const { end } = search;
    const portion = portions.find((each) => each.from + each.ends.length > end);
    if (portion === undefined) return;
    const positions = matchesIn(portion, search);
    search.end = portion.from + portion.ends.length;
    reply({ type: 'found', search: search.id, positions, end: search.end });
    schedule();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    later(work);
  };

  return (request) => {
    if (request.type === 'rows') {
      portions.push(request);
      schedule();
    } else if (request.type === 'forget') {
      portions = portions.filter(({ from, ends }) => from + ends.length > request.before);
    } else if (request.type === 'search') {
      search = { id: request.search, expression: new RegExp(request.source, EXPRESSION_FLAGS), end: 0 };
      schedule();
    } else {
      const expression = new RegExp(request.source, `g${EXPRESSION_FLAGS}`);
      const ranges = request.texts.map((text) => findExpression(text, expression));
      reply({ type: 'marked', mark: request.mark, ranges });
    }
  };
}

function matchesIn({ from, text, ends }: Rows, { expression, end }: Search): number[] {
  const positions: number[] = [];
  let start = 0;
  for (const [offset, textEnd] of ends.entries()) {
    if (from + offset >= end && expression.test(text.slice(start, textEnd))) positions.push(from + offset);
    start = textEnd;
  }
  return positions;
}

function findExpression(text: string, expression: RegExp): readonly FoundRange[] {
  const ranges: FoundRange[] = [];
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') ranges.push({ start: match.index, end: match.index + match[0].length });
    if (ranges.length === MAX_RANGES) break;
  }
  return ranges;
}

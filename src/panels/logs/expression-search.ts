import type { ExpressionReply, ExpressionRequest, SearchedRows } from './expression-protocol.ts';
import type { FoundRange } from './find-in-text.ts';
import { type LogLine, NO_LINE } from './log-line.ts';
import type { LogRows } from './log-rows.ts';
import { searchedTexts } from './pack-lines.ts';

/** What is used of a Worker. */
export interface ExpressionWorker {
  onmessage: ((event: MessageEvent<ExpressionReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: ExpressionRequest): void;
  terminate(): void;
}

const startWorker = (): ExpressionWorker =>
  new Worker(new URL('./expression-worker.ts', import.meta.url), { type: 'module', name: 'log search' });

/** An expression that got no answer, and why. */
export interface FailedExpression {
  readonly source: string;
  readonly trouble: 'too-slow' | 'unavailable';
}

interface ExpressionSearchOptions {
  readonly onFound: (positions: Float64Array, end: number) => void;
  readonly onMarked: (
    source: string,
    texts: readonly string[],
    ranges: readonly (readonly FoundRange[])[],
  ) => void;
  /** The worker is gone; the next search gets another one. */
  readonly onTrouble: (failed: FailedExpression) => void;
  readonly createWorker?: () => ExpressionWorker;
  readonly deadlineMs?: number;
  readonly now?: () => number;
}

/** A worker silent for this long over a portion that takes a good expression some milliseconds meets a bad one. */
const DEADLINE_MS = 1_500;
/** And one silent for this long isn't waited for when another expression is asked for: whoever types goes on typing. */
const PATIENCE_MS = 200;
/** Rows sent at once: to copy them takes about a millisecond. */
const PORTION_ROWS = 5_000;
/** Of rows that are in no block yet, fewer: there is an object for each. */
const LOOSE_ROWS = 500;
/** Finds nothing anywhere, and that soon. */
const NO_EXPRESSION = '(?!)';

/**
 * Regular expressions run in a worker, because nothing stops one that takes for ever but the end of its thread.
 * One expression at a time; rows are sent as they come, and answered for in order.
 */
export class ExpressionSearch {
  readonly #options: ExpressionSearchOptions;
  #worker: ExpressionWorker | null = null;
  #ready = false;
  #deadline: ReturnType<typeof setTimeout> | null = null;
  #search = 0;
  #source: string | null = null;
  /** Whether the worker that is there was asked for something: without that it gets nothing, and there may be none. */
  #asked = false;
  #mark = 0;
  /** Rows before these positions were sent, answered for, and are held no more. */
  #sentEnd = 0;
  #answeredEnd = 0;
  #forgottenEnd = 0;
  #marking: { readonly source: string; readonly texts: readonly string[] } | null = null;
  #heardAtMs = 0;

  constructor(options: ExpressionSearchOptions) {
    this.#options = options;
  }

  /**
   * Asks anew, of all rows that were sent and of those that will be.
   *
   * @param source null for nothing yet: the worker takes rows meanwhile
   */
  search(source: string | null): void {
    if (this.#isDue && this.#now() - this.#heardAtMs > PATIENCE_MS) this.close();
    this.#search += 1;
    this.#source = source;
    this.#asked = true;
    this.#answeredEnd = 0;
    this.#post({ type: 'search', search: this.#search, source: source ?? NO_EXPRESSION });
  }

  /**
   * Sends the next rows that it does not have yet. Returns whether there is nothing more to send: it has them all, or its worker
   * is gone and the next search not asked for.
   */
  send(rows: LogRows): boolean {
    if (!this.#asked) return true;
    this.#forget(rows.start);
    const from = Math.max(this.#sentEnd, rows.start);
    const portion: SearchedRows[] = [];
    let end = from;
    while (end < rows.end && end - from < PORTION_ROWS) {
      const next = searchedRows(rows, end);
      portion.push(next);
      end = next.from + next.texts.unitEnds.length;
      if (rows.blockAt(next.from) === null) break;
    }
    if (portion.length === 0) return true;
    this.#sentEnd = end;
    this.#post({ type: 'rows', rows: portion });
    return end === rows.end;
  }

  /**
   * Asks where in these texts the expression finds something. One question at a time: false where one waits already, or the
   * worker is gone.
   */
  mark(source: string, texts: readonly string[]): boolean {
    if (!this.#asked || this.#marking !== null) return false;
    this.#marking = { source, texts };
    this.#mark += 1;
    this.#post({ type: 'mark', mark: this.#mark, source, texts });
    return true;
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = false;
    this.#ready = false;
    this.#marking = null;
    this.#sentEnd = 0;
    this.#forgottenEnd = 0;
    this.#watch();
  }

  #forget(before: number): void {
    if (before === this.#forgottenEnd) return;
    this.#forgottenEnd = before;
    this.#post({ type: 'forget', before });
  }

  #post(request: ExpressionRequest): void {
    this.#worker ??= this.#open();
    this.#worker?.postMessage(request);
    if (this.#deadline === null) this.#watch();
  }

  /** Null where this browser, or what the page is allowed, has no such worker. */
  #open(): ExpressionWorker | null {
    try {
      const worker = (this.#options.createWorker ?? startWorker)();
      worker.onmessage = ({ data }) => this.#hear(data);
      worker.onerror = () => this.#fail('unavailable');
      return worker;
    } catch {
      this.#fail('unavailable');
      return null;
    }
  }

  #hear(reply: ExpressionReply): void {
    if (reply.type === 'ready') this.#ready = true;
    else if (reply.type === 'marked') this.#hearMarked(reply);
    else if (reply.type === 'found' && reply.search === this.#search) {
      this.#answeredEnd = reply.end;
      this.#options.onFound(reply.positions, reply.end);
    }
    this.#watch();
  }

  #hearMarked({ mark, ranges }: Extract<ExpressionReply, { type: 'marked' }>): void {
    const asked = this.#marking;
    if (mark !== this.#mark || asked === null) return;
    this.#marking = null;
    this.#options.onMarked(asked.source, asked.texts, ranges);
  }

  /** Sets the deadline for the next sign of life, where one is due. */
  #watch(): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#heardAtMs = this.#now();
    this.#deadline = this.#isDue
      ? setTimeout(() => this.#endWait(), this.#options.deadlineMs ?? DEADLINE_MS)
      : null;
  }

  /** After the tasks that wait: where it was the page that was busy for so long, the answer is among them, and takes this back. */
  #endWait(): void {
    this.#deadline = setTimeout(() => {
      this.#deadline = null;
      if (this.#isDue) this.#fail('too-slow');
    });
  }

  /** Whether the worker owes an answer: for what it was told to forget, it owes none. */
  get #isDue(): boolean {
    const searching = this.#asked && Math.max(this.#answeredEnd, this.#forgottenEnd) < this.#sentEnd;
    return this.#ready && (this.#marking !== null || searching);
  }

  #now(): number {
    return (this.#options.now ?? (() => performance.now()))();
  }

  #fail(trouble: FailedExpression['trouble']): void {
    const source = this.#marking?.source ?? this.#source;
    this.close();
    // With nothing asked for, it is the machine that is slow.
    if (source !== null || trouble === 'unavailable')
      this.#options.onTrouble({ source: source ?? '', trouble });
  }
}

/** The rows from a position on: those of its block, which is sent whole, or some that are in none. */
function searchedRows(rows: LogRows, position: number): SearchedRows {
  const segment = rows.blockAt(position);
  if (segment !== null) return { from: segment.first, texts: segment.block.texts };
  const loose: LogLine[] = [];
  for (let next = position; next < rows.end && loose.length < LOOSE_ROWS; next += 1) {
    if (rows.blockAt(next) !== null) break;
    const row = rows.at(next);
    loose.push(row?.type === 'line' ? row.line : NO_LINE);
  }
  return { from: position, texts: searchedTexts(loose) };
}

import type { ExpressionReply, ExpressionRequest } from './expression-protocol.ts';
import type { FoundRange } from './find-in-text.ts';
import type { LogRows } from './log-rows.ts';
import { searchedText } from './log-text.ts';

/** What is used of a Worker. */
export interface ExpressionWorker {
  onmessage: ((event: MessageEvent<ExpressionReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: ExpressionRequest): void;
  terminate(): void;
}

const startWorker = (): ExpressionWorker =>
  new Worker(new URL('./expression-worker.ts', import.meta.url), { type: 'module', name: 'log search' });

/** Why there is no answer to an expression. */
export type ExpressionTrouble = 'too-slow' | 'unavailable';

interface ExpressionSearchOptions {
  readonly onFound: (positions: readonly number[], end: number) => void;
  readonly onMarked: (
    source: string,
    texts: readonly string[],
    ranges: readonly (readonly FoundRange[])[],
  ) => void;
  /** The worker is gone; the next search gets another one. */
  readonly onTrouble: (trouble: ExpressionTrouble) => void;
  readonly createWorker?: () => ExpressionWorker;
  readonly deadlineMs?: number;
  readonly now?: () => number;
}

/** A worker silent for this long over a portion that takes a good expression some milliseconds meets a bad one. */
const DEADLINE_MS = 1_500;
/** And one silent for this long isn't waited for when another expression is asked for: whoever types goes on typing. */
const PATIENCE_MS = 200;
/** Rows sent at once: their texts are put together in a few milliseconds. */
const PORTION_ROWS = 2_000;

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
  #mark = 0;
  /** Rows before these positions were sent, and answered for. */
  #sentEnd = 0;
  #answeredEnd = 0;
  #marking: { readonly source: string; readonly texts: readonly string[] } | null = null;
  #heardAtMs = 0;

  constructor(options: ExpressionSearchOptions) {
    this.#options = options;
  }

  /** Asks anew, of all rows that were sent and of those that will be. */
  search(source: string): void {
    if (this.#isDue && this.#now() - this.#heardAtMs > PATIENCE_MS) this.close();
    this.#search += 1;
    this.#answeredEnd = 0;
    this.#post({ type: 'search', search: this.#search, source });
  }

  /** Sends the next rows that it does not have yet. Returns whether it has them all now. */
  send(rows: LogRows): boolean {
    const from = Math.max(this.#sentEnd, rows.start);
    const end = Math.min(rows.end, from + PORTION_ROWS);
    if (from >= end) return true;
    const texts: string[] = [];
    const ends = new Uint32Array(end - from);
    let length = 0;
    for (let position = from; position < end; position += 1) {
      const text = searchedText(rows.at(position));
      texts.push(text);
      length += text.length;
      ends[position - from] = length;
    }
    this.#sentEnd = end;
    this.#post({ type: 'forget', before: rows.start });
    this.#post({ type: 'rows', from, text: texts.join(''), ends });
    return end === rows.end;
  }

  /** Asks where in these texts the expression finds something. One question at a time: false where one waits already. */
  mark(source: string, texts: readonly string[]): boolean {
    if (this.#marking !== null) return false;
    this.#marking = { source, texts };
    this.#mark += 1;
    this.#post({ type: 'mark', mark: this.#mark, source, texts });
    return true;
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    this.#marking = null;
    this.#sentEnd = 0;
    this.#watch();
  }

  #post(request: ExpressionRequest): void {
    this.#worker ??= this.#open();
    this.#worker.postMessage(request);
    if (this.#deadline === null) this.#watch();
  }

  #open(): ExpressionWorker {
    const worker = (this.#options.createWorker ?? startWorker)();
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = () => this.#fail('unavailable');
    return worker;
  }

  #hear(reply: ExpressionReply): void {
    if (reply.type === 'ready') this.#ready = true;
    else if (reply.type === 'marked') this.#hearMarked(reply);
    else if (reply.search === this.#search) {
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
      ? setTimeout(() => this.#fail('too-slow'), this.#options.deadlineMs ?? DEADLINE_MS)
      : null;
  }

  /** Whether the worker owes an answer. */
  get #isDue(): boolean {
    const searching = this.#search > 0 && this.#answeredEnd < this.#sentEnd;
    return this.#ready && (this.#marking !== null || searching);
  }

  #now(): number {
    return (this.#options.now ?? (() => performance.now()))();
  }

  #fail(trouble: ExpressionTrouble): void {
    this.close();
    this.#options.onTrouble(trouble);
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExpressionReply, ExpressionRequest } from '../../src/panels/logs/expression-protocol.ts';
import { expressionError } from '../../src/panels/logs/expression-protocol.ts';
import { ExpressionSearch, type ExpressionWorker } from '../../src/panels/logs/expression-search.ts';
import { createExpressionSearcher } from '../../src/panels/logs/expression-searcher.ts';
import type { LogRow } from '../../src/panels/logs/log-line.ts';
import { LogRows } from '../../src/panels/logs/log-rows.ts';

/** A worker that works when it is told to. */
class ManualWorker implements ExpressionWorker {
  static made: ManualWorker[] = [];
  onmessage: ExpressionWorker['onmessage'] = null;
  onerror: ExpressionWorker['onerror'] = null;
  terminated = false;
  readonly #waiting: (() => void)[] = [];
  readonly #ask: (request: ExpressionRequest) => void;

  constructor() {
    const say = (data: ExpressionReply) => this.onmessage?.(new MessageEvent('message', { data }));
    const ask = createExpressionSearcher(say, (work) => this.#waiting.push(work));
    this.#ask = ask;
    this.#waiting.push(() => say({ type: 'ready' }));
    ManualWorker.made.push(this);
  }

  postMessage(request: ExpressionRequest): void {
    this.#waiting.push(() => this.#ask(request));
  }

  terminate(): void {
    this.terminated = true;
  }

  /** Does what waits, or only the first so many of it. */
  work(most = Number.POSITIVE_INFINITY): void {
    for (let done = 0; done < most; done += 1) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next();
    }
  }
}

function rowsOf(...messages: string[]): LogRows {
  const rows = new LogRows(10_000);
  for (const message of messages) rows.append(rowOf(message));
  return rows;
}

const rowOf = (message: string): LogRow => ({
  type: 'line',
  arrivedAtMs: 0,
  line: { timeMs: null, level: null, service: 'shop', message, fields: { status: 500 } },
});

function open() {
  const found: [readonly number[], number][] = [];
  const troubles: string[] = [];
  const marked: unknown[] = [];
  const search = new ExpressionSearch({
    onFound: (positions, end) => found.push([positions, end]),
    onMarked: (_, __, ranges) => marked.push(...ranges),
    onTrouble: (trouble) => troubles.push(trouble),
    createWorker: () => new ManualWorker(),
    deadlineMs: 1_000,
    now: () => Date.now(),
  });
  const worker = () => ManualWorker.made.at(-1) as ManualWorker;
  return { search, found, troubles, marked, worker };
}

beforeEach(() => {
  ManualWorker.made = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('ExpressionSearch', () => {
  it('finds by message, fields and service, in rows that are there and rows that come', () => {
    const { search, found, worker } = open();
    const rows = rowsOf('an order', 'nothing', 'ORDER 7');
    search.search('^order|der$');
    expect(search.send(rows)).toBe(true);
    worker().work();
    rows.append(rowOf('order last'));
    search.send(rows);
    worker().work();
    expect(found).toEqual([
      [[0, 2], 3],
      [[3], 4],
    ]);
    search.search('^shop$');
    worker().work();
    search.search('status=5..$');
    worker().work();
    expect(found.slice(2).map(([positions]) => positions.length)).toEqual([3, 1, 3, 1]);
  });

  it('sends a long log in portions', () => {
    const { search, found, worker } = open();
    const rows = rowsOf(...Array.from({ length: 4_500 }, (_, index) => `line ${index}`));
    search.search('line .*99$');
    expect([search.send(rows), search.send(rows), search.send(rows)]).toEqual([false, false, true]);
    worker().work();
    expect(found.map(([, end]) => end)).toEqual([2_000, 4_000, 4_500]);
    expect(found.flatMap(([positions]) => positions)).toHaveLength(45);
  });

  it('ends a worker that does not answer, says so, and gives the next expression another one', () => {
    const { search, troubles, found, worker } = open();
    const rows = rowsOf('a');
    search.search('(.+)+x');
    search.send(rows);
    worker().work(2);
    vi.advanceTimersByTime(1_001);
    expect(troubles).toEqual(['too-slow']);
    expect(ManualWorker.made[0]?.terminated).toBe(true);
    search.search('a');
    search.send(rows);
    worker().work();
    expect(ManualWorker.made).toHaveLength(2);
    expect(found).toEqual([[[0], 1]]);
  });

  it('does not wait for a stuck expression when another is typed', () => {
    const { search, troubles, worker } = open();
    search.search('(.+)+x');
    search.send(rowsOf('a'));
    worker().work(2);
    vi.advanceTimersByTime(300);
    search.search('(.+)+xy');
    expect(ManualWorker.made).toHaveLength(2);
    expect(troubles).toEqual([]);
  });

  it('never blames an expression for a script that is slow to load', () => {
    const { search, troubles } = open();
    search.search('a');
    search.send(rowsOf('a'));
    vi.advanceTimersByTime(60_000);
    expect(troubles).toEqual([]);
  });

  it('marks what it finds in a text, one question at a time', () => {
    const { search, marked, worker } = open();
    expect(search.mark('o+|^', ['foo boo', 'none'])).toBe(true);
    expect(search.mark('o', ['x'])).toBe(false);
    worker().work();
    expect(marked).toEqual([
      [
        { start: 1, end: 3 },
        { start: 5, end: 7 },
      ],
      [{ start: 1, end: 2 }],
    ]);
  });
});

describe('expressionError', () => {
  it.each(['a(', '[', '*a', 'a{2,1}', '(?<n'])('says what is wrong with %j', (source) => {
    expect(expressionError(source)).toMatch(/\w/);
  });

  it.each(['', 'a', '(a+)+$', '\\d{3}'])('finds nothing wrong with %j', (source) => {
    expect(expressionError(source)).toBeNull();
  });
});

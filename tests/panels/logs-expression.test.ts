import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExpressionReply, ExpressionRequest } from '../../src/panels/logs/expression-protocol.ts';
import { compileExpression, expressionError } from '../../src/panels/logs/expression-protocol.ts';
import { ExpressionSearch, type ExpressionWorker } from '../../src/panels/logs/expression-search.ts';
import { createExpressionSearcher } from '../../src/panels/logs/expression-searcher.ts';
import { fieldsText } from '../../src/panels/logs/log-fields.ts';
import type { LogLine, LogRow } from '../../src/panels/logs/log-line.ts';
import { LogRows } from '../../src/panels/logs/log-rows.ts';
import { packLines } from '../../src/panels/logs/pack-lines.ts';

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
    // Each look at the clock is a millisecond later.
    let nowMs = 0;
    const tick = () => {
      nowMs += 1;
      return nowMs;
    };
    const ask = createExpressionSearcher(say, (work) => this.#waiting.push(work), tick);
    this.#ask = ask;
    this.#waiting.push(() => say({ type: 'ready' }));
    ManualWorker.made.push(this);
  }

  postMessage(request: ExpressionRequest): void {
    const sent = structuredClone(request);
    this.#waiting.push(() => this.#ask(sent));
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
  const rows = new LogRows(20_000);
  for (const message of messages) rows.append(rowOf(message));
  return rows;
}

const rowOf = (message: string): LogRow => ({
  type: 'line',
  arrivedAtMs: 0,
  line: { timeMs: null, level: null, service: 'shop', message, fields: { status: 500 } },
});

function appendPortion(rows: LogRows, { lines, way }: { lines: readonly LogLine[]; way: string }): void {
  if (way === 'block') rows.appendBlock(packLines(lines), 0);
  else if (way === 'loss') rows.append({ type: 'gap', missed: 3, arrivedAtMs: 0 });
  else for (const line of lines) rows.append({ type: 'line', line, arrivedAtMs: 0 });
}

const isLine = (row: LogRow | undefined): boolean => row?.type === 'line';

function matches(row: LogRow | undefined, source: string): boolean {
  return row?.type === 'line' && new RegExp(source, 'im').test(textOf(row.line));
}

const textOf = ({ message, fields, service }: LogLine): string =>
  [message, fields === null ? '' : fieldsText(fields), service ?? '']
    .filter((part, index) => index === 0 || part !== '')
    .join('\n');

function open(createWorker = (): ExpressionWorker => new ManualWorker()) {
  const found: [readonly number[], number][] = [];
  const troubles: string[] = [];
  const marked: unknown[] = [];
  const search = new ExpressionSearch({
    onFound: (positions, end) => found.push([[...positions], end]),
    onMarked: (_, __, ranges) => marked.push(...ranges),
    onTrouble: ({ trouble, source }) => troubles.push(`${trouble}: ${source}`),
    createWorker,
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
    expect(found.slice(2).map(([positions]) => positions.length)).toEqual([4, 4]);
  });

  it('sends a long log in portions', () => {
    const { search, found, worker } = open();
    const rows = rowsOf(...Array.from({ length: 12_000 }, (_, index) => `line ${index}`));
    search.search('line .*99$');
    const sends = () => search.send(rows);
    expect([sends(), sends(), sends(), sends(), sends()]).toEqual([false, false, false, true, true]);
    worker().work();
    expect(found.length, 'answers').toBe(2);
    expect(found.at(-1)?.[1]).toBe(12_000);
    expect(found.flatMap(([positions]) => positions)).toHaveLength(120);
  });

  it('finds what the expression says of each line, however the lines came, and whatever was dropped', () => {
    const texts = fc.constantFrom(
      'order 7',
      'Order',
      '',
      'a\tb',
      '€ order 12',
      'x=1',
      'İstanbul',
      'ΑΣ',
      '😀 order 3',
    );
    const line = fc.record({
      timeMs: fc.constant(null),
      level: fc.constant(null),
      service: fc.option(fc.constantFrom('shop', 'Order')),
      message: texts,
      fields: fc.option(fc.dictionary(fc.constantFrom('x', 'y'), texts, { noNullPrototype: true })),
    });
    const portion = fc.record({
      lines: fc.array(line, { minLength: 1, maxLength: 20 }),
      way: fc.constantFrom('block', 'rows', 'loss'),
      sends: fc.boolean(),
    });
    const sources = fc.constantFrom('^order', '\\d$', 'x=[^\\n]*\\n', '^$', 'order$', 'b|1');
    fc.assert(
      fc.property(
        fc.array(portion, { maxLength: 10 }),
        fc.integer({ min: 5, max: 200 }),
        sources,
        (portions, capacity, source) => {
          const { search, found, worker } = open();
          const rows = new LogRows(capacity);
          search.search('nothing like this');
          for (const portion of portions) {
            appendPortion(rows, portion);
            if (portion.sends) while (!search.send(rows));
            worker().work();
          }
          found.length = 0;
          search.search(source);
          while (!search.send(rows));
          worker().work();
          const positions = found.flatMap(([some]) => some).filter((position) => isLine(rows.at(position)));
          const held = Array.from({ length: rows.size }, (_, index) => rows.start + index);
          expect(positions).toEqual(held.filter((position) => matches(rows.at(position), source)));
        },
      ),
    );
  });

  it('answers for each row once and in order while rows become blocks', () => {
    const { search, found, worker } = open();
    const rows = rowsOf();
    search.search('^line [0-9]*[05]$');
    for (let index = 0; index < 3_300; index += 1) {
      rows.append(rowOf(`line ${index}`));
      if (index % 16 !== 0) continue;
      while (!search.send(rows));
      worker().work();
    }
    const positions = found.flatMap(([some]) => some);
    expect(positions).toEqual(
      Array.from({ length: 660 }, (_, index) => index * 5).slice(0, positions.length),
    );
    expect(positions.length).toBeGreaterThan(655);
  });

  it('ends a worker that does not answer, says so, and gives the next expression another one', () => {
    const { search, troubles, found, worker } = open();
    const rows = rowsOf('a');
    search.search('(.+)+x');
    search.send(rows);
    worker().work(2);
    vi.advanceTimersByTime(1_001);
    expect(troubles).toEqual(['too-slow: (.+)+x']);
    expect(ManualWorker.made[0]?.terminated).toBe(true);
    search.search('a');
    search.send(rows);
    worker().work();
    expect(ManualWorker.made).toHaveLength(2);
    expect(found).toEqual([[[0], 1]]);
  });

  it('takes an answer that waits behind its deadline, where it was the page that was busy', () => {
    const { search, troubles, found, worker } = open();
    search.search('a');
    search.send(rowsOf('a'));
    worker().work(2);
    vi.advanceTimersByTime(1_000);
    worker().work();
    vi.advanceTimersByTime(60_000);
    expect(troubles).toEqual([]);
    expect(found).toEqual([[[0], 1]]);
  });

  it('finds what it can where a line is too long for the expression', () => {
    const { search, troubles, found, marked, worker } = open();
    const long = 'ab'.repeat(5_000_000);
    search.search('^(?:a|b)*$');
    search.send(rowsOf('ab', long, 'x', 'ba'));
    search.mark('(?:a|b)+', [long, 'xab']);
    worker().work();
    expect(found).toEqual([[[0, 3], 4]]);
    expect(marked).toEqual([[], [{ start: 1, end: 3 }]]);
    expect(troubles).toEqual([]);
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

  it('waits for no answer about rows that are gone', () => {
    const { search, troubles, worker } = open();
    const rows = rowsOf(...Array.from({ length: 3_000 }, (_, index) => `line ${index}`));
    search.search('line');
    while (!search.send(rows));
    worker().work();
    rows.clear();
    search.search('line');
    search.send(rows);
    worker().work();
    vi.advanceTimersByTime(60_000);
    expect(troubles).toEqual([]);
    expect(ManualWorker.made).toHaveLength(1);
  });

  it('sends nothing to the worker after one that got stuck until it is asked for something', () => {
    const { search, worker } = open();
    const rows = rowsOf('a');
    search.search('(.+)+x');
    search.send(rows);
    worker().work(2);
    vi.advanceTimersByTime(1_001);
    expect(search.send(rows)).toBe(true);
    expect(ManualWorker.made).toHaveLength(1);
  });

  it('says so where no worker can be made', () => {
    const { search, troubles } = open(() => {
      throw new Error('blocked by the policy of this page');
    });
    search.search('a');
    expect(troubles).toEqual(['unavailable: a']);
    expect(search.send(rowsOf('a'))).toBe(true);
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
    expect(search.mark('o', ['x']), 'before anything is searched').toBe(false);
    search.search(null);
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

  it('marks a character as a whole of which it finds the halves', () => {
    const { search, marked, worker } = open();
    search.search(null);
    search.mark('.', ['😀']);
    worker().work();
    expect(marked).toEqual([[{ start: 0, end: 2 }]]);
  });
});

describe('compileExpression', () => {
  it.each([
    ['\\p{L}+', 'é'],
    ['^\\p{Lu}$', 'É'],
    ['[\\p{L}--[a-z]]', 'é'],
    ['\\u{1F600}', '😀'],
    ['^[😀😁]$', '😁'],
    ['😀\\-x', '😀-x'],
    ['\\\\p{2}', '\\pp'],
    ['a{', 'A{'],
  ])('finds by %j what it means in %j', (source, text) => {
    expect(text).toMatch(compileExpression(source));
  });
});

describe('expressionError', () => {
  it.each(['a(', '[', '*a', 'a{2,1}', '(?<n', '\\p', '\\p{L', '\\p{Foo}', '\\u{1F', '\\p{L}\\-'])(
    'says what is wrong with %j',
    (source) => {
      expect(expressionError(source)).toMatch(/\w/);
    },
  );

  it.each(['', 'a', '(a+)+$', '\\d{3}'])('finds nothing wrong with %j', (source) => {
    expect(expressionError(source)).toBeNull();
  });
});

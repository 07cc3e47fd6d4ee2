import { describe, expect, it } from 'vitest';
import { cutText } from '../../src/panels/logs/cut-text.ts';
import { findText } from '../../src/panels/logs/find-in-text.ts';
import { SHOW_ALL, textSearch } from '../../src/panels/logs/log-filter.ts';
import type { LogLine, LogRow } from '../../src/panels/logs/log-line.ts';
import { rowText } from '../../src/panels/logs/log-text.ts';
import {
  applyLogs as applyEvents,
  behindBy,
  clearLogs,
  createLogs,
  freeze,
  type LogsState,
  setFilter,
  shownConnection,
  takeAnswers,
  unfreeze,
} from '../../src/panels/logs/logs-store.ts';
import { initialConnectionView } from '../../src/streams/connection-view.ts';
import type { RetainedChunk, StreamEvent } from '../../src/streams/types.ts';

const line = (message: string, part: Partial<LogLine> = {}): LogLine => ({
  timeMs: null,
  level: 'info',
  service: null,
  message,
  fields: null,
  ...part,
});

function chunk(...lines: LogLine[]): StreamEvent<LogLine> {
  const messages = lines.map((value) => ({ id: null, event: 'message', value }));
  return { type: 'chunk', byteLength: 10, messages, atMs: 5 };
}

const logs = (capacity = 100, filter = SHOW_ALL) => createLogs(filter, { capacity });

/** On a machine whose clock began to count 1,000 ms after 1970. */
const applyLogs = (state: LogsState, events: readonly StreamEvent<LogLine>[], originMs = 1_000) =>
  applyEvents(state, events, originMs);

function shownRows({ matches, book }: LogsState): (string | number | null)[] {
  return Array.from({ length: matches.count }, (_, index) => words(book.rows.at(matches.positionAt(index))));
}

function words(row: LogRow | undefined): string | number | null {
  if (row === undefined) return 'NOTHING';
  if (row.type === 'line') return row.line.message;
  return row.type === 'gap' ? row.missed : row.count;
}

describe('applyLogs', () => {
  it('keeps lines in order with the time at which they came', () => {
    const state = applyLogs(logs(), [chunk(line('a'), line('b')), chunk(line('c'))]);
    expect(shownRows(state)).toEqual(['a', 'b', 'c']);
    expect(state.book.rows.at(0)).toMatchObject({ arrivedAtMs: 1_005 });
  });

  it('shows a gap and what was dropped as rows in their place', () => {
    const state = applyLogs(logs(), [
      chunk(line('a')),
      { type: 'gap', missed: 12, atMs: 6 },
      { type: 'gap', missed: null, atMs: 7 },
      { type: 'dropped', count: 3, atMs: 8 },
      chunk(line('b')),
    ]);
    expect(shownRows(state)).toEqual(['a', 12, null, 3, 'b']);
  });

  it('drops the oldest beyond its capacity, counts them, and counts levels of what is held', () => {
    const state = applyLogs(logs(2), [
      chunk(line('a', { level: 'error' }), line('b'), line('c', { level: null })),
    ]);
    expect(shownRows(state)).toEqual(['b', 'c']);
    expect(state.book.rows.dropped).toBe(1);
    expect(state.book.counts).toMatchObject({ error: 0, info: 1, other: 1 });
  });

  it('stamps lines with the time of day at which they came, also after the machine has slept', () => {
    const hourMs = 3_600_000;
    const before = applyLogs(logs(), [chunk(line('a'))]);
    const after = applyLogs(before, [chunk(line('b'))], 1_000 + hourMs);
    expect([...after.book.rows].map(({ arrivedAtMs }) => arrivedAtMs)).toEqual([1_005, 1_005 + hourMs]);
  });

  it('takes of a feed that it joins what came after its own last line, also after the machine has slept', () => {
    const retained = [
      { atMs: 4, messages: [{ id: null, event: 'message', value: line('a') }] },
      { atMs: 6, losses: [{ type: 'dropped', count: 3 }], messages: [] },
      { atMs: 7, messages: [{ id: null, event: 'message', value: line('b') }] },
    ] satisfies RetainedChunk<LogLine>[];
    const joined: StreamEvent<LogLine> = { type: 'joined', view: initialConnectionView, retained, atMs: 8 };
    const before = applyLogs(logs(), [chunk(line('a'))]);
    const after = applyLogs(before, [joined], 3_600_000);
    expect(shownRows(after)).toEqual(['a', 3, 'b']);
    expect(shownRows(applyLogs(clearLogs(after), [joined]))).toEqual(['a', 3, 'b']);
    // What has come since the view was frozen counts as well.
    const frozen = applyLogs(freeze(applyLogs(logs(), [chunk(line('x'))])), [joined]);
    expect(shownRows(unfreeze(frozen))).toEqual(['x', 3, 'b']);
  });

  it('changes its version with every frame, so that a view of the same book draws again', () => {
    const before = logs();
    expect(applyLogs(before, [chunk(line('a'))]).version).not.toBe(before.version);
  });
});

describe('the filter', () => {
  const filled = () =>
    applyLogs(logs(4), [
      chunk(
        line('gone'),
        line('Payment failed', { level: 'error' }),
        line('ok', { service: 'payments' }),
        line('ok', { fields: { method: 'payment' } }),
        line('other'),
      ),
    ]);

  it.each([
    [{}, 4],
    [{ search: textSearch(' PAYMENT ') }, 3],
    [{ search: textSearch('payment', 'hide') }, 1],
    [{ search: textSearch('nowhere', 'mark') }, 4],
    [{ search: textSearch('method=pay') }, 1],
    [{ hiddenLevels: ['error'] as const, search: textSearch('payment') }, 2],
    [{ hiddenLevels: ['info'] as const }, 1],
    [{ service: 'payments' }, 1],
    [{ range: { fromMs: 1_005, toMs: 1_006 } }, 4],
    [{ range: { fromMs: 0, toMs: 1_005 } }, 0],
    [{ search: textSearch('nowhere') }, 0],
  ])('%j shows %i', (part, count) => {
    expect(setFilter(filled(), { ...SHOW_ALL, ...part }).matches.count).toBe(count);
  });

  it('takes lines that come later, lets go of those that are dropped, and always shows losses', () => {
    let state = setFilter(logs(3), { ...SHOW_ALL, search: textSearch('x') });
    state = applyLogs(state, [chunk(line('x1'), line('y'), line('x2'))]);
    expect(shownRows(state)).toEqual(['x1', 'x2']);
    state = applyLogs(state, [{ type: 'gap', missed: 1, atMs: 0 }, chunk(line('x3'))]);
    expect(shownRows(state)).toEqual(['x2', 1, 'x3']);
    expect(state.matches.countFrom(3)).toBe(2);
  });
});

describe('a frozen view', () => {
  it('stays as it is while the feed goes on, and says how far behind it is', () => {
    const frozen = applyLogs(freeze(applyLogs(logs(), [chunk(line('a'))])), [chunk(line('b'), line('c'))]);
    expect(shownRows(frozen)).toEqual(['a']);
    expect(behindBy(frozen)).toBe(2);
    expect(shownRows(unfreeze(frozen))).toEqual(['a', 'b', 'c']);
    expect(behindBy(unfreeze(frozen))).toBeNull();
  });

  it('keeps its rows, counts and bars however many lines come, and says how many that are', () => {
    const before = applyLogs(logs(3), [chunk(line('a', { level: 'error' }), line('b'))]);
    const frozen = applyLogs(freeze(before), [chunk(...'cdefgh'.split('').map((each) => line(each)))]);
    expect(shownRows(frozen)).toEqual(['a', 'b']);
    expect(frozen.book.counts).toMatchObject({ error: 1, info: 1 });
    expect(behindBy(frozen)).toBe(6);
  });

  it('leaves nothing behind when it ends: the newest are held, and the others counted as dropped', () => {
    let state = applyLogs(logs(3), [chunk(line('a'), line('b'))]);
    state = applyLogs(freeze(state), [chunk(line('c'), line('d'))]);
    state = freeze(unfreeze(state));
    expect(shownRows(state)).toEqual(['b', 'c', 'd']);
    expect(state.book.rows.dropped).toBe(1);
    state = unfreeze(applyLogs(state, [chunk(...'efghi'.split('').map((each) => line(each)))]));
    expect(shownRows(state)).toEqual(['g', 'h', 'i']);
    expect(state.book.rows.dropped).toBe(6);
    expect(state.book.counts.info).toBe(3);
  });

  it('is what another filter looks through', () => {
    const before = applyLogs(logs(), [chunk(line('x1'), line('y'))]);
    const frozen = applyLogs(freeze(before), [chunk(line('x2'))]);
    const filtered = setFilter(frozen, { ...SHOW_ALL, search: textSearch('x') });
    expect(shownRows(filtered)).toEqual(['x1']);
    expect(shownRows(unfreeze(filtered))).toEqual(['x1', 'x2']);
  });

  it('has no answer yet where an expression was asked of none of the lines that take its place', () => {
    const search = { type: 'expression', source: 'x', effect: 'show' } as const;
    let state = setFilter(applyLogs(logs(2), [chunk(line('x1'), line('y'))]), { ...SHOW_ALL, search });
    state.nextMatches?.answers?.take([0], 2);
    state = takeAnswers(state);
    expect([shownRows(state), state.matches.isUnanswered(state.book.rows)]).toEqual([['x1'], false]);
    state = unfreeze(applyLogs(freeze(state), [chunk(line('x2'), line('x3'))]));
    expect([shownRows(state), state.matches.isUnanswered(state.book.rows)]).toEqual([[], true]);
    state.matches.answers?.take([2, 3], 4);
    expect(shownRows(takeAnswers(state))).toEqual(['x2', 'x3']);
  });

  it('is frozen once, however often that is asked for', () => {
    const frozen = applyLogs(freeze(logs()), [chunk(line('a'))]);
    expect(behindBy(freeze(frozen))).toBe(1);
  });

  it('is called paused while the connection is open, and nothing else while it is not', () => {
    const open = applyLogs(logs(), [{ type: 'status', state: { status: 'live', attempt: 1 }, atMs: 0 }]);
    expect(shownConnection(freeze(open)).state.status).toBe('paused');
    expect(shownConnection(open).state.status).toBe('live');
    expect(shownConnection(freeze(logs())).state.status).toBe('idle');
  });

  it('shows nothing after a clear, and later what comes from then on', () => {
    const cleared = clearLogs(freeze(applyLogs(logs(), [chunk(line('a'))])));
    const later = applyLogs(cleared, [chunk(line('b'))]);
    expect(shownRows(later)).toEqual([]);
    expect(later.book.counts.info).toBe(0);
    expect(shownRows(unfreeze(later))).toEqual(['b']);
    expect(later.book.counts.info).toBe(1);
  });
});

describe('rowText', () => {
  it.each([
    [line('x', { timeMs: 90_000_000 }), '1970-01-02T01:00:00.000Z INFO  x'],
    [line('x', { level: null }), '1970-01-01T00:00:00.005Z LOG   x'],
  ])('writes the time that the row shows', (of, text) => {
    expect(rowText({ type: 'line', line: of, arrivedAtMs: 5 })).toBe(text);
  });
});

describe('findText and cutText', () => {
  it.each([
    ['Error in ERROR', 'error', ['[Error]', ' in ', '[ERROR]']],
    ['nothing', 'x', ['nothing']],
    ['aaa', 'aa', ['[aa]', 'a']],
    ['İstanbul x', 'x', ['İstanbul x']],
  ])('%j by %j', (text, search, pieces) => {
    const cut = cutText(text, findText(text, search), []);
    expect(cut.map((piece) => (piece.found ? `[${piece.text}]` : piece.text))).toEqual(pieces);
  });
});

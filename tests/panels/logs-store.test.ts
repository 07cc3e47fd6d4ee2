import { describe, expect, it } from 'vitest';
import { cutAtMatches, SHOW_ALL } from '../../src/panels/logs/log-filter.ts';
import type { LogLine, LogRow } from '../../src/panels/logs/log-line.ts';
import {
  applyLogs,
  behindBy,
  clearLogs,
  createLogs,
  freeze,
  type LogsState,
  setFilter,
  shownConnection,
  unfreeze,
} from '../../src/panels/logs/logs-store.ts';
import type { StreamEvent } from '../../src/streams/types.ts';

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

const logs = (capacity = 100, filter = SHOW_ALL) => createLogs(filter, { capacity, timeOriginMs: 1_000 });

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
    [{ hiddenLevels: [], text: '' }, 4],
    [{ hiddenLevels: [], text: ' PAYMENT ' }, 3],
    [{ hiddenLevels: ['error'] as const, text: 'payment' }, 2],
    [{ hiddenLevels: ['info'] as const, text: '' }, 1],
    [{ hiddenLevels: [], text: 'nowhere' }, 0],
  ])('%j shows %i', (filter, count) => {
    expect(setFilter(filled(), filter).matches.count).toBe(count);
  });

  it('takes lines that come later, lets go of those that are dropped, and always shows losses', () => {
    let state = setFilter(logs(3), { hiddenLevels: [], text: 'x' });
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
    expect(shownRows(unfreeze(later))).toEqual(['b']);
    expect(later.book.counts.info).toBe(1);
  });
});

describe('cutAtMatches', () => {
  it.each([
    ['Error in ERROR', 'error', ['[Error]', ' in ', '[ERROR]']],
    ['nothing', 'x', ['nothing']],
    ['all', '', ['all']],
    ['aaa', 'aa', ['[aa]', 'a']],
    ['İstanbul x', 'x', ['İstanbul x']],
  ])('%j by %j', (text, search, pieces) => {
    expect(cutAtMatches(text, search).map((piece) => (piece.found ? `[${piece.text}]` : piece.text))).toEqual(
      pieces,
    );
  });
});

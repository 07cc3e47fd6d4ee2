import { describe, expect, it, vi } from 'vitest';
import { SHOW_ALL } from '../../src/panels/logs/log-filter.ts';
import type { LogLine } from '../../src/panels/logs/log-line.ts';
import { applyLogs, createLogs } from '../../src/panels/logs/logs-store.ts';
import { textOfShown } from '../../src/panels/logs/save-lines.ts';
import type { StreamEvent } from '../../src/streams/types.ts';

function chunk(count: number): StreamEvent<LogLine> {
  const value = { timeMs: 0, level: null, service: null, message: 'm', fields: null };
  const messages = Array.from({ length: count }, () => ({ id: null, event: 'message', value }));
  return { type: 'chunk', byteLength: null, messages, atMs: 0 };
}

describe('the text of what is shown', () => {
  it('says how many lines were let go of while it was written', async () => {
    const state = applyLogs(createLogs(SHOW_ALL, { capacity: 1_000 }), [chunk(1_000)]);
    const { rows } = state.book;
    const at = vi.spyOn(rows, 'at');
    at.mockImplementationOnce((position) => {
      at.mockRestore();
      const first = rows.at(position);
      applyLogs(state, [chunk(100)]);
      return first;
    });
    const { parts, ...counts } = await textOfShown(state.matches, rows, new AbortController().signal);
    expect(counts).toEqual({ count: 901, gone: 99 });
    expect(parts.join('').split('\n')).toHaveLength(902);
  });
});

import { describe, expect, test } from 'vitest';
import { Continuity } from '../../src/streams/continuity.ts';
import type { RawMessage, StreamEvent } from '../../src/streams/types.ts';

const raw = (id: string | null): RawMessage => ({ id, event: 'message', data: id });
const chunk: StreamEvent<never> = { type: 'chunk', byteLength: 1, messages: [], atMs: 5 };
const gap = (missed: number | null): StreamEvent<never> => ({ type: 'gap', missed, atMs: 5 });
const repeated: StreamEvent<never> = { type: 'repeated', count: 1, atMs: 5 };

/** What is told of a chunk with these IDs, after a connection that was to go on after this one. */
function told(after: string | null, ids: readonly (string | null)[], inHeader = true) {
  const continuity = new Continuity();
  continuity.expect(after, { inHeader });
  return continuity.told(ids.map(raw), [chunk]);
}

describe('a stream that is to go on where it was', () => {
  test.each([
    ['with the next number', 'run-7', ['run-8', 'run-9']],
    ['with no ID at all', 'run-7', [null]],
    ['with the last ID on what has none, and then the next', 'run-7', ['run-7', 'run-8']],
    ['after nothing', null, ['run-70']],
    ['with an ID that can not be compared, where the header asked', 'abc', ['xyz']],
  ])('does so %s', (_, after, ids) => {
    expect(told(after, ids)).toEqual([chunk]);
  });

  test.each([
    ['leaves numbers out', 'run-7', ['run-12'], true],
    ['begins anew', '50', ['1'], true],
    ['has another ID, where only the query asked', 'abc', ['xyz'], false],
  ])('may have lost events where it %s', (_, after, ids, inHeader) => {
    expect(told(after, ids, inHeader)).toEqual([gap(null), chunk]);
  });

  test.each([
    [true, false],
    [false, true],
  ])('is believed to where its IDs never went by one, if the header asked: %s', (inHeader, isGap) => {
    const continuity = new Continuity();
    continuity.expect(null, { inHeader: true });
    for (const id of ['100', '350']) continuity.told([raw(id)], [chunk]);
    continuity.expect('350', { inHeader });
    expect(continuity.told([raw('900')], [chunk])).toEqual(isGap ? [gap(null), chunk] : [chunk]);
    continuity.expect('900', { inHeader: true });
    expect(continuity.told([raw('100')], [chunk])).toEqual([gap(null), chunk]);
  });

  test('is asked about once a connection', () => {
    const continuity = new Continuity();
    continuity.expect('1', { inHeader: true });
    expect(continuity.told([raw(null)], [chunk])).toEqual([chunk]);
    expect(continuity.told([raw('9')], [chunk])).toEqual([gap(null), chunk]);
    expect(continuity.told([raw('20')], [chunk])).toEqual([chunk]);
  });

  test.each([
    ['said what is missing', gap(4)],
    ['sent again what was taken', repeated],
  ])('needs no proof of a server that %s', (_, event) => {
    const continuity = new Continuity();
    continuity.expect('1', { inHeader: false });
    expect(continuity.told([raw('9')], [chunk, event])).toEqual([chunk, event]);
    expect(continuity.told([raw('30')], [chunk])).toEqual([chunk]);
  });
});

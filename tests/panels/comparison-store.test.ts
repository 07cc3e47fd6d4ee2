import { describe, expect, it } from 'vitest';
import {
  applyStreamed,
  type ComparedRow,
  completeBuffered,
  failBuffered,
  isRunning,
  shortLanes,
  startComparison,
  stopComparison,
  summarise,
} from '../../src/panels/comparison/comparison-store.ts';
import { verdictOf } from '../../src/panels/comparison/verdict.ts';
import { chunkOf, requestAt, responseAt, statusAt } from '../fixtures/stream-events.ts';

const row: ComparedRow = {};
const ended = (atMs: number) => statusAt(atMs, { status: 'ended', reason: 'complete' });

/** Rows of the streamed lane at these times after its request at 1,000 ms. */
const streamedAt = (...times: number[]) =>
  applyStreamed(startComparison(1_000, 3), [
    requestAt(1_000),
    responseAt(1_004),
    ...times.map((ms) => chunkOf(1_000 + ms, [row])),
    ended(1_000 + (times.at(-1) ?? 0)),
  ]);

const bufferedAt = (endMs: number, rows: number, streamed = streamedAt(10, 1_000)) =>
  completeBuffered(streamed, { rows: Array.from({ length: rows }, () => row), headersMs: endMs - 1, endMs });

describe('the two lanes', () => {
  it('keeps every arrival of the streamed lane, from its own request on', () => {
    const { streamed } = streamedAt(10, 110, 210);
    expect(streamed.rows.map(({ arrivedMs }) => arrivedMs)).toEqual([10, 110, 210]);
    expect(streamed).toMatchObject({ status: 'complete', headersMs: 4, endMs: 210 });
  });

  it('lets every row of the buffered lane arrive when its answer is whole', () => {
    const { buffered } = bufferedAt(2_000, 3);
    expect(buffered.rows.map(({ arrivedMs }) => arrivedMs)).toEqual([2_000, 2_000, 2_000]);
  });

  it('runs until both lanes are over', () => {
    expect(isRunning(startComparison(0, 3))).toBe(true);
    expect(isRunning(streamedAt(10))).toBe(true);
    expect(isRunning(bufferedAt(20, 1))).toBe(false);
    expect(isRunning(failBuffered(streamedAt(10), 'down'))).toBe(false);
    expect(isRunning(stopComparison(startComparison(0, 3)))).toBe(false);
  });

  it('knows which lane ended before the last row that was asked for', () => {
    expect(shortLanes(startComparison(0, 3))).toEqual([]);
    expect(shortLanes(streamedAt(10, 20, 30))).toEqual([]);
    expect(shortLanes(bufferedAt(40, 3, streamedAt(10)))).toEqual(['streamed']);
    expect(shortLanes(bufferedAt(40, 0, streamedAt()))).toEqual(['buffered', 'streamed']);
    const broken = { type: 'malformed', reason: 'no', sample: '{', atMs: 1_005 } as const;
    expect(shortLanes(applyStreamed(streamedAt(10, 20), [broken]))).toEqual([]);
    expect(shortLanes(stopComparison(startComparison(0, 3)))).toEqual([]);
  });

  it.each([
    ['ISO 8601 text', new Date(5_000).toISOString()],
    ['epoch milliseconds', 1_700_000_000_000],
    ['epoch seconds', 1_700_000_000],
  ])('estimates how long a finished row waited: %s', (_name, producedAt) => {
    const producedAtMs = typeof producedAt === 'string' ? 5_000 : 1_700_000_000_000;
    const state = completeBuffered(startComparison(0, 3), {
      rows: [{ producedAt }],
      headersMs: 1,
      endMs: 900,
    });
    expect(summarise(state.buffered, producedAtMs - 100).longestWaitMs).toBe(800);
  });

  it('does not guess a wait where rows carry no time of production', () => {
    expect(summarise(bufferedAt(100, 2).buffered, 0).longestWaitMs).toBeNull();
  });
});

describe('verdictOf', () => {
  it('says how much sooner the first row was there', () => {
    expect(verdictOf(bufferedAt(2_000, 2))).toBe(
      'Streaming showed the first row 1.99 s sooner, 200 times as fast.',
    );
  });

  it('says when the streamed answer came all at once', () => {
    expect(verdictOf(bufferedAt(1_000, 2, streamedAt(1_000, 1_001)))).toContain('arrived all at once');
  });

  it('says when there is no difference worth the name', () => {
    expect(verdictOf(bufferedAt(1_000, 2, streamedAt(950, 2_000)))).toContain('about the same time');
  });

  it('says nothing before both have a first row', () => {
    expect(verdictOf(streamedAt(10))).toBeNull();
  });
});

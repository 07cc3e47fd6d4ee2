import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldConnection, initialConnectionView } from '../../src/streams/connection-view.ts';
import { mergeEvents } from '../../src/streams/shared/merge-events.ts';
import { shiftTimes } from '../../src/streams/shared/shift-times.ts';
import type { StreamEvent, StreamMessage } from '../../src/streams/types.ts';
import { requestAt } from '../fixtures/stream-events.ts';

const numbersFeed = { conflate: (messages: readonly StreamMessage<number>[]) => messages.slice(-1) };
const message = (value: number) => ({ id: `run-${value}`, event: 'message', value });
const chunk = (atMs: number, byteLength: number | null, values: readonly number[]): StreamEvent<number> => ({
  type: 'chunk',
  byteLength,
  messages: values.map(message),
  atMs,
});

/** One after the other, each so much later than the one before. */
const chunks = fc
  .array(
    fc.record({
      afterMs: fc.nat({ max: 300 }),
      byteLength: fc.nat({ max: 3 }),
      messages: fc.nat({ max: 3 }),
    }),
    // More than are kept apart, and also more than a wire view keeps.
    { minLength: 65, maxLength: 400, size: 'max' },
  )
  .map((parts) => {
    let atMs = 10;
    let value = 0;
    return parts.map(({ afterMs, byteLength, messages }) => {
      atMs += afterMs;
      const values = Array.from({ length: messages }, () => {
        value += 1;
        return value;
      });
      return chunk(atMs, byteLength, values);
    });
  });

const wireOf = (...events: readonly StreamEvent<number>[]) =>
  foldConnection(initialConnectionView, [requestAt(5), ...events]).wire;

describe('many chunks that are posted as one', () => {
  it('leave every measurement of the wire as it was', () => {
    fc.assert(
      fc.property(chunks, (events) => {
        expect(wireOf(...mergeEvents(events, numbersFeed))).toEqual(wireOf(...events));
      }),
    );
  });

  it('are measured on the clock of the page that they come to', () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: -1_000, max: 1_000 }), (events, byMs) => {
        const shift = (event: StreamEvent<number>) => shiftTimes(event, byMs);
        expect(wireOf(...mergeEvents(events, numbersFeed).map(shift))).toEqual(wireOf(...events.map(shift)));
      }),
    );
  });

  it('make a page that was busy no gap of the wire', () => {
    const everyMillisecond = Array.from({ length: 250 }, (_, index) => chunk(100 + index, 20, [index]));
    const [posted, ...others] = mergeEvents(everyMillisecond, numbersFeed);
    expect(others).toHaveLength(0);
    expect(posted && wireOf(posted, chunk(350, 20, [250])).longestGapMs).toBe(1);
  });

  it('are counted whole when they had been conflated before', () => {
    const events = Array.from({ length: 100 }, (_, index) => ({
      ...chunk(100 + index, 20, [index]),
      conflated: 9,
    }));
    expect(wireOf(...mergeEvents(events, numbersFeed)).events).toBe(1_000);
  });
});

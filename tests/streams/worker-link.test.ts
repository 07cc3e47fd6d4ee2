import { describe, expect, it } from 'vitest';
import { openLink } from '../../src/streams/shared/worker-link.ts';
import { createManualClock } from './doubles/manual-clock.ts';
import { createPortPair } from './doubles/port-pair.ts';

const never = new AbortController().signal;
const HOUR_MS = 3_600_000;
const place = { feedId: 'f', position: 1, lastEventId: null, firstEventId: null };

/** When a page that starts at `page` takes an event of the worker's to have come, which the worker timed at `eventAtMs`. */
async function timeOnPage(
  worker: { readonly timeOriginMs: number; readonly nowMs: number },
  page: { readonly timeOriginMs: number; readonly nowMs: number; readonly waitedMs?: number },
  eventAtMs: number,
): Promise<number | undefined> {
  const clock = createManualClock();
  clock.advance(page.nowMs - (page.waitedMs ?? 0) - clock.nowMs());
  const { page: port, worker: other } = createPortPair();
  const opening = openLink(port, { locks: null, clock, timeOriginMs: page.timeOriginMs, broken: never });
  other.receive(() => undefined);
  clock.advance(page.waitedMs ?? 0);
  other.send({ type: 'welcome', lock: null, ...worker });
  const link = await opening;
  const reading = link?.join('lines', { url: 'http://test/', token: null, fast: false }, null, false, never);
  other.send({
    type: 'post',
    reading: 1,
    place,
    events: [{ type: 'repeated', count: 1, atMs: eventAtMs }],
  });
  for await (const { events } of reading?.posts() ?? []) return events[0]?.atMs;
  return undefined;
}

describe('times of the worker that holds the feeds', () => {
  it('are told on the clock of the page, to the millisecond, however long the welcome was on its way', async () => {
    const worker = { timeOriginMs: 1_000_000, nowMs: 60_000 };
    // The page began 59 s after the worker, and was busy for the first three seconds.
    const page = { timeOriginMs: 1_059_000, nowMs: 4_000, waitedMs: 3_000 };
    expect(await timeOnPage(worker, page, 60_500)).toBe(1_500);
  });

  it('are right in a page that was opened after the machine slept, when the clocks stood still', async () => {
    const worker = { timeOriginMs: 1_000_000, nowMs: 60_000 };
    // An hour of sleep is in the page's origin, and in no clock that counts from one.
    const page = { timeOriginMs: 1_059_000 + HOUR_MS, nowMs: 1_000 };
    expect(await timeOnPage(worker, page, 60_500)).toBe(1_500);
  });

  it('are right after a short sleep, too, which a slow message would explain as well', async () => {
    const worker = { timeOriginMs: 1_000_000, nowMs: 60_000 };
    const page = { timeOriginMs: 1_059_000 + 5_000, nowMs: 1_000 };
    expect(await timeOnPage(worker, page, 60_500)).toBe(1_500);
  });

  it('are right of a worker that was started after the sleep, too', async () => {
    const worker = { timeOriginMs: 1_059_000 + HOUR_MS, nowMs: 1_000 };
    const page = { timeOriginMs: 1_000_000, nowMs: 60_000 };
    expect(await timeOnPage(worker, page, 1_500)).toBe(60_500);
  });
});

import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import fc from 'fast-check';
import {
  cutPoints,
  eventBlocks,
  eventsOfBlocks,
  lineEnds,
  textOfBlocks,
} from '../fixtures/event-stream-blocks.ts';
import {
  EVENT_STREAM_VECTORS,
  type EventStreamVector,
  VECTOR_EVENT_TYPES,
} from '../fixtures/event-stream-vectors.ts';
import { bytesOf, cutAt, everySplit } from '../streams/doubles/splits.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';
import { startVectorServer, type VectorServer } from './support/vector-server.ts';
import { openWeatherPage } from './support/weather-bundle.ts';
import type { ReadOutcome, TransportChoice } from './support/weather-page.ts';

const TEN_MEBIBYTES = 10 * 1024 * 1024;

test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

let server: VectorServer;
test.beforeAll(async () => {
  server = await startVectorServer();
});
test.afterAll(() => server.close());
test.beforeEach(async ({ page }) => {
  await openWeatherPage(page, server.url);
});

/** What a transport of this kind can tell: `EventSource` hides the reconnection time, and IDs with no event. */
function expectedOf({ events, lastEventId, retryMs }: EventStreamVector, transport: TransportChoice) {
  if (transport === 'EventSource') return { events };
  return { events, lastEventId: lastEventId ?? events.at(-1)?.id ?? '', retryMs: retryMs ?? null };
}

function outcomeOf({ events, lastEventId, retryMs }: ReadOutcome, transport: TransportChoice) {
  const read = events.map((event) => ({ ...event, id: event.id ?? '' }));
  if (transport === 'EventSource') return { events: read };
  return { events: read, lastEventId: lastEventId ?? '', retryMs };
}

for (const transport of ['EventSource', 'fetch-event-source', 'fetch'] as const) {
  test(`${transport} reads every vector of the standard in Chromium, whole and byte by byte`, async ({
    page,
  }) => {
    const urls = EVENT_STREAM_VECTORS.flatMap((_, index) => [
      server.vectorUrl(index, 'whole'),
      server.vectorUrl(index, 'bytes'),
    ]);
    const outcomes = await page.evaluate(
      async ([all, name, types]) => {
        const read: ReadOutcome[] = [];
        for (const url of all) read.push(await window.weather.read(url, name, types));
        return read;
      },
      [urls, transport, VECTOR_EVENT_TYPES] as const,
    );
    for (const [index, vector] of EVENT_STREAM_VECTORS.entries()) {
      for (const outcome of outcomes.slice(2 * index, 2 * index + 2))
        expect.soft(outcomeOf(outcome, transport), vector.name).toEqual(expectedOf(vector, transport));
    }
  });

  test(`${transport} reads an event of 10 MiB whole`, async ({ page }) => {
    const lengths = await page.evaluate(
      async ([url, name]) => {
        const { events } = await window.weather.read(url, name, []);
        return events.map(({ data }) => String(data).length);
      },
      [server.longEventUrl(TEN_MEBIBYTES), transport] as const,
    );
    expect(lengths).toEqual([TEN_MEBIBYTES]);
  });
}

test('EventSource reads every vector of the standard in Chromium, split at every point', async ({ page }) => {
  test.setTimeout(120_000);
  const all = EVENT_STREAM_VECTORS.map((vector) => ({ vector, splits: everySplit(vector.body) }));
  for (const { vector, splits } of all) {
    const expected = expectedOf(vector, 'EventSource');
    const outcomes = await readAll(page, splits);
    // One assertion a vector: there are thousands of splits.
    const others = outcomes.filter((outcome) => !isDeepStrictEqual(outcome, expected));
    expect.soft(others, vector.name).toEqual([]);
  }
});

test('EventSource gives in Chromium what was sent, whatever the events and wherever the cuts', async ({
  page,
}) => {
  const types = VECTOR_EVENT_TYPES.filter((type) => type !== ' spaced');
  const streams = fc.sample(fc.tuple(eventBlocks(types), lineEnds, cutPoints), {
    seed: 20_240_607,
    numRuns: 200,
  });
  const outcomes = await readAll(
    page,
    streams.map(([blocks, end, points]) => cutAt(bytesOf(textOfBlocks(blocks, end)), points)),
  );
  for (const [index, [blocks]] of streams.entries())
    expect.soft(outcomes[index]).toEqual({ events: eventsOfBlocks(blocks).events });
});

async function readAll(page: Page, streams: readonly (readonly Uint8Array[])[]) {
  const urls = streams.map((chunks) => server.chunksUrl(chunks));
  const outcomes = await page.evaluate(([all, types]) => window.weather.readAll(all, 'EventSource', types), [
    urls,
    VECTOR_EVENT_TYPES,
  ] as const);
  return outcomes.map((outcome) => outcomeOf(outcome, 'EventSource'));
}

interface Rule {
  readonly status: number;
  readonly type?: string;
  readonly retryAfter?: string;
  readonly state: Record<string, unknown>;
  /** The shortest wait before the next try. */
  readonly waitsMs?: number;
}

const opened = { status: 'reconnecting', failure: null };
const refused = (status: number) => ({ status: 'failed', failure: { kind: 'status', status } });
const retried = (status: number) => ({ status: 'reconnecting', failure: { kind: 'status', status } });
const wrongType = { status: 'failed', failure: { kind: 'content-type' } };

/** The statuses and types of HTML, section 9.2.2 and 9.2.3, and of RFC 9110 for what is worth another try. */
const RULES: readonly Rule[] = [
  { status: 200, state: opened },
  { status: 200, type: 'text/event-stream;charset=utf-8', state: opened },
  { status: 200, type: 'Text/Event-Stream; charset="UTF-8"; x=y', state: opened },
  { status: 301, state: opened },
  { status: 302, state: opened },
  { status: 307, state: opened },
  { status: 308, state: opened },
  { status: 200, type: 'text/html', state: wrongType },
  { status: 200, type: 'text/event-streams', state: wrongType },
  { status: 200, type: '', state: wrongType },
  { status: 204, type: '', state: { status: 'ended', reason: 'no-content' } },
  { status: 201, state: refused(201) },
  { status: 206, state: refused(206) },
  { status: 400, state: refused(400) },
  { status: 401, state: refused(401) },
  { status: 404, state: refused(404) },
  { status: 410, state: refused(410) },
  { status: 501, state: refused(501) },
  { status: 408, state: retried(408) },
  { status: 425, state: retried(425) },
  { status: 429, state: retried(429) },
  { status: 429, retryAfter: '70', state: retried(429), waitsMs: 70_000 },
  { status: 503, retryAfter: 'in two minutes', state: retried(503), waitsMs: 100_000 },
  { status: 500, state: retried(500) },
  { status: 502, state: retried(502) },
  { status: 503, state: retried(503) },
  { status: 504, state: retried(504) },
];

for (const transport of ['EventSource', 'fetch-event-source'] as const) {
  test(`${transport} keeps to the rules of statuses and types`, async ({ page }) => {
    for (const { status, type, retryAfter, state, waitsMs } of RULES) {
      const isDate = retryAfter !== undefined && !/^\d+$/.test(retryAfter);
      const url = server.statusUrl({
        status,
        ...(type !== undefined && { type }),
        ...(retryAfter !== undefined && {
          retryAfter: isDate ? new Date(Date.now() + 120_000).toUTCString() : retryAfter,
        }),
      });
      const settled = await page.evaluate(
        async ([options]) => {
          window.weather.open('rule', options);
          await window.weather.untilSettled('rule');
          window.weather.close('rule');
          return window.weather.look('rule').states.at(-1);
        },
        [{ url, transport }] as const,
      );
      const name = `${status} ${type ?? ''} ${retryAfter ?? ''}`;
      expect.soft(settled?.state, name).toMatchObject(state);
      if (waitsMs !== undefined) expect.soft(settled?.waitMs ?? 0, name).toBeGreaterThan(waitsMs);
    }
  });
}

/** How late a request may be seen before its time: timers and clocks of two processes. */
const TOLERANCE_MS = 20;
const SHORTEST_WAIT_MS = 250;

for (const transport of ['EventSource', 'fetch-event-source'] as const) {
  const waits = async (page: Page, retryMs: number) => {
    const name = `${transport}-${retryMs}`;
    const url = server.retryUrl(name, retryMs);
    await page.evaluate(([one, options]) => window.weather.open(one, options), [
      name,
      { url, transport },
    ] as const);
    const asked = await server.untilAsked(name, 4);
    await page.evaluate((one) => window.weather.close(one), name);
    return {
      ids: asked.map(({ lastEventId }) => lastEventId).slice(0, 4),
      inHeader: asked[1]?.inHeader,
      waitsMs: asked.slice(1, 4).map(({ atMs }, index) => atMs - (asked[index]?.atMs ?? 0)),
    };
  };

  test(`${transport} keeps to the reconnection time of the server, and resumes after the last event`, async ({
    page,
  }) => {
    const { ids, inHeader, waitsMs } = await waits(page, 1_500);
    expect(ids).toEqual([null, '1', '2', '3']);
    // Of EventSource the first time, which is the browser's own.
    expect(inHeader).toBe(true);
    for (const waitMs of waitsMs) expect(waitMs).toBeGreaterThan(1_500 - TOLERANCE_MS);
  });

  test(`${transport} makes no hot loop of retry: 0`, async ({ page }) => {
    const { waitsMs } = await waits(page, 0);
    // The browser's own first try may come at once.
    const ours = transport === 'EventSource' ? waitsMs.slice(1) : waitsMs;
    for (const waitMs of ours) expect(waitMs).toBeGreaterThan(SHORTEST_WAIT_MS - TOLERANCE_MS);
  });
}

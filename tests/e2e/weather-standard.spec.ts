import {
  EVENT_STREAM_VECTORS,
  type EventStreamVector,
  VECTOR_EVENT_TYPES,
} from '../fixtures/event-stream-vectors.ts';
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

import type { Browser } from '@playwright/test';
import { type Bench, type BenchOptions, type Demand, type Measurement, mean } from './bench.ts';
import { withChromium } from './browser/chromium.ts';
import {
  countsOf,
  type Dashboard,
  eventsOf,
  FAST_RATES,
  openDashboard,
  VIEWPORT,
  type WireCounts,
} from './browser/dashboard.ts';
import { type Heap, measureHeap } from './browser/heap.ts';
import { startStreamscope } from './processes/servers.ts';
import { logEvent, tickerEvent } from './sources/events.ts';
import { startFront } from './sources/front.ts';
import { createPortionedFeed, type PortionedFeed } from './sources/portioned-feed.ts';

const PORTIONS = 16;
const QUARTER = PORTIONS / 4;
const MAX_GROWTH = 1.05;
const NONE: Demand = { atMost: 0 };
const LINES_HELD = 200_000;
/** When nothing has come for this long, what has not come will not: it was lost on the way. */
const SETTLED_MS = 3_000;
const PORTION_TIMEOUT_MS = 2 * 60_000;
const LOOK_EVERY_MS = 200;

interface Feeds {
  readonly quotes: PortionedFeed;
  readonly lines: PortionedFeed;
}

/** Resolves once the page has counted what was sent, or counts no more. */
async function settle({ ticker, logs }: Dashboard, { quotes, lines }: Feeds): Promise<number> {
  const startedAtMs = performance.now();
  let seen = -1;
  let seenAtMs = startedAtMs;
  for (;;) {
    const now = (await eventsOf(ticker)) + (await eventsOf(logs));
    if (now !== seen) seenAtMs = performance.now();
    seen = now;
    const isSilent = performance.now() - seenAtMs > SETTLED_MS;
    if (seen >= quotes.sent + lines.sent || isSilent) return seen;
    if (performance.now() - startedAtMs > PORTION_TIMEOUT_MS)
      throw new Error(`only ${seen} events counted in time`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function soak(browser: Browser, dashboard: Dashboard, feeds: Feeds, { quick, note }: BenchOptions) {
  const perPortion = (quick ? 200_000 : 5_000_000) / PORTIONS / 2;
  const heaps: Heap[] = [];
  let seen = 0;
  const startedAtMs = performance.now();
  for (let portion = 0; portion < PORTIONS; portion += 1) {
    await Promise.all([feeds.quotes.send(perPortion), feeds.lines.send(perPortion)]);
    seen = await settle(dashboard, feeds);
    heaps.push(await measureHeap(browser));
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const sent = feeds.quotes.sent + feeds.lines.sent;
  if (perPortion * QUARTER < LINES_HELD)
    note(
      'The log is not full before the second quarter of so few events: its heap still grows, as it should.',
    );
  const connections = feeds.quotes.connections + feeds.lines.connections;
  if (connections > 2) note(`The page connected ${connections} times instead of twice.`);
  return [
    { subject: 'events sent to ticker and logs', value: sent, unit: 'events' },
    { subject: 'events that the page did not count', value: sent - seen, unit: 'events', demand: NONE },
    ...lossRows([await countsOf(dashboard.ticker), await countsOf(dashboard.logs)]),
    { subject: 'events counted, pauses for measuring included', value: seen / seconds, unit: 'events/s' },
    ...growthRows(
      'page',
      heaps.map(({ pageMb }) => pageMb),
      note,
    ),
    ...(heaps.some(({ workers }) => workers > 0)
      ? growthRows(
          'workers',
          heaps.map(({ workersMb }) => workersMb),
          note,
        )
      : []),
  ];
}

/** As the panels' wires show them: what is dropped behind the worker has been counted by it. */
function lossRows(counts: readonly WireCounts[]): readonly Measurement[] {
  const sum = (of: 'dropped' | 'missed') => counts.reduce((total, each) => total + each[of], 0);
  return [
    {
      subject: 'events dropped on the way to the page, as it shows',
      value: sum('dropped'),
      unit: 'events',
      demand: NONE,
    },
    { subject: 'events missed, as it shows', value: sum('missed'), unit: 'events', demand: NONE },
  ];
}

function growthRows(
  where: string,
  megabytes: readonly number[],
  note: BenchOptions['note'],
): readonly Measurement[] {
  const second = mean(megabytes.slice(QUARTER, 2 * QUARTER));
  const last = mean(megabytes.slice(-QUARTER));
  note(
    `Heap of ${where} after each portion, in MB: ${megabytes.map((value) => value.toFixed(1)).join(', ')}.`,
  );
  return [
    { subject: `${where}: heap, second quarter`, value: second, unit: 'MB' },
    { subject: `${where}: heap, last quarter`, value: last, unit: 'MB' },
    { subject: `${where}: last / second`, value: last / second, unit: '×', demand: { atMost: MAX_GROWTH } },
  ];
}

export const soakBench: Bench = {
  name: 'soak',
  question: 'Does the heap of page and workers stay flat over 5 million events through ticker and logs?',
  blindSpots: [
    'The events come as fast as the page reads, minutes and not days: what grows with time and not with events is not seen.',
    'Of the ticker the page gets the last, the highest and the lowest price of each post, on purpose: what is conflated is counted and not lost. What the log lets go beyond its 200,000 lines is no loss on the way either.',
    'The heap is what scripts, DOM and array buffers hold right after a collection, not what the process has from the system.',
  ],
  async run(options) {
    const feeds = { quotes: createPortionedFeed(tickerEvent), lines: createPortionedFeed(logEvent) };
    const server = await startStreamscope();
    try {
      const front = await startFront(server.url, {
        '/stream/stock-ticker': feeds.quotes.handle,
        '/stream/live-logs': feeds.lines.handle,
      });
      try {
        return await withChromium(async (browser) => {
          const context = await browser.newContext({ viewport: VIEWPORT });
          const settings = { backendUrl: front.url, rates: FAST_RATES };
          return soak(browser, await openDashboard(context, server.url, settings), feeds, options);
        });
      } finally {
        await front.close();
      }
    } finally {
      await server.stop();
    }
  },
};

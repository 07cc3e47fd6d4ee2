import type { Page } from '@playwright/test';
import {
  alternate,
  type Bench,
  type BenchOptions,
  type Demand,
  type Measurement,
  ratio,
  summarise,
} from './bench.ts';
import { buildBenchPage } from './browser/built-page.ts';
import { withChromium } from './browser/chromium.ts';
import type { ContestantName, Reading } from './page/contestants.ts';
import { eventChunks, tickerEvent } from './sources/events.ts';
import { type Handle, openEventStream, serve, writeChunks } from './sources/serve.ts';

interface Pair {
  readonly peer: ContestantName;
  readonly ticker: ContestantName;
  readonly demand?: Demand;
  /** Fast readers get more events, so that a frame more or less doesn't count. */
  readonly events: number;
}

function pairs(quick: boolean): readonly Pair[] {
  const few = quick ? 20_000 : 200_000;
  const many = quick ? 60_000 : 600_000;
  return [
    { peer: 'EventSource, bare', ticker: 'EventSource, ticker', demand: { atLeast: 0.9 }, events: few },
    {
      peer: 'fetch-event-source, bare',
      ticker: 'fetch-event-source, ticker',
      demand: { atLeast: 0.75 },
      events: many,
    },
    { peer: 'eventsource-parser, bare', ticker: 'fetch and parser, ticker', events: many },
  ];
}

/** `/feed?events=` sends so many events as fast as they are read, and stays open; all else is the page. */
function handleWith(page: Handle, chunksOf: (events: number) => readonly Buffer[]): Handle {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/feed') return page(request, response);
    openEventStream(response);
    void writeChunks(response, chunksOf(Number(url.searchParams.get('events'))));
  };
}

function madeOnce(): (events: number) => readonly Buffer[] {
  const made = new Map<number, readonly Buffer[]>();
  return (events) => {
    const chunks = made.get(events) ?? [...eventChunks(tickerEvent, 1, events)];
    made.set(events, chunks);
    return chunks;
  };
}

const perSecond = ({ events, elapsedMs }: Reading) => (events / elapsedMs) * 1_000;

/** In a new document each time: what the one before left behind is not this one's. */
async function read(page: Page, name: ContestantName, events: number): Promise<Reading> {
  await page.reload();
  return page.evaluate(
    ([contestant, count]) => window.contestants[contestant](`${location.origin}/feed?events=${count}`, count),
    [name, events] as const,
  );
}

async function compare(page: Page, origin: string, { quick, note }: BenchOptions) {
  await page.goto(origin);
  const rows: Measurement[] = [];
  for (const { peer, ticker, demand, events } of pairs(quick)) {
    for (const name of [peer, ticker]) await read(page, name, events / 10);
    const [peers = [], ours = []] = await alternate(
      [() => read(page, peer, events), () => read(page, ticker, events)],
      quick ? 2 : 7,
    );
    rows.push(
      summarise(peer, peers.map(perSecond), 'events/s'),
      summarise(ticker, ours.map(perSecond), 'events/s'),
      ratio(`${ticker} / ${peer}`, ours.map(perSecond), peers.map(perSecond), demand),
    );
    const dropped = ours.reduce((sum, reading) => sum + reading.dropped, 0);
    if (dropped > 0) note(`${ticker}: ${dropped} events dropped, which are not in its rate.`);
  }
  return rows;
}

export const tickerBench: Bench = {
  name: 'ticker',
  question:
    "How many events a second go into the ticker's state in Chromium, beside bare loops that parse the JSON?",
  blindSpots: [
    'The ticker is read from the wire to its state (subscribe, schema, frames, applyTicker), in the page: the way of one without a shared worker. Its pixels are measured by smoothness.',
    'The dashboard leaves EventSource above 1,000 events a second: a shared worker reads by fetch and a parser, and posts the page conflated batches. What that way takes is measured by full-rate.',
    'The source, this process, shares the cores with Chromium, whose network process and page alone can fill two.',
  ],
  async run(options) {
    const built = await buildBenchPage();
    try {
      const served = await serve(handleWith(built.handle, madeOnce()));
      try {
        return await withChromium(async (browser) => compare(await browser.newPage(), served.url, options));
      } finally {
        await served.close();
      }
    } finally {
      built.remove();
    }
  },
};

import type { Browser } from '@playwright/test';
import { type Bench, type BenchOptions, type Measurement, mean, median } from './bench.ts';
import { withChromium } from './browser/chromium.ts';
import { type Dashboard, eventsOf, FAST_RATES, onDashboard, until, VIEWPORT } from './browser/dashboard.ts';
import { timeExpressions, timeFiltering } from './browser/filtering.ts';
import { type Heap, measureHeap } from './browser/heap.ts';
import { observePages, takeObserved } from './browser/observed.ts';
import {
  frameRows,
  inputRows,
  leaveAlone,
  type Offered,
  receivedRows,
  type Spans,
  WATCH_BLIND_SPOTS,
  watchTwice,
} from './browser/watch.ts';
import { startStreamscope } from './processes/servers.ts';
import { atRate, startFront } from './sources/front.ts';

const OFFERED: Offered = { quotes: 10_000, lines: 20_000 };
/** What the panel keeps. */
const LINES_HELD = 200_000;
const MAX_HELD_MB = 150;
/** Last quarter of the time against the second. */
const MAX_GROWTH = 1.05;
const HEAP_SAMPLES = 12;

interface Sizes extends Spans {
  readonly heapMs: number;
}

const FULL: Sizes = { startUpMs: 5_000, windowMs: 30_000, heapMs: 120_000 };
const QUICK: Sizes = { startUpMs: 2_000, windowMs: 5_000, heapMs: 15_000 };

/** How often an empty page gets a frame: what no page can be better than here. */
async function idleFrames(browser: Browser): Promise<Measurement> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await observePages(context);
  const page = await context.newPage();
  await page.goto('about:blank');
  await takeObserved(page);
  await leaveAlone(1_000)();
  const { frames } = await takeObserved(page);
  await context.close();
  return { subject: 'empty page: frame time, median', value: median(frames), unit: 'ms' };
}

/** Frames and input: first left alone, then typed into. */
async function smoothRows(
  name: string,
  dashboard: Dashboard,
  sizes: Sizes,
  offered: Offered | null,
): Promise<readonly Measurement[]> {
  const { alone, typing } = await watchTwice(dashboard, sizes);
  const isDemanded = offered !== null;
  return [
    ...receivedRows(`${name}, left alone`, alone, offered),
    ...frameRows(`${name}, left alone`, alone, isDemanded),
    ...receivedRows(`${name}, typing`, typing, offered),
    ...frameRows(`${name}, typing`, typing, isDemanded),
    ...inputRows(`${name}, typing`, typing, isDemanded),
  ];
}

const MAX_FILTER_MS = 100;
const FILTER_ROUNDS = 5;

/** From a word to what the panel shows of all that it holds: while both feeds run, and with the lines standing still. */
async function filterRows(dashboard: Dashboard): Promise<readonly Measurement[]> {
  const rowOf = (subject: string, tookMs: readonly number[]): Measurement => ({
    subject: `${subject}, slowest of ${tookMs.length}`,
    value: Math.max(...tookMs),
    unit: 'ms',
    range: [Math.min(...tookMs), Math.max(...tookMs)],
    demand: { atMost: MAX_FILTER_MS },
  });
  const running = await timeFiltering(dashboard, FILTER_ROUNDS);
  await dashboard.logs.getByRole('button', { name: 'Stop' }).click();
  const stopped = await timeFiltering(dashboard, FILTER_ROUNDS);
  const expressions = await timeExpressions(dashboard, FILTER_ROUNDS);
  return [
    rowOf('filtering all lines held, both feeds at full rate', running),
    rowOf('filtering all lines held, logs stopped', stopped),
    rowOf('the same by a regular expression, at once after it is switched on', expressions.first),
    rowOf('the same by regular expressions after that', expressions.later),
  ];
}

const megabytes = ({ pageMb, workersMb }: Heap) => pageMb + workersMb;

async function heapRows(
  browser: Browser,
  { logs }: Dashboard,
  emptyMb: number,
  { heapMs }: Sizes,
  note: BenchOptions['note'],
): Promise<readonly Measurement[]> {
  const lines = await until(
    () => eventsOf(logs),
    (events) => events >= LINES_HELD,
    heapMs,
  );
  if (lines < LINES_HELD)
    note(`Only ${lines} lines had come when the memory was measured, so fewer were held.`);
  const samples: number[] = [];
  for (let sample = 0; sample < HEAP_SAMPLES; sample += 1) {
    samples.push(megabytes(await measureHeap(browser)));
    await leaveAlone(heapMs / HEAP_SAMPLES)();
  }
  const quarter = HEAP_SAMPLES / 4;
  const second = mean(samples.slice(quarter, 2 * quarter));
  const last = mean(samples.slice(-quarter));
  note(`Heap over ${heapMs / 1_000} s, in MB: ${samples.map((value) => value.toFixed(0)).join(', ')}.`);
  return [
    { subject: 'at full rate: heap, last quarter', value: last, unit: 'MB' },
    {
      subject: 'heap, last quarter / second quarter',
      value: last / second,
      unit: '×',
      demand: { atMost: MAX_GROWTH },
    },
    {
      subject: `what ${Math.min(lines, LINES_HELD).toLocaleString('en')} lines take, more than a few lines`,
      value: last - emptyMb,
      unit: 'MB',
      demand: { atMost: MAX_HELD_MB },
    },
  ];
}

async function measure(browser: Browser, serverUrl: string, frontUrl: string, { quick, note }: BenchOptions) {
  const sizes = quick ? QUICK : FULL;
  const idle = await idleFrames(browser);
  if (idle.value > 17.5) note('This Chromium does not draw at 60 Hz here: the frame times say little.');
  const calm = await onDashboard(browser, serverUrl, {}, async (dashboard) => {
    const rows = await smoothRows('at the default rates', dashboard, sizes, null);
    const emptyMb = megabytes(await measureHeap(browser));
    return {
      emptyMb,
      rows: [...rows, { subject: 'at the default rates: heap', value: emptyMb, unit: 'MB' }],
    };
  });
  const fast = { backendUrl: frontUrl, rates: FAST_RATES };
  const busy = await onDashboard(browser, serverUrl, fast, async (dashboard) => [
    ...(await smoothRows('at full rate', dashboard, sizes, OFFERED)),
    ...(await heapRows(browser, dashboard, calm.emptyMb, sizes, note)),
    ...(await filterRows(dashboard)),
  ]);
  return [idle, ...calm.rows, ...busy];
}

export const smoothnessBench: Bench = {
  name: 'smoothness',
  question:
    'Does the page stay smooth with 20,000 log lines and 10,000 ticker events a second, beside its default rates?',
  blindSpots: [
    ...WATCH_BLIND_SPOTS,
    'An answer to a search counts as painted once the page has handed its frame on: what putting it on the screen takes after that is not in it.',
    'The heap is what scripts, DOM, array buffers and strings off the heap hold, in page and workers, right after a collection; not what the process has from the system. It is taken before a regular expression is looked for, for which a worker is given the texts a second time.',
  ],
  async run(options) {
    const server = await startStreamscope();
    try {
      const front = await startFront(server.url, {
        '/stream/stock-ticker': atRate(server.url, OFFERED.quotes),
        '/stream/live-logs': atRate(server.url, OFFERED.lines),
      });
      try {
        return await withChromium((browser) => measure(browser, server.url, front.url, options));
      } finally {
        await front.close();
      }
    } finally {
      await server.stop();
    }
  },
};

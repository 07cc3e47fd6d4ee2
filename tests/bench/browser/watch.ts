import { setTimeout } from 'node:timers/promises';
import { type Demand, type Measurement, quantile } from '../bench.ts';
import { countsOf, type Dashboard, type WireCounts } from './dashboard.ts';
import { type Observed, takeObserved } from './observed.ts';

/** What the page felt like over a while, and what its wires counted meanwhile. */
export interface Watched extends Observed {
  readonly seconds: number;
  readonly quotes: WireCounts;
  readonly lines: WireCounts;
}

/** What the figures of this file can't show, for the benches that have them. */
export const WATCH_BLIND_SPOTS = [
  'Chromium is headless and draws in software: a screen and a graphics card may be better or worse.',
  'A frame time is from one animation frame of the page to the next: what putting it on the screen takes after that is in the time of a key press, not in that of a frame.',
  'Event Timing rounds to 8 ms and is silent below 16 ms. Playwright presses the keys, and so an input starts in the browser and not at a keyboard; a page that is slow to take a key gets the next one later, and fewer in all.',
  'The server shares the cores with the page. What was received is stated beside what it felt like: less than was offered makes the page look better than it is. It is read off the page a second after each window, where it is up to 0.6 s old: 3 % of 20 s, and 2 % of 30.',
  'While somebody types, the live panels are drawn less often on purpose: a frame every 0.6 s, for one of them where each is heavy.',
];

const SETTLE_MS = 1_000;

/** Observes the page while something is done with it. */
async function watch(dashboard: Dashboard, during: () => Promise<unknown>): Promise<Watched> {
  const { page, ticker, logs } = dashboard;
  const counts = () => Promise.all([countsOf(ticker), countsOf(logs)]);
  const [quotesBefore, linesBefore] = await counts();
  const startedAtMs = performance.now();
  await takeObserved(page);
  await during();
  const observed = await takeObserved(page);
  // What was received is read off the page: whoever types sees it drawn late.
  await leaveAlone(SETTLE_MS)();
  const [quotes, lines] = await counts();
  return {
    ...observed,
    seconds: (performance.now() - startedAtMs) / 1_000,
    quotes: since(quotesBefore, quotes),
    lines: since(linesBefore, lines),
  };
}

function since(before: WireCounts, now: WireCounts): WireCounts {
  return {
    events: now.events - before.events,
    dropped: now.dropped - before.dropped,
    missed: now.missed - before.missed,
    sequence: now.sequence - before.sequence,
  };
}

export interface Spans {
  readonly startUpMs: number;
  readonly windowMs: number;
}

/** Once the page has started: first left alone, then typed into. */
export async function watchTwice(dashboard: Dashboard, { startUpMs, windowMs }: Spans) {
  await leaveAlone(startUpMs)();
  const alone = await watch(dashboard, leaveAlone(windowMs));
  const typing = await watch(dashboard, typeInto(dashboard, windowMs));
  return { alone, typing };
}

export const leaveAlone = (forMs: number) => () => setTimeout(forMs);

const WORDS = ['timeout', 'GET /orders', 'payment', 'error 503'];
const KEY_EVERY_MS = 120;

/** Types into the search field of the logs and clears it again, word by word. */
const typeInto =
  ({ page, logs }: Dashboard, forMs: number) =>
  async () => {
    const field = logs.getByLabel('Search', { exact: true });
    const endMs = performance.now() + forMs;
    for (let word = 0; performance.now() < endMs; word += 1) {
      await field.click();
      await page.keyboard.type(WORDS[word % WORDS.length] ?? '', { delay: KEY_EVERY_MS });
      await page.keyboard.press('ControlOrMeta+A', { delay: KEY_EVERY_MS });
      await page.keyboard.press('Backspace', { delay: KEY_EVERY_MS });
    }
  };

const MAX_FRAME_MS = 20;

/** What a page is offered, in events a second. */
export interface Offered {
  readonly quotes: number;
  readonly lines: number;
}

/** Less than this share of what was offered, and the page had less to do than was asked. */
export const LEAST_RECEIVED = 0.95;

/** What a page got in one window. That of a page that is offered so much has demands. */
export function receivedRows(
  name: string,
  { seconds, quotes, lines }: Watched,
  offered: Offered | null,
): readonly Measurement[] {
  const row = (what: string, unit: string, { events, dropped }: WireCounts, rate: number | undefined) => ({
    subject: `${name}: ${what} received`,
    value: (events - dropped) / seconds,
    unit,
    ...(rate !== undefined && { demand: { atLeast: rate * LEAST_RECEIVED } }),
  });
  return [
    row('ticker events', 'events/s', quotes, offered?.quotes),
    row('log lines', 'lines/s', lines, offered?.lines),
  ];
}

/** What the page felt like in one window. */
export function frameRows(
  name: string,
  { frames, longTasks }: Observed,
  isDemanded: boolean,
): readonly Measurement[] {
  const inTime = frames.filter((frameMs) => frameMs <= MAX_FRAME_MS).length / frames.length;
  const demanded = (demand: Demand) => (isDemanded ? { demand } : {});
  return [
    {
      subject: `${name}: tasks over 50 ms`,
      value: longTasks.length,
      unit: '',
      ...demanded({ atMost: 0 }),
    },
    { subject: `${name}: longest of them`, value: Math.max(0, ...longTasks), unit: 'ms' },
    { subject: `${name}: frame time, median`, value: quantile(frames, 0.5), unit: 'ms' },
    {
      subject: `${name}: frame time, 95 %`,
      value: quantile(frames, 0.95),
      unit: 'ms',
      ...demanded({ atMost: MAX_FRAME_MS }),
    },
    { subject: `${name}: frames within ${MAX_FRAME_MS} ms`, value: inTime * 100, unit: '%' },
  ];
}

const MAX_INPUT_MS = 50;

/** Of key presses, and of the click before each word: those that Event Timing is silent about took less than 16 ms. */
export function inputRows(
  name: string,
  { keys, inputs }: Observed,
  isDemanded: boolean,
): readonly Measurement[] {
  return [
    { subject: `${name}: key presses`, value: keys, unit: '' },
    { subject: `${name}: key presses slower than 16 ms`, value: inputs.length, unit: '' },
    {
      subject: `${name}: input to next paint, slowest`,
      value: Math.max(0, ...inputs),
      unit: 'ms',
      ...(isDemanded && { demand: { atMost: MAX_INPUT_MS } }),
    },
  ];
}

import { setTimeout } from 'node:timers/promises';
import { type Demand, type Measurement, quantile } from '../bench.ts';
import { type Dashboard, eventsOf } from './dashboard.ts';
import { type Observed, takeObserved } from './observed.ts';

/** What the page felt like over a while, and what it received. */
export interface Watched extends Observed {
  readonly quotesPerSecond: number;
  readonly linesPerSecond: number;
}

const SETTLE_MS = 1_000;

/** Observes the page while something is done with it. */
export async function watch(dashboard: Dashboard, during: () => Promise<unknown>): Promise<Watched> {
  const { page, ticker, logs } = dashboard;
  const counts = () => Promise.all([eventsOf(ticker), eventsOf(logs)]);
  await takeObserved(page);
  const startedAtMs = performance.now();
  const [quotesBefore, linesBefore] = await counts();
  await during();
  const observed = await takeObserved(page);
  // What was received is read off the page: whoever types sees it drawn late.
  await leaveAlone(SETTLE_MS)();
  const [quotes, lines] = await counts();
  const seconds = (performance.now() - startedAtMs) / 1_000;
  return {
    ...observed,
    quotesPerSecond: (quotes - quotesBefore) / seconds,
    linesPerSecond: (lines - linesBefore) / seconds,
  };
}

export const leaveAlone = (forMs: number) => () => setTimeout(forMs);

const WORDS = ['timeout', 'GET /orders', 'payment', 'error 503'];
const KEY_EVERY_MS = 120;

/** Types into the search field of the logs and clears it again, word by word. */
export const typeInto =
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
const LEAST_RECEIVED = 0.95;

/** The lines of one window. Those of the page that is offered so much have demands. */
export function frameRows(name: string, watched: Watched, offered: Offered | null): readonly Measurement[] {
  const { frames, longTasks } = watched;
  const inTime = frames.filter((frameMs) => frameMs <= MAX_FRAME_MS).length / frames.length;
  const demanded = (demand: Demand) => (offered ? { demand } : {});
  const received = (rate: number | undefined) => demanded({ atLeast: (rate ?? 0) * LEAST_RECEIVED });
  return [
    {
      subject: `${name}: ticker events received`,
      value: watched.quotesPerSecond,
      unit: 'events/s',
      ...received(offered?.quotes),
    },
    {
      subject: `${name}: log lines received`,
      value: watched.linesPerSecond,
      unit: 'lines/s',
      ...received(offered?.lines),
    },
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

/** Of key presses: those that Event Timing is silent about took less than 16 ms. */
export function inputRows(name: string, { inputs }: Watched, isDemanded: boolean): readonly Measurement[] {
  return [
    { subject: `${name}: key presses slower than 16 ms`, value: inputs.length, unit: '' },
    {
      subject: `${name}: input to next paint, slowest`,
      value: Math.max(0, ...inputs),
      unit: 'ms',
      ...(isDemanded && { demand: { atMost: MAX_INPUT_MS } }),
    },
  ];
}

import type { BrowserContext, Locator, Page } from '@playwright/test';
import { panel, wireNumber, wireTerms } from '../../e2e/support/page.ts';

export interface Dashboard {
  readonly page: Page;
  readonly ticker: Locator;
  readonly logs: Locator;
}

const START_TIMEOUT_MS = 60_000;

/** What a person chooses who wants to see much; how much comes is the source's. */
const FAST_RATE = 10_000;

/**
 * Opens the built page, once the ticker and the logs have their first events.
 *
 * @param backendUrl what the setting of that name is set to, with rates as fast feeds have them; null for the server of
 * the page at its default rates.
 */
export async function openDashboard(
  context: BrowserContext,
  pageUrl: string,
  backendUrl: string | null,
): Promise<Dashboard> {
  const saved = (state: object) => JSON.stringify({ state, version: 0 });
  const rate = backendUrl === null ? [] : (['ticker', 'logs'] as const);
  const settings = [
    ['settings', saved({ backendUrl })] as const,
    ...rate.map((panelName) => [panelName, saved({ rate: FAST_RATE })] as const),
  ];
  await context.addInitScript((items) => {
    for (const [name, text] of items) localStorage.setItem(`streamscope-${name}`, text);
  }, settings);
  const page = await context.newPage();
  await page.goto(pageUrl);
  const dashboard = { page, ticker: panel(page, 'Stock ticker'), logs: panel(page, 'Live logs') };
  for (const region of [dashboard.ticker, dashboard.logs]) {
    await region.waitFor();
    await until(
      () => eventsOf(region),
      (events) => events > 0,
      START_TIMEOUT_MS,
    );
  }
  return dashboard;
}

/** What a panel's wire says it has received; 0 before it says anything. */
export async function eventsOf(region: Locator): Promise<number> {
  const events = await wireNumber(region, 'Events');
  return Number.isNaN(events) ? 0 : events;
}

/** What a panel's wire says at one moment. */
export interface WireCounts {
  /** What has come. The worker counts it, for all tabs: what is dropped on the way to this one is among it. */
  readonly events: number;
  /** Of them, what went by before this page could take it. */
  readonly dropped: number;
  /** What never came: the server had it no more. NaN where it can't say how much that was. */
  readonly missed: number;
  /** The server's own number of the last event, from its ID. NaN before the first. */
  readonly sequence: number;
}

/** All of one drawing, so that they fit each other. For a feed that is read by `fetch`: what a native one drops it has not counted. */
export async function countsOf(region: Locator): Promise<WireCounts> {
  const terms = await wireTerms(region);
  // A loss is shown once there is one; one of unknown size is written `1,234 + ?`.
  const count = (text = '0') => Number(text.replaceAll(',', ''));
  return {
    events: count(terms.Events),
    dropped: count(terms.Dropped),
    missed: count(terms.Missed),
    sequence: Number(/-(\d+)$/.exec(terms['Last event ID'] ?? '')?.[1]),
  };
}

const LOOK_EVERY_MS = 200;

/** Asks until the answer is as wanted, or the time is over; gives the last answer. */
export async function until<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || performance.now() > endMs) return answer;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

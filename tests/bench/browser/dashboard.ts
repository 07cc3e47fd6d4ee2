import type { BrowserContext, Locator, Page } from '@playwright/test';
import { panel, wireNumber } from '../../e2e/support/page.ts';

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

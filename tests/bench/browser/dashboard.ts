import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { panel, wireTerms } from '../../e2e/support/page.ts';
import { observePages } from './observed.ts';

export interface Dashboard {
  readonly page: Page;
  readonly ticker: Locator;
  readonly logs: Locator;
}

const START_TIMEOUT_MS = 60_000;

export const VIEWPORT = { width: 1_440, height: 900 };

/** What a person has set before the page is opened. */
export interface DashboardSettings {
  /** Left out for the server of the page. */
  readonly backendUrl?: string;
  /** What a panel asks for, in events a second: one of those that it offers. Left out for its default. */
  readonly rates?: Readonly<Partial<Record<'ticker' | 'logs', number>>>;
}

/** What a person chooses who wants to see much, where how much comes is the source's. */
export const FAST_RATES: NonNullable<DashboardSettings['rates']> = { ticker: 10_000, logs: 10_000 };

/** Opens the built page, once the ticker and the logs have their first events. */
export async function openDashboard(
  context: BrowserContext,
  pageUrl: string,
  { backendUrl, rates = {} }: DashboardSettings,
): Promise<Dashboard> {
  const saved = (state: object) => JSON.stringify({ state, version: 0 });
  const items = [
    ['settings', saved({ backendUrl: backendUrl ?? null })] as const,
    ...Object.entries(rates).map(([panelName, rate]) => [panelName, saved({ rate })] as const),
  ];
  await context.addInitScript((settings) => {
    for (const [name, text] of settings) localStorage.setItem(`streamscope-${name}`, text);
  }, items);
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

/** The page in a browser context of its own, where what it feels like is observed. */
export async function onDashboard<R>(
  browser: Browser,
  pageUrl: string,
  settings: DashboardSettings,
  use: (dashboard: Dashboard) => Promise<R>,
): Promise<R> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    await observePages(context);
    return await use(await openDashboard(context, pageUrl, settings));
  } finally {
    await context.close();
  }
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

/** What a panel's wire says it has received; 0 before it says anything. */
export async function eventsOf(region: Locator): Promise<number> {
  return (await countsOf(region)).events;
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

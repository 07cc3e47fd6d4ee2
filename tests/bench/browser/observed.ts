import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';

/** What the page felt like over a while, all in milliseconds. */
export interface Observed {
  /** From one animation frame to the next. */
  readonly frames: readonly number[];
  /** Tasks over 50 ms. */
  readonly longTasks: readonly number[];
  readonly keys: number;
  /** Of each key press that took at least 16 ms: until the next paint, in steps of 8 ms. */
  readonly inputs: readonly number[];
}

/** Every page that is opened from now on is observed. */
export function observePages(context: BrowserContext): Promise<unknown> {
  return context.addInitScript({ path: fileURLToPath(new URL('observe-page.js', import.meta.url)) });
}

/** What was observed since the last time. */
export function takeObserved(page: Page): Promise<Observed> {
  return page.evaluate(() => (globalThis as unknown as { takeObserved(): Promise<Observed> }).takeObserved());
}

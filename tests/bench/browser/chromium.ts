import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../../tools/chromium.ts';

/** A Chromium of its own for what is done with it. */
export async function withChromium<R>(use: (browser: Browser) => Promise<R>): Promise<R> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium found: set CHROMIUM_PATH to one');
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

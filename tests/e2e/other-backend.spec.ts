/** The page of the built-in backend, with another backend's own URL in its settings: called directly, over CORS. */
import type { Page } from '@playwright/test';
import { connection, panel, showPanel } from './support/page.ts';
import {
  ask,
  comparisonFigures,
  logLines,
  openLive,
  prices,
  setBackend,
  untilMoreEvents,
} from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

test.describe('set to a FastAPI backend', () => {
  /** Where each request of the API went, from when the backend was set. */
  async function openOnFastApi(page: Page, url: string): Promise<ReadonlySet<string>> {
    await openLive(page);
    await setBackend(page, url);
    const origins = new Set<string>();
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (!pathname.startsWith('/assets/') && request.url().startsWith('http')) origins.add(origin);
    });
    await expect(page.getByRole('button', { name: new RegExp(new URL(url).host) })).toBeVisible();
    return origins;
  }

  test('the live feeds, the comparison and the pictures come from there alone', async ({ page, servers }) => {
    const origins = await openOnFastApi(page, servers.fastApi.url);
    const ticker = panel(page, 'Stock ticker');
    const logs = panel(page, 'Live logs');
    await expect(connection(ticker)).toHaveText('Live');
    await untilMoreEvents(ticker, 5);
    await expect(prices(ticker).first()).toContainText(/\d\.\d\d/);
    await expect(logLines(logs).filter({ hasText: 'Something failed' }).first()).toHaveAttribute(
      'data-level',
      'error',
    );
    const comparison = panel(page, 'Buffered vs streamed');
    await expect.poll(() => comparisonFigures(comparison, 'Rows')).toEqual({ buffered: 20, streamed: 20 });
    const downloads = panel(page, 'File download');
    await downloads.getByRole('button', { name: 'Download' }).click();
    await expect(downloads.getByRole('img', { name: 'Ridges at dusk' })).toBeVisible();
    await expect(downloads.getByText(/^Done in /)).toBeVisible();
    expect([...origins]).toEqual([servers.fastApi.url]);
  });

  test('what is asked for is answered from there alone', async ({ page, servers }) => {
    const origins = await openOnFastApi(page, servers.fastApi.url);
    const turn = await ask(panel(page, 'AI chat'), 'Who are you?');
    await expect(turn).toContainText('This backend has no model; it only shows how a reply is streamed.');
    await expect(turn.locator('strong').filter({ hasText: 'Who are you?' })).toBeVisible();
    const jobs = panel(page, 'Job progress');
    await jobs.getByLabel('Delay ms').fill('50');
    await jobs.getByRole('button', { name: 'Start' }).click();
    await expect(jobs.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
    const exports = panel(page, 'Data export');
    for (const format of ['CSV', 'JSON Lines', 'JSON array']) {
      await exports.getByLabel('Format').selectOption(format);
      await exports.getByLabel('Rows', { exact: true }).fill(String(1_000 + format.length));
      await exports.getByRole('button', { name: 'Start' }).click();
      await expect(exports.getByText(`of 1,0${String(format.length).padStart(2, '0')} rows`)).toBeVisible();
      await expect(connection(exports)).toHaveText('Ended');
      await expect(exports.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
    }
    const inspector = await showPanel(page, 'Inspector');
    await inspector.getByLabel('delay', { exact: true }).fill('10');
    await inspector.getByRole('button', { name: 'Inspect', exact: true }).click();
    await expect(inspector.getByText('200 OK')).toBeVisible();
    await expect(connection(inspector)).toHaveText('Ended');
    expect([...origins]).toEqual([servers.fastApi.url]);
  });

  test('the setting is kept over a reload, and taken back by a blank', async ({ page, servers }) => {
    await openOnFastApi(page, servers.fastApi.url);
    await page.reload();
    await expect(
      page.getByRole('button', { name: new RegExp(new URL(servers.fastApi.url).host) }),
    ).toBeVisible();
    await expect(connection(panel(page, 'Stock ticker'))).toHaveText('Live');
    await setBackend(page, '');
    await expect(page.getByRole('button', { name: /^This server/ })).toBeVisible();
    await expect(connection(panel(page, 'Stock ticker'))).toHaveText('Live');
  });
});

test('Test connection tells a backend from what is none', async ({ page, servers }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Settings' });
  await drawer.getByLabel('Backend URL').fill(`${servers.fastApi.url}/`);
  await drawer.getByRole('button', { name: 'Test connection' }).click();
  await expect(drawer.getByText('It answers: ok')).toBeVisible();
});

test('what is no URL of a backend is refused in words', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Settings' });
  for (const [text, words] of [
    ['localhost:8000', 'must be a URL such as http://localhost:8000'],
    ['ftp://127.0.0.1', 'must be a URL such as http://localhost:8000'],
    ['http://', 'must be a URL such as http://localhost:8000'],
    ['http://me:secret@127.0.0.1', 'must carry no user name or password'],
  ] as const) {
    await drawer.getByLabel('Backend URL').fill(text);
    await expect(drawer.getByText(words), text).toBeVisible();
    await expect(drawer.getByRole('button', { name: 'Save' }), text).toBeDisabled();
    await expect(drawer.getByRole('button', { name: 'Test connection' }), text).toBeDisabled();
  }
});

test.describe('where the browser reports the failure by itself', () => {
  test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

  test('a backend that is not there, or allows no other origin, is said in Test connection and in the header', async ({
    page,
    servers,
  }) => {
    await openLive(page);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const drawer = page.getByRole('dialog', { name: 'Settings' });
    // Listens, and allows no other origin.
    await drawer.getByLabel('Backend URL').fill(servers.builtIn.url.replace('127.0.0.1', 'localhost'));
    await drawer.getByRole('button', { name: 'Test connection' }).click();
    await expect(drawer.getByRole('alert')).toContainText('It does not answer, or does not allow this page');
    await drawer.getByLabel('Backend URL').fill('http://127.0.0.1:9');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name: /127\.0\.0\.1:9.*not answering/ })).toBeVisible();
    await expect(panel(page, 'Stock ticker').getByText('No connection to the backend')).toBeVisible();
    await setBackend(page, '');
    await expect(connection(panel(page, 'Stock ticker'))).toHaveText('Live');
  });
});

import type { Page } from '@playwright/test';
import { type OwnServer, startOwnServer } from './support/own-server.ts';
import { connection, PANELS, panel, wireTerms } from './support/page.ts';
import { ask, comparisonFigures, setBackend, untilMoreEvents } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

const TOKEN = 'tok-3f9a-of-these-tests';

test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer({ API_TOKEN: TOKEN });
});
test.afterAll(() => server.dispose());

/** Everything that a page could leave behind in the browser, as one text. */
function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      databases,
      location.href,
    ]);
  });
}

test('without its token every panel says what a backend wants, and with it every panel works', async ({
  page,
}) => {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  await page.goto(server.url);
  for (const name of PANELS) await expect(panel(page, name)).toBeVisible();

  for (const name of ['Stock ticker', 'Live logs', 'Buffered vs streamed'] as const) {
    await expect(connection(panel(page, name)), name).toHaveText('Failed');
    await expect(panel(page, name).getByText('The backend wants a token').first(), name).toBeVisible();
  }
  const chat = panel(page, 'AI chat');
  await ask(chat, 'What is retry?');
  await expect(chat.getByText('The backend wants a token')).toBeVisible();

  await setBackend(page, '', TOKEN);

  for (const name of ['Stock ticker', 'Live logs'] as const) {
    await expect(connection(panel(page, name)), name).toHaveText('Live');
    // In the worker that holds the feeds fetch-event-source can't run.
    expect((await wireTerms(panel(page, name))).Transport, name).toBe('fetch');
    expect((await wireTerms(panel(page, name))).Bytes, name).toMatch(/\d/);
  }
  await untilMoreEvents(panel(page, 'Stock ticker'), 5);
  await expect
    .poll(() => comparisonFigures(panel(page, 'Buffered vs streamed'), 'Rows'))
    .toEqual({ buffered: 20, streamed: 20 });
  await chat.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.getByText(/^first token /)).toBeVisible({ timeout: 20_000 });
  const jobs = panel(page, 'Job progress');
  await jobs.getByLabel('Delay ms').fill('10');
  await jobs.getByRole('button', { name: 'Start' }).click();
  await expect(jobs.getByText('Done', { exact: true })).toBeVisible();
  const downloads = panel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 1.00 MB');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await expect(downloads.getByText(/^Done in /)).toBeVisible();
  const exports = panel(page, 'Data export');
  await exports.getByLabel('Rows', { exact: true }).fill('10');
  await exports.getByRole('button', { name: 'Start' }).click();
  await expect(connection(exports)).toHaveText('Ended', { timeout: 20_000 });
  const inspector = panel(page, 'Inspector');
  await inspector.getByLabel('delay', { exact: true }).fill('10');
  await inspector.getByRole('button', { name: 'Inspect', exact: true }).click();
  await expect(inspector.getByText('200 OK')).toBeVisible();

  expect(await stored(page), 'what the page stores').not.toContain(TOKEN);
  expect(
    urls.filter((url) => decodeURIComponent(url).includes(TOKEN)),
    'URLs with the token',
  ).toEqual([]);

  await page.reload();
  await expect(panel(page, 'Stock ticker').getByText('The backend wants a token')).toBeVisible();
  expect(await stored(page), 'what the page stores').not.toContain(TOKEN);
});

test('a wrong token is refused in words, and the right one recovers', async ({ page }) => {
  await page.goto(server.url);
  const ticker = panel(page, 'Stock ticker');
  await expect(connection(ticker)).toHaveText('Failed');
  await setBackend(page, '', 'not-the-token');
  await expect(ticker.getByRole('alert')).toContainText('The backend wants a token');
  await setBackend(page, '', TOKEN);
  await expect(connection(ticker)).toHaveText('Live');
  await expect(ticker.getByRole('alert')).toHaveCount(0);
});

import type { Page } from '@playwright/test';
import { type OwnServer, startOwnServer } from './support/own-server.ts';
import { connection, PANELS, panel, showPanel, wireNumber } from './support/page.ts';
import { ask, comparisonFigures, openLive, setBackend, untilMoreEvents } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

/** The longest wait between two tries of a feed, and the time that a try takes. */
const BACK_WITHIN_MS = 20_000;

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer({ CORS_ORIGIN: '*' });
});
test.afterAll(() => server.dispose());

async function expectLiveAgain(page: Page): Promise<void> {
  for (const name of ['Stock ticker', 'Live logs'] as const) {
    await expect(connection(panel(page, name)), name).toHaveText('Live', { timeout: BACK_WITHIN_MS });
    await expect(panel(page, name).getByText('No connection to the backend'), name).toHaveCount(0);
    await untilMoreEvents(panel(page, name), 2);
  }
}

test('killed in the middle and started again: the feeds are live again by themselves, what had an effect by Retry', async ({
  page,
}) => {
  test.setTimeout(60_000);
  await page.goto(server.url);
  for (const name of PANELS) await expect(panel(page, name)).toBeVisible();
  const [ticker, chat, jobs, exports] = [
    panel(page, 'Stock ticker'),
    panel(page, 'AI chat'),
    panel(page, 'Job progress'),
    panel(page, 'Data export'),
  ];
  await expect(connection(panel(page, 'Buffered vs streamed'))).toHaveText('Ended');
  await untilMoreEvents(ticker, 2);
  await jobs.getByRole('textbox', { name: 'Steps' }).fill('100');
  await jobs.getByRole('button', { name: 'Start' }).click();
  await expect.poll(() => wireNumber(jobs, 'Events')).toBeGreaterThan(0);
  // Last, because it is the first to be over.
  await ask(chat, 'Why does my stream arrive all at once?');
  await expect.poll(() => wireNumber(chat, 'Events')).toBeGreaterThan(0);

  await server.kill();

  for (const name of ['Stock ticker', 'Live logs'] as const) {
    await expect(connection(panel(page, name)), name).toHaveText(/^(Reconnecting|Connecting)$/);
    await expect(panel(page, name).getByText('No connection to the backend'), name).toBeVisible();
  }
  await expect(chat.getByText('The reply was cut off', { exact: true })).toBeVisible();
  await expect(connection(chat)).toHaveText('Failed');
  // A native EventSource does not tell a cut from a close.
  await expect(jobs.getByText(/^The task ended early at \d+ %, step/)).toBeVisible();
  await expect(connection(jobs)).toHaveText('Ended');
  await exports.getByLabel('Rows', { exact: true }).fill('10');
  await exports.getByRole('button', { name: 'Start' }).click();
  await expect(exports.getByText('No connection to the backend')).toBeVisible();
  // It is the server of the page, too: whatever the page has not loaded by now is out of reach.
  await page.getByRole('button', { name: /not answering/ }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeHidden();

  await server.start();

  await expectLiveAgain(page);
  // Asked for while nobody was there: answered as soon as somebody is.
  await expect(connection(exports)).toHaveText('Ended', { timeout: BACK_WITHIN_MS });
  await expect(exports.getByText('of 10 rows')).toBeVisible();
  // Broken in the middle: a task and a reply are not begun twice unasked.
  await jobs.getByRole('textbox', { name: 'Steps' }).fill('3');
  await jobs.getByRole('button', { name: 'Retry' }).click();
  await expect(jobs.getByText('Done', { exact: true })).toBeVisible();
  await chat.getByRole('button', { name: 'Retry' }).click();
  await expect(connection(chat)).toHaveText('Live');
  await expect(page.getByRole('button', { name: /not answering/ })).toHaveCount(0);
});

test('killed in the middle of a download and a comparison: both say that they are cut off, and start anew by Retry', async ({
  page,
}) => {
  test.setTimeout(60_000);
  await page.goto(server.url);
  const downloads = await showPanel(page, 'File download');
  const comparison = await showPanel(page, 'Buffered vs streamed');
  await expect(connection(comparison)).toHaveText('Ended');
  // A page holds four connections: the ticker's, the download's, and the two of a comparison.
  await panel(page, 'Live logs').getByRole('button', { name: 'Stop' }).click();
  await downloads.getByLabel('What to download').selectOption('File, 10.0 GB');
  await downloads.getByLabel('Speed limit').selectOption('1.00 MB/s');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await comparison.getByLabel('Rows', { exact: true }).fill('900');
  await comparison.getByRole('button', { name: 'Run comparison' }).click();
  for (const started of [downloads, comparison]) await expect(connection(started)).toHaveText('Live');
  await expect.poll(() => wireNumber(downloads, 'Bytes')).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: /^Connections: 4 of 4 held/ })).toBeVisible();

  await server.kill();

  await expect(downloads.getByText('Cut off')).toBeVisible();
  for (const cut of [downloads, comparison]) {
    await expect(connection(cut)).toHaveText('Failed');
    await expect(cut.getByText('The connection broke')).toBeVisible();
  }

  await server.start();
  await expect(connection(panel(page, 'Stock ticker'))).toHaveText('Live', { timeout: BACK_WITHIN_MS });
  await downloads.getByRole('button', { name: 'Retry' }).click();
  await expect(connection(downloads)).toHaveText('Live');
  await comparison.getByLabel('Rows', { exact: true }).fill('5');
  await comparison.getByRole('button', { name: 'Retry' }).click();
  await expect(connection(comparison)).toHaveText('Ended');
});

test('down from the start and then up: every panel says so, and recovers by itself', async ({ page }) => {
  test.setTimeout(60_000);
  await server.kill();
  await openLive(page);
  await setBackend(page, server.url);
  const [chat, jobs, downloads, exports, comparison] = [
    panel(page, 'AI chat'),
    panel(page, 'Job progress'),
    panel(page, 'File download'),
    panel(page, 'Data export'),
    panel(page, 'Buffered vs streamed'),
  ];
  await jobs.getByLabel('Delay ms').fill('10');
  await jobs.getByRole('button', { name: 'Start' }).click();
  await downloads.getByLabel('What to download').selectOption('File, 1.00 MB');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await exports.getByLabel('Rows', { exact: true }).fill('10');
  await exports.getByRole('button', { name: 'Start' }).click();
  const inspector = await showPanel(page, 'Inspector');
  await inspector.getByRole('button', { name: 'Inspect' }).click();
  const turn = await ask(chat, 'What is retry?');
  for (const name of [
    'Stock ticker',
    'Live logs',
    'AI chat',
    'Job progress',
    'File download',
    'Data export',
  ] as const) {
    await expect(panel(page, name).getByText('No connection to the backend').first(), name).toBeVisible();
    await expect(connection(panel(page, name)), name).toHaveText(/^(Reconnecting|Connecting)$/);
  }
  await expect(connection(comparison)).toHaveText('Failed');
  await expect(comparison.getByText('No connection to the backend')).toBeVisible();
  await expect(connection(inspector)).toHaveText('Failed');
  await expect(inspector.getByText(/^The browser got no answer from/)).toBeVisible();

  await server.start();

  await expectLiveAgain(page);
  await expect(jobs.getByText('Done', { exact: true })).toBeVisible({ timeout: BACK_WITHIN_MS });
  await expect(downloads.getByText(/^Done in /)).toBeVisible({ timeout: BACK_WITHIN_MS });
  await expect(connection(exports)).toHaveText('Ended', { timeout: BACK_WITHIN_MS });
  await expect(turn.getByText(/^first token /)).toBeVisible({ timeout: BACK_WITHIN_MS });
  await expect
    .poll(() => comparisonFigures(comparison, 'Rows'), { timeout: BACK_WITHIN_MS })
    .toEqual({ buffered: 20, streamed: 20 });
  await expect(inspector.getByText('200 OK')).toBeVisible({ timeout: BACK_WITHIN_MS });
  await expect(page.getByText('No connection to the backend')).toHaveCount(0);
});

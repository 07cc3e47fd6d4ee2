import type { Locator, Page } from '@playwright/test';
import { connection, type PanelName, showPanel, wireNumber, wireTerms } from './support/page.ts';
import { ask } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

// What was asked to be wrong, the browser reports by itself.
test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

/** Turns faults on as a person would, in the panel's own menu. */
async function applyFaults(panel: Locator, faults: string): Promise<void> {
  const page = panel.page();
  await panel.getByRole('button', { name: /^Faults/ }).click();
  const menu = page.getByRole('dialog').filter({ hasText: 'Make this stream misbehave' });
  await menu.getByRole('textbox', { name: 'fault=' }).fill(faults);
  await menu.getByRole('button', { name: 'Apply faults' }).click();
  await expect(menu).toBeHidden();
}

const press = (name: string) => (panel: Locator) => panel.getByRole('button', { name, exact: true }).click();
const nothing = async () => undefined;

/** What a panel promises to show under a fault: the design's promises of each stream, one row a promise. */
const PROMISES: readonly {
  readonly panel: PanelName;
  readonly fault: string;
  readonly shows: string;
  readonly begin: (panel: Locator) => Promise<unknown>;
  readonly seen: (panel: Locator) => Promise<void>;
}[] = [
  {
    panel: 'Stock ticker',
    fault: 'drop@15',
    shows: 'reconnects, and nothing missed',
    begin: nothing,
    seen: async (ticker) => {
      await expect
        .poll(() => wireNumber(ticker, 'Reconnects'), { timeout: 20_000 })
        .toBeGreaterThanOrEqual(2);
      await expect.poll(() => wireNumber(ticker, 'Events'), { timeout: 20_000 }).toBeGreaterThanOrEqual(30);
      expect(await wireTerms(ticker)).not.toHaveProperty('Missed');
    },
  },
  {
    panel: 'Stock ticker',
    fault: 'garble@3',
    shows: 'which event could not be read, and goes on',
    begin: nothing,
    seen: async (ticker) => {
      await expect(ticker.getByText(/could not be read/)).toBeVisible();
      await expect(connection(ticker)).toHaveText('Live');
    },
  },
  {
    panel: 'Stock ticker',
    fault: 'status:404',
    shows: 'that the backend does not have it, for good',
    begin: nothing,
    seen: async (ticker) => {
      await expect(connection(ticker)).toHaveText('Failed');
      await expect(ticker.getByRole('alert')).toContainText('does not have this stream');
    },
  },
  {
    panel: 'Live logs',
    fault: 'status:503',
    shows: 'that it tries again, and why',
    begin: nothing,
    seen: async (logs) => {
      await expect(connection(logs)).toHaveText('Reconnecting');
      await expect(logs.getByText('The backend is not ready')).toBeVisible();
    },
  },
  {
    panel: 'Live logs',
    fault: 'status:204',
    shows: 'the end that the server asked for',
    begin: nothing,
    seen: (logs) => expect(connection(logs)).toHaveText('Ended'),
  },
  {
    panel: 'AI chat',
    fault: 'drop@8',
    shows: 'the words that came, marked as cut off',
    begin: (chat) => ask(chat, 'What is retry?'),
    seen: async (chat) => {
      await expect(chat.getByText('The reply was cut off', { exact: true })).toBeVisible();
      await expect(chat.getByRole('button', { name: 'Retry' })).toBeVisible();
    },
  },
  {
    panel: 'AI chat',
    fault: 'status:500',
    shows: 'that it tries again until the first word is there',
    begin: (chat) => ask(chat, 'What is retry?'),
    seen: (chat) => expect(connection(chat)).toHaveText('Reconnecting'),
  },
  {
    panel: 'Job progress',
    fault: 'drop@3',
    shows: 'at which step the task broke off',
    begin: press('Start'),
    seen: (jobs) => expect(jobs.getByText(/ended early at|Failed at/)).toBeVisible(),
  },
  {
    panel: 'Job progress',
    fault: 'garble@2',
    shows: 'the step that could not be read, and the end of the task',
    begin: press('Start'),
    seen: async (jobs) => {
      await expect(jobs.getByText(/could not be read/)).toBeVisible();
      await expect(jobs.getByText('Done', { exact: true })).toBeVisible();
    },
  },
  {
    panel: 'File download',
    fault: 'truncate@30000',
    shows: 'that the file was cut off, and where',
    begin: press('Download'),
    seen: async (downloads) => {
      await expect(connection(downloads)).toHaveText('Failed');
      await expect(downloads.getByText('Cut off')).toBeVisible();
      await expect(downloads.getByRole('button', { name: 'Retry' })).toBeVisible();
      await expect(downloads.getByRole('button', { name: 'Save' })).toHaveCount(0);
    },
  },
  {
    panel: 'Data export',
    fault: 'drop@2',
    shows: 'a failure, the rows that came, and a way to try again',
    begin: press('Start'),
    seen: async (exports) => {
      await expect(connection(exports)).toHaveText('Failed');
      await expect(exports.getByRole('button', { name: 'Retry' })).toBeVisible();
      await expect(
        exports.getByRole('region', { name: 'Newest rows' }).getByRole('row').nth(1),
      ).toBeVisible();
    },
  },
  {
    panel: 'Data export',
    fault: 'truncate@20000',
    shows: 'an end that looks clean, and how many rows are missing',
    begin: press('Start'),
    seen: async (exports) => {
      await expect(connection(exports)).toHaveText('Ended');
      await expect(exports.getByText(/The stream ended after .* of 5,000 rows/)).toBeVisible();
    },
  },
  {
    panel: 'Buffered vs streamed',
    fault: 'buffer',
    shows: 'that the streamed answer came all at once',
    begin: nothing,
    seen: (comparison) =>
      expect(comparison.getByText(/arrived all at once|about the same time/)).toBeVisible({
        timeout: 20_000,
      }),
  },
  {
    panel: 'Inspector',
    fault: 'status:503',
    shows: 'the answer as it is, whatever its status',
    begin: press('Inspect'),
    seen: (inspector) => expect(inspector.getByText('503').first()).toBeVisible(),
  },
];

async function openPanel(page: Page, name: PanelName): Promise<Locator> {
  await page.goto('/');
  const panel = await showPanel(page, name);
  await expect(connection(panel)).toHaveText(/Idle|Live|Ended/);
  return panel;
}

for (const { panel: name, fault, shows, begin, seen } of PROMISES) {
  test(`${name} under ${fault} shows ${shows}`, async ({ page }) => {
    const panel = await openPanel(page, name);
    await applyFaults(panel, fault);
    await begin(panel);
    await seen(panel);
  });
}

test('faults are turned off again, and a wrong one is said and not sent', async ({ page }) => {
  const ticker = await openPanel(page, 'Stock ticker');
  await applyFaults(ticker, 'status:404');
  await expect(connection(ticker)).toHaveText('Failed');
  await ticker.getByRole('button', { name: 'Faults: status:404' }).click();
  const menu = page.getByRole('dialog').filter({ hasText: 'Make this stream misbehave' });
  await menu.getByRole('textbox', { name: 'fault=' }).fill('drop@many');
  await expect(menu.getByText(/which must be drop@N/)).toBeVisible();
  await expect(menu.getByRole('button', { name: 'Apply faults' })).toBeDisabled();
  await menu.getByRole('button', { name: 'No faults' }).click();
  await expect(connection(ticker)).toHaveText('Live');
});

/** What the parts of each panel are called, for those that several specs look at. */
import { expect, type Locator, type Page } from '@playwright/test';
import { connection, readFigure, showPanel, wireNumber } from './page.ts';

/** The row of the price table that a symbol has. */
export function priceRow(ticker: Locator, symbol: string): Locator {
  return ticker
    .getByRole('region', { name: 'Prices' })
    .getByRole('row')
    .filter({ has: ticker.page().getByRole('button', { name: symbol, exact: true }) });
}

export function prices(ticker: Locator): Locator {
  return ticker
    .getByRole('region', { name: 'Prices' })
    .getByRole('row')
    .filter({ has: ticker.page().locator('td') });
}

/** The log lines that are drawn: those in sight, and some around. */
export function logLines(logs: Locator): Locator {
  return logs.getByRole('region', { name: 'Log lines' }).locator('[data-level]');
}

/** A choice of a segmented control: the radio itself is hidden behind its label. */
export async function choose(panel: Locator, group: string, label: string): Promise<void> {
  const control = panel.getByRole('radiogroup', { name: group });
  await control.getByText(label, { exact: true }).click();
  await expect(control.getByRole('radio', { name: label, exact: true })).toBeChecked();
}

/** Waits until a feed has brought so many more events: time that passes by what is seen, not by sleeping. */
export async function untilMoreEvents(feed: Locator, more: number): Promise<void> {
  const before = await wireNumber(feed, 'Events');
  await expect.poll(() => wireNumber(feed, 'Events')).toBeGreaterThanOrEqual(before + more);
}

/** Asks the chat, and gives back the turn that the question opened. */
export async function ask(chat: Locator, prompt: string): Promise<Locator> {
  await chat.getByRole('textbox', { name: 'Message' }).fill(prompt);
  await chat.getByRole('button', { name: 'Send' }).click();
  return chat.getByRole('article').filter({ hasText: prompt }).last();
}

/** Opens *Settings* and sets another backend there, as a person would. */
export async function setBackend(page: Page, url: string, token = ''): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Settings' });
  await drawer.getByLabel('Backend URL').fill(url);
  if (token !== '') await drawer.getByLabel('Bearer token', { exact: true }).fill(token);
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();
}

/** Opens the page, and waits until both live feeds are. */
export async function openLive(page: Page): Promise<{ ticker: Locator; logs: Locator }> {
  await page.goto('/');
  const ticker = await showPanel(page, 'Stock ticker');
  const logs = await showPanel(page, 'Live logs');
  await expect(connection(ticker)).toHaveText('Live');
  await expect(connection(logs)).toHaveText('Live');
  return { ticker, logs };
}

/** The comparison's figures, in milliseconds and rows: what is not there yet is null. */
export async function comparisonFigures(
  comparison: Locator,
  figure: string,
): Promise<{ buffered: number | null; streamed: number | null }> {
  const cells = comparison
    .getByRole('table', { name: 'This run' })
    .getByRole('row')
    .filter({ has: comparison.page().getByRole('rowheader', { name: figure, exact: true }) })
    .getByRole('cell');
  const [buffered = '', streamed = ''] = await cells.allTextContents();
  return { buffered: readFigure(buffered), streamed: readFigure(streamed) };
}

import type { Locator } from '@playwright/test';
import { connection, showPanel, wireTerms } from './support/page.ts';
import { comparisonFigures } from './support/panels.ts';
import { expect, test } from './support/test.ts';

/** Waits until a run is over in both lanes. */
async function finished(comparison: Locator, runs: number): Promise<void> {
  const history = comparison.getByRole('table', { name: 'First row, run by run' });
  await expect(history.getByRole('rowheader')).toHaveCount(runs);
  await expect(connection(comparison)).toHaveText('Ended');
}

test('the streamed answer shows its first row long before the buffered one, and its rows one by one', {
  tag: '@any-backend',
}, async ({ page }) => {
  await page.goto('/');
  const comparison = await showPanel(page, 'Buffered vs streamed');
  await finished(comparison, 1);
  const first = await comparisonFigures(comparison, 'First row');
  const last = await comparisonFigures(comparison, 'Last row');
  expect(await comparisonFigures(comparison, 'Rows')).toEqual({ buffered: 20, streamed: 20 });
  expect(first.streamed, `first rows: ${JSON.stringify(first)}`).toBeLessThan((first.buffered ?? 0) / 2);
  expect(last.buffered, 'buffered rows come all at once').toBe(first.buffered);
  expect((last.streamed ?? 0) - (first.streamed ?? 0), 'streamed rows are spread').toBeGreaterThan(1_000);
  const moments = (rows: RegExp) => comparison.getByTitle(rows).count();
  expect(await moments(/^20 rows at /), 'moments at which the buffered rows came').toBe(1);
  expect(await moments(/^\d rows? at /), 'moments at which the streamed rows came').toBeGreaterThanOrEqual(
    10,
  );
  await expect(
    comparison.getByText(/^Streaming showed the first row .* sooner, [\d.]+ times as fast\.$/),
  ).toBeVisible();
  await expect(comparison.locator('.recharts-line-curve')).toHaveCount(2);
  expect(await wireTerms(comparison)).toMatchObject({ Transport: 'fetch', Events: '20' });
});

test('another run is added to the history', async ({ page }) => {
  await page.goto('/');
  const comparison = await showPanel(page, 'Buffered vs streamed');
  await comparison.getByLabel('Rows', { exact: true }).fill('6');
  await comparison.getByLabel('Delay (ms)').fill('30');
  await finished(comparison, 1);
  await comparison.getByRole('button', { name: 'Run comparison' }).click();
  await finished(comparison, 2);
  expect(await comparisonFigures(comparison, 'Rows')).toEqual({ buffered: 6, streamed: 6 });
  await expect(comparison.getByRole('rowheader', { name: /6 × 30 ms$/ })).toBeVisible();
});

test('a run is stopped in both lanes', async ({ page }) => {
  await page.goto('/');
  const comparison = await showPanel(page, 'Buffered vs streamed');
  await comparison.getByLabel('Rows', { exact: true }).fill('500');
  await comparison.getByRole('button', { name: 'Run comparison' }).click();
  await expect(connection(comparison)).toHaveText('Live');
  await comparison.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(comparison)).toHaveText('Ended');
  await expect(comparison.getByText('stopped', { exact: true })).toHaveCount(2);
});

test('numbers out of bounds are said beside their field, and can not be run', async ({ page }) => {
  await page.goto('/');
  const comparison = await showPanel(page, 'Buffered vs streamed');
  const run = comparison.getByRole('button', { name: 'Run comparison' });
  const rows = comparison.getByLabel('Rows', { exact: true });
  const delay = comparison.getByLabel('Delay (ms)');
  for (const [field, text, words] of [
    [rows, '0', 'must be at least 1'],
    [rows, '1001', 'must be at most 1000'],
    [rows, 'x', 'must be a number'],
    [delay, '60001', 'must be at most 60000'],
    [delay, '-1', 'must be a number'],
  ] as const) {
    await field.fill(text);
    await expect(comparison.getByText(words)).toBeVisible();
    await expect(run).toBeDisabled();
    await field.fill('10');
    await expect(run).toBeEnabled();
  }
});

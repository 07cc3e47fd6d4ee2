import { connection, showPanel, wireTerms } from './support/page.ts';
import { openLive, untilMoreEvents } from './support/panels.ts';
import { expect, test } from './support/test.ts';

for (const format of ['CSV', 'JSON Lines', 'JSON array'] as const) {
  test(`${format}: every row is counted, and the newest are seen`, { tag: '@any-backend' }, async ({
    page,
  }) => {
    await page.goto('/');
    const exports = await showPanel(page, 'Data export');
    await exports.getByLabel('Format').selectOption(format);
    await exports.getByLabel('Rows', { exact: true }).fill('3210');
    await exports.getByRole('button', { name: 'Start' }).click();
    await expect(connection(exports)).toHaveText('Ended');
    await expect(exports.getByText('of 3,210 rows')).toBeVisible();
    await expect(exports.getByText('3,210', { exact: true }).first()).toBeVisible();
    const table = exports.getByRole('region', { name: 'Newest rows' });
    const newest = table.getByRole('row').nth(1).getByRole('cell');
    await expect(newest.first()).toHaveText('3,210');
    await expect(newest.nth(1)).toHaveText('3210');
    await expect(table.getByRole('columnheader', { name: 'email' })).toBeVisible();
    expect(await wireTerms(exports)).toMatchObject({ Events: '3,210', Transport: 'fetch' });
    await expect(exports.getByRole('progressbar', { name: 'Export' })).toHaveAttribute(
      'aria-valuenow',
      '100',
    );
  });
}

test('rows are seen coming at the pace that was asked for', async ({ page }) => {
  await page.goto('/');
  const exports = await showPanel(page, 'Data export');
  await exports.getByLabel('Rows', { exact: true }).fill('2000');
  await exports.getByLabel('Rows a second').selectOption('100/s');
  await exports.getByRole('button', { name: 'Start' }).click();
  const bar = exports.getByRole('progressbar', { name: 'Export' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(2);
  await expect(connection(exports)).toHaveText('Live');
  await expect(exports.getByText(/^about .* left$/)).toBeVisible();
  await exports.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(exports)).toHaveText('Ended');
});

test('an export that is paused shows no more rows, whatever the backend', { tag: '@any-backend' }, async ({
  page,
}) => {
  const { ticker } = await openLive(page);
  const exports = await showPanel(page, 'Data export');
  await exports.getByLabel('Format').selectOption('JSON Lines');
  await exports.getByLabel('Rows', { exact: true }).fill('200000');
  await exports.getByLabel('Rows a second').selectOption('1,000/s');
  await exports.getByRole('button', { name: 'Start' }).click();
  await expect(exports.getByRole('region', { name: 'Newest rows' })).toBeVisible();
  await exports.getByRole('button', { name: 'Pause' }).click();
  await expect(connection(exports)).toHaveText('Paused');
  const rows = async () => (await wireTerms(exports)).Events;
  await untilMoreEvents(ticker, 3);
  const paused = await rows();
  await untilMoreEvents(ticker, 8);
  expect(await rows(), 'rows while paused').toBe(paused);
  await exports.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(rows).not.toBe(paused);
  await exports.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(exports)).toHaveText('Ended');
});

test('a number of rows out of bounds is said beside its field, and never sent', async ({ page }) => {
  await page.goto('/');
  const exports = await showPanel(page, 'Data export');
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().includes('/export/')) sent += 1;
  });
  for (const [rows, words] of [
    ['0', 'must be at least 1'],
    ['200001', 'must be at most 200000'],
    ['1.5', /must be a whole number/],
    ['all', 'must be a number'],
    ['', 'must be a number'],
  ] as const) {
    await exports.getByLabel('Rows', { exact: true }).fill(rows);
    await expect(exports.getByText(words)).toBeVisible();
    await exports.getByRole('button', { name: 'Start' }).click();
  }
  await exports.getByLabel('Rows', { exact: true }).fill('1');
  await exports.getByRole('button', { name: 'Start' }).click();
  await expect(exports.getByText('of 1 rows')).toBeVisible();
  expect(sent, 'requests sent').toBe(1);
});

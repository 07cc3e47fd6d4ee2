import { connection, showPanel, wireTerms } from './support/page.ts';
import { expect, test } from './support/test.ts';

test('a task goes step by step to 100 %, and is done', { tag: '@any-backend' }, async ({ page }) => {
  await page.goto('/');
  const jobs = await showPanel(page, 'Job progress');
  await jobs.getByLabel('Steps', { exact: true }).fill('8');
  await jobs.getByLabel('Delay ms').fill('150');
  await jobs.getByRole('button', { name: 'Start' }).click();
  const bar = jobs.getByRole('progressbar', { name: 'Task progress' });
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const percent = Number(await bar.getAttribute('aria-valuenow'));
        if (seen.at(-1) !== percent) seen.push(percent);
        return percent;
      },
      { intervals: [30] },
    )
    .toBe(100);
  expect(seen.length, `percentages seen: ${seen.join(' ')}`).toBeGreaterThanOrEqual(4);
  expect(seen, 'progress never goes back').toEqual([...seen].sort((a, b) => a - b));
  await expect(connection(jobs)).toHaveText('Ended');
  await expect(jobs.getByText('Done', { exact: true })).toBeVisible();
  await expect(jobs.getByText('step 8 of 8', { exact: true })).toBeVisible();
  // A backend may tell of its beginning, too: that is progress of 0 %.
  await expect(
    jobs.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: '100 %' }),
  ).toHaveCount(1);
  expect((await wireTerms(jobs)).Transport).toBe('EventSource');
});

test('the short task goes to its end, too', { tag: '@any-backend' }, async ({ page }) => {
  await page.goto('/');
  const jobs = await showPanel(page, 'Job progress');
  await jobs.getByLabel('Endpoint').selectOption('progress');
  await jobs.getByLabel('Delay ms').fill('50');
  await jobs.getByRole('button', { name: 'Start' }).click();
  await expect(jobs.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
  await expect(connection(jobs)).toHaveText('Ended');
  await expect(jobs.getByText('Done', { exact: true })).toBeVisible();
});

test('the time left is an estimate, and says so', async ({ page }) => {
  await page.goto('/');
  const jobs = await showPanel(page, 'Job progress');
  await jobs.getByLabel('Steps', { exact: true }).fill('60');
  await jobs.getByLabel('Delay ms').fill('200');
  await jobs.getByRole('button', { name: 'Start' }).click();
  await expect(jobs.getByText(/^about \d+ s left$/)).toBeVisible();
  await jobs.getByRole('button', { name: 'Stop' }).click();
  await expect(jobs.getByText('Stopped by you')).toBeVisible();
  await expect(connection(jobs)).toHaveText('Ended');
});

test('numbers out of bounds are said beside their field, and never sent', async ({ page }) => {
  await page.goto('/');
  const jobs = await showPanel(page, 'Job progress');
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().includes('/process/long-task')) sent += 1;
  });
  for (const [steps, words] of [
    ['0', 'Steps must be at least 1'],
    ['1001', 'Steps must be at most 1000'],
    ['2.5', /Steps must be a whole number/],
    ['many', /Steps must be a whole number/],
    ['', /Steps must be a whole number/],
  ] as const) {
    await jobs.getByLabel('Steps', { exact: true }).fill(steps);
    await expect(jobs.getByText(words)).toBeVisible();
    await jobs.getByRole('button', { name: 'Start' }).click();
  }
  await jobs.getByLabel('Steps', { exact: true }).fill('1');
  await jobs.getByLabel('Delay ms').fill('0');
  await jobs.getByRole('button', { name: 'Start' }).click();
  await expect(jobs.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
  expect(sent, 'requests sent').toBe(1);
});

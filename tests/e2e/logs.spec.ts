import { appendFileSync } from 'node:fs';
import { connection, wireNumber, wireTerms } from './support/page.ts';
import { logLines, openLive, untilMoreEvents } from './support/panels.ts';
import { expect, test } from './support/test.ts';

test('lines come, each with its level', { tag: '@any-backend' }, async ({ page }) => {
  const { logs } = await openLive(page);
  await expect.poll(() => logLines(logs).count()).toBeGreaterThanOrEqual(5);
  const levels = await logLines(logs).evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('data-level')),
  );
  expect(new Set(levels).size, `levels seen: ${levels.join(' ')}`).toBeGreaterThan(1);
  await untilMoreEvents(logs, 3);
  expect((await wireTerms(logs)).Transport).toBe('EventSource');
});

test('a level that is switched off disappears, and comes back', { tag: '@any-backend' }, async ({ page }) => {
  const { logs } = await openLive(page);
  const infoLines = logs.locator('[data-level="info"]').and(logLines(logs));
  await expect(infoLines.first()).toBeVisible();
  const chip = logs.getByRole('button', { name: /^info/ });
  await chip.click();
  await expect(chip).toHaveAttribute('aria-pressed', 'false');
  await expect(infoLines).toHaveCount(0);
  await expect(logs.getByText(/[\d,]+ of [\d,]+ lines/)).toBeVisible();
  await untilMoreEvents(logs, 6);
  await expect(infoLines).toHaveCount(0);
  await chip.click();
  await expect(infoLines.first()).toBeVisible();
});

test('the search keeps the lines that hold its words, and marks them', { tag: '@any-backend' }, async ({
  page,
}) => {
  const { logs } = await openLive(page);
  await expect.poll(() => logLines(logs).count()).toBeGreaterThanOrEqual(5);
  // The message without its fields: a search finds what stands in one of them, not across both.
  const message = logLines(logs).first().locator('time ~ span').last();
  const text = await message.evaluate((element) => element.firstChild?.textContent ?? '');
  const words = text.trim().split(/\s+/).slice(0, 2).join(' ');
  expect(words).not.toBe('');
  const search = logs.getByLabel('Search', { exact: true });
  await search.fill(words);
  await expect(logs.locator('mark').first()).toBeVisible();
  for (const row of await logLines(logs).all()) await expect(row).toContainText(words, { ignoreCase: true });
  await search.fill('no line says this: 7c1f');
  await expect(logs.getByText('No line matches')).toBeVisible();
  await search.press('Escape');
  await expect(search).toHaveValue('');
  await expect(logLines(logs).first()).toBeVisible();
});

test('pausing freezes the list and counts what it is behind', { tag: '@any-backend' }, async ({ page }) => {
  const { logs } = await openLive(page);
  await expect.poll(() => logLines(logs).count()).toBeGreaterThanOrEqual(3);
  await logs.getByRole('button', { name: 'Pause' }).click();
  await expect(connection(logs)).toHaveText('Paused');
  const frozen = await logLines(logs).allTextContents();
  await expect(logs.getByText(/View paused, (\d{2,}|[4-9]) lines behind/)).toBeVisible();
  expect(await logLines(logs).allTextContents(), 'lines while paused').toEqual(frozen);
  await logs.getByRole('button', { name: 'Resume' }).click();
  await expect(connection(logs)).toHaveText('Live');
  await expect.poll(async () => (await logLines(logs).allTextContents()).at(-1)).not.toBe(frozen.at(-1));
});

test('the list follows its end until it is scrolled up, and offers the way back', async ({ page }) => {
  const { logs } = await openLive(page);
  await logs.getByLabel('Lines a second').selectOption('100/s');
  const list = logs.getByRole('region', { name: 'Log lines' });
  const fromEnd = () =>
    list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  await expect.poll(() => wireNumber(logs, 'Events')).toBeGreaterThan(60);
  await expect.poll(fromEnd).toBeLessThan(30);
  await list.press('Home');
  const jump = logs.getByRole('button', { name: /new$/ });
  await expect(jump).toBeVisible();
  await untilMoreEvents(logs, 50);
  expect(await list.evaluate((element) => element.scrollTop), 'what is read stays where it is').toBe(0);
  await jump.click();
  await expect(jump).toHaveCount(0);
  await expect.poll(fromEnd).toBeLessThan(30);
});

test('clearing empties the list, and the feed goes on', async ({ page }) => {
  const { logs } = await openLive(page);
  await expect.poll(() => wireNumber(logs, 'Events')).toBeGreaterThan(12);
  await logs.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(logs.getByText(/^\d lines$/)).toBeVisible();
  await untilMoreEvents(logs, 2);
  await expect(connection(logs)).toHaveText('Live');
});

test('a feed that is stopped keeps its lines, and starts again', async ({ page }) => {
  const { logs } = await openLive(page);
  await expect(logLines(logs).first()).toBeVisible();
  await logs.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(logs)).toHaveText('Ended');
  await expect(logLines(logs).first()).toBeVisible();
  await logs.getByRole('button', { name: 'Start' }).click();
  await expect(connection(logs)).toHaveText('Live');
});

test('the source of requests shows a request that is made now', async ({ page, request }) => {
  const { logs } = await openLive(page);
  await logs.getByLabel('Source').selectOption('Requests');
  await expect(connection(logs)).toHaveText('Live');
  const path = `/download/image/${Date.now()}`;
  const response = await request.get(path);
  expect(response.status()).toBe(404);
  const line = logLines(logs).filter({ hasText: path });
  await expect(line).toContainText(`GET ${path} 404`);
  await expect(line).toHaveAttribute('data-level', 'warn');
});

test('the source of a file shows a line that is appended now', async ({ page, servers }) => {
  const { logs } = await openLive(page);
  await logs.getByLabel('Source').selectOption('File');
  await expect(connection(logs)).toHaveText('Live');
  const words = `Appended by a test at ${Date.now()}`;
  appendFileSync(servers.builtIn.env.LOG_FILE ?? '', `[ERROR] ${words}\n`);
  const line = logLines(logs).filter({ hasText: words });
  await expect(line).toBeVisible();
  await expect(line).toHaveAttribute('data-level', 'error');
});

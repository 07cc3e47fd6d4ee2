import type { Locator, Page } from '@playwright/test';
import { connection, showPanel, wireTerms } from './support/page.ts';
import { choose } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

async function openInspector(page: Page): Promise<Locator> {
  await page.goto('/');
  return showPanel(page, 'Inspector');
}

async function inspectUrl(inspector: Locator, url: string): Promise<void> {
  await inspector.getByLabel('Endpoint').selectOption('Any URL…');
  await inspector.getByLabel('URL', { exact: true }).fill(url);
  await inspect(inspector);
}

const inspect = (inspector: Locator) =>
  inspector.getByRole('button', { name: 'Inspect', exact: true }).click();

const rowsOf = (inspector: Locator, table: 'Chunks' | 'Messages') =>
  inspector
    .getByRole('region', { name: table })
    .getByRole('row')
    .filter({ has: inspector.page().locator('button') });

test('a path of the catalogue is shown chunk by chunk, with headers and messages', {
  tag: '@any-backend',
}, async ({ page }) => {
  const inspector = await openInspector(page);
  await inspector.getByLabel('Endpoint').selectOption('GET /stream/json');
  await inspector.getByLabel('count', { exact: true }).fill('6');
  await inspector.getByLabel('delay', { exact: true }).fill('250');
  await inspect(inspector);
  await expect(connection(inspector)).toHaveText('Ended');
  await expect(inspector.getByText('200 OK')).toBeVisible();
  await expect(inspector.getByText('read as NDJSON')).toBeVisible();
  const chunks = rowsOf(inspector, 'Chunks');
  await expect.poll(() => chunks.count(), 'chunks, one a message').toBeGreaterThanOrEqual(4);
  await expect(chunks.first()).toContainText(/"id": ?1/);
  await chooseView(inspector, /^Headers/);
  await expect(inspector.getByRole('region', { name: 'Response headers' })).toContainText(
    'application/x-ndjson',
  );
  await chooseView(inspector, /^Messages/);
  await expect(rowsOf(inspector, 'Messages')).toHaveCount(6);
  expect(await wireTerms(inspector)).toMatchObject({ Events: '6', Transport: 'fetch' });
});

async function chooseView(inspector: Locator, label: RegExp): Promise<void> {
  await inspector.getByRole('radiogroup', { name: 'Show' }).getByText(label).click();
}

test('a chunk is opened as text and as bytes', async ({ page }) => {
  const inspector = await openInspector(page);
  await inspectUrl(inspector, '/toy-stream?count=3&delay=20');
  await expect(connection(inspector)).toHaveText('Ended');
  await rowsOf(inspector, 'Chunks').first().getByRole('button').click();
  const detail = inspector.getByRole('region', { name: 'Chunk 1' });
  await expect(detail).toContainText(/1/);
  await choose(detail, 'Show bytes as', 'Hex');
  await expect(detail).toContainText('0a');
  await detail.getByRole('button', { name: 'Close' }).click();
  await expect(detail).toHaveCount(0);
});

test('a reader of one’s own choice reads the same body otherwise', { tag: '@any-backend' }, async ({
  page,
}) => {
  const inspector = await openInspector(page);
  await inspectUrl(inspector, '/stream/sse?count=3&delay=20');
  await expect(inspector.getByText('read as an event stream')).toBeVisible();
  await expect(connection(inspector)).toHaveText('Ended');
  expect((await wireTerms(inspector)).Events).toBe('3');
  await inspector.getByLabel('Read as').selectOption('Lines');
  await inspect(inspector);
  await expect(inspector.getByText('read as lines')).toBeVisible();
  await expect(connection(inspector)).toHaveText('Ended');
  await chooseView(inspector, /^Messages/);
  await expect(rowsOf(inspector, 'Messages').filter({ hasText: 'data: ' })).toHaveCount(3);
});

test('the native transport shows messages, and says what it hides', async ({ page }) => {
  const inspector = await openInspector(page);
  await inspector.getByLabel('Endpoint').selectOption('GET /dummy-events');
  await inspector.getByLabel('Transport').selectOption('EventSource');
  await inspect(inspector);
  await expect(connection(inspector)).toHaveText('Live');
  await expect(inspector.getByText('Status and headers: not visible to EventSource')).toBeVisible();
  expect((await wireTerms(inspector)).Bytes).toBe('not visible');
  await inspector.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(inspector)).toHaveText('Ended');
});

test('an endless stream is stopped, and what came stays', async ({ page }) => {
  const inspector = await openInspector(page);
  await inspectUrl(inspector, '/dummy-events?delay=50');
  await expect.poll(() => rowsOf(inspector, 'Chunks').count()).toBeGreaterThanOrEqual(3);
  await expect(connection(inspector)).toHaveText('Live');
  await inspector.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(inspector)).toHaveText('Ended');
  expect(await rowsOf(inspector, 'Chunks').count()).toBeGreaterThanOrEqual(3);
});

test('a URL that is none is said beside its field, and not sent', async ({ page }) => {
  const inspector = await openInspector(page);
  await inspector.getByLabel('Endpoint').selectOption('Any URL…');
  for (const url of ['http://', 'ftp://127.0.0.1/x', 'http://user:secret@127.0.0.1/']) {
    await inspector.getByLabel('URL', { exact: true }).fill(url);
    await expect(inspector.getByRole('button', { name: 'Inspect', exact: true }), url).toBeDisabled();
    await expect(inspector.getByLabel('URL', { exact: true }), url).toHaveAttribute('aria-invalid', 'true');
  }
});

test.describe('where the browser reports the failure by itself', () => {
  test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

  test('a method of one’s own is sent, and its refusal shown', async ({ page }) => {
    const inspector = await openInspector(page);
    await inspector.getByLabel('Method').selectOption('DELETE');
    await inspectUrl(inspector, '/health');
    await expect(inspector.getByText('405 Method Not Allowed')).toBeVisible();
    await chooseView(inspector, /^Headers/);
    await expect(inspector.getByRole('region', { name: 'Response headers' })).toContainText('allow');
  });

  test('a path that is not there is shown with its status and body', async ({ page }) => {
    const inspector = await openInspector(page);
    await inspectUrl(inspector, '/no-such-path');
    await expect(inspector.getByText('404 Not Found')).toBeVisible();
    await expect(rowsOf(inspector, 'Chunks').first()).toBeVisible();
  });

  test('a port at which nothing listens is said in words', async ({ page }) => {
    const inspector = await openInspector(page);
    await inspectUrl(inspector, 'http://127.0.0.1:9/stream');
    await expect(connection(inspector)).toHaveText('Failed');
    await expect(inspector.getByRole('alert')).toContainText(
      'The browser got no answer from http://127.0.0.1:9',
    );
  });
});

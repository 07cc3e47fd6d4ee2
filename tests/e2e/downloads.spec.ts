import { statSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { connection, showPanel, wireTerms } from './support/page.ts';
import { openLive, untilMoreEvents } from './support/panels.ts';
import { expect, test } from './support/test.ts';

const received = (downloads: Locator) => downloads.locator('strong').first().textContent();

test('a file is downloaded with its progress, and can be saved', { tag: '@any-backend' }, async ({
  page,
}) => {
  await page.goto('/');
  const downloads = await showPanel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 10.0 MB');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await expect(downloads.getByText(/^Done in [\d.]+ m?s/)).toBeVisible();
  await expect(downloads.getByRole('progressbar', { name: 'Download' })).toHaveAttribute(
    'aria-valuenow',
    '100',
  );
  await expect(connection(downloads)).toHaveText('Ended');
  expect(await received(downloads)).toBe('10.0 MB');
  expect(await wireTerms(downloads)).toMatchObject({ Transport: 'fetch', Bytes: '10.0 MB' });
  const saving = page.waitForEvent('download');
  await downloads.getByRole('button', { name: 'Save' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('large-file.bin');
  expect(statSync(await file.path()).size).toBe(10_000_000);
});

test('progress is seen on the way, with speed and time left', async ({ page }) => {
  await page.goto('/');
  const downloads = await showPanel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 10.0 MB');
  await downloads.getByLabel('Speed limit').selectOption('1.00 MB/s');
  await downloads.getByRole('button', { name: 'Download' }).click();
  const bar = downloads.getByRole('progressbar', { name: 'Download' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(5);
  await expect(downloads.getByText('of 10.0 MB')).toBeVisible();
  await expect(downloads.locator('span').filter({ hasText: /B\/s$/ })).toBeVisible();
  await expect(downloads.getByText(/^about .* left$/)).toBeVisible();
  await downloads.getByRole('button', { name: 'Cancel' }).click();
  await expect(downloads.getByText('Cancelled')).toBeVisible();
  expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100);
});

test('a download that is paused reads no more, goes on, and is cancelled', { tag: '@any-backend' }, async ({
  page,
}) => {
  const { ticker } = await openLive(page);
  const downloads = await showPanel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 10.0 GB');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await expect(connection(downloads)).toHaveText('Live');
  await downloads.getByRole('button', { name: 'Pause' }).click();
  await expect(connection(downloads)).toHaveText('Paused');
  const paused = await received(downloads);
  await untilMoreEvents(ticker, 10);
  expect(await received(downloads), 'bytes while paused').toBe(paused);
  await downloads.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => received(downloads)).not.toBe(paused);
  await downloads.getByRole('button', { name: 'Cancel' }).click();
  await expect(downloads.getByText('Cancelled')).toBeVisible();
  await expect(connection(downloads)).toHaveText('Ended');
  const cancelled = await received(downloads);
  await untilMoreEvents(ticker, 5);
  expect(await received(downloads), 'bytes after Cancel').toBe(cancelled);
  await expect(connection(ticker)).toHaveText('Live');
});

test('text whose length is not said is read to its end', async ({ page }) => {
  await page.goto('/');
  const downloads = await showPanel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('Text, 10 MB, length not said');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await expect(downloads.getByText(/^Done in /)).toBeVisible();
  expect(await received(downloads)).toBe('10.0 MB');
  await expect(downloads.getByText('whole')).toBeVisible();
});

test('a picture is seen, in its own size, before all of it has arrived', { tag: '@any-backend' }, async ({
  page,
}) => {
  await page.goto('/');
  const downloads = await showPanel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('Picture: Ridges at dusk');
  await downloads.getByRole('button', { name: 'Download' }).click();
  // Status and size of one moment.
  const seen = () =>
    downloads.evaluate((region) => {
      const picture = region.querySelector('img');
      return {
        status: region.querySelector('[aria-label="Connection"]')?.textContent,
        size: picture?.complete ? [picture.naturalWidth, picture.naturalHeight] : null,
      };
    });
  await expect.poll(seen, { intervals: [50] }).toEqual({ status: 'Live', size: [960, 600] });
  await expect(downloads.getByRole('img', { name: 'Ridges at dusk' })).toBeVisible();
  await expect(downloads.getByText(/^Done in /)).toBeVisible();
  await expect(downloads.getByRole('img', { name: 'Ridges at dusk' })).toBeVisible();
});

test('pausing a download holds the server, which sends no more than fits between', async ({
  page,
  servers,
}) => {
  const { ticker } = await openLive(page);
  const downloads = await showPanel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 10.0 GB');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await downloads.getByRole('button', { name: 'Pause' }).click();
  await expect(connection(downloads)).toHaveText('Paused');
  // At full speed these four seconds would be a gigabyte.
  await untilMoreEvents(ticker, 40);
  const read = byteLengthOf((await wireTerms(downloads)).Bytes ?? '');
  await downloads.getByRole('button', { name: 'Cancel' }).click();
  const end = await lastRequestLine(servers.builtIn.url, '/download/large-file closed by its reader');
  expect(end.fields.byteLength - read, `sent but not read, after ${read} bytes read`).toBeLessThan(
    read * 0.01 + BUFFERED_BYTES,
  );
});

/** What kernel and browser hold between a server and a page that does not read; up to 92 MB were seen. */
const BUFFERED_BYTES = 150_000_000;

const unitBytes: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

function byteLengthOf(text: string): number {
  const [number = '', unit = ''] = text.split(' ');
  return Number(number) * (unitBytes[unit] ?? Number.NaN);
}

/** The newest line of a server's own request log that says so; waits for it. Leaving the loop leaves the stream. */
async function lastRequestLine(url: string, words: string): Promise<{ fields: { byteLength: number } }> {
  const response = await fetch(`${url}/stream/live-logs?source=requests`, {
    signal: AbortSignal.timeout(5_000),
  });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const found = text.split('\n').findLast((line) => line.startsWith('data: ') && line.includes(words));
    if (found === undefined || !found.endsWith('}')) continue;
    return JSON.parse(found.slice('data: '.length));
  }
  throw new Error(`the request log does not say: ${words}`);
}

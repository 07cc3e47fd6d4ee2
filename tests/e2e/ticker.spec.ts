import type { Locator } from '@playwright/test';
import { connection, wireNumber, wireTerms } from './support/page.ts';
import { openLive, priceRow, prices, untilMoreEvents } from './support/panels.ts';
import { expect, test } from './support/test.ts';

test('prices change, and the wire counts every event', { tag: '@any-backend' }, async ({ page }) => {
  const { ticker } = await openLive(page);
  const all = () => prices(ticker).allTextContents();
  await expect.poll(async () => (await all()).length).toBeGreaterThanOrEqual(3);
  const before = await all();
  await expect.poll(all).not.toEqual(before);
  await untilMoreEvents(ticker, 5);
  const terms = await wireTerms(ticker);
  expect(terms.Transport).toBe('EventSource');
  expect(terms.Bytes, 'EventSource hides bytes: none is guessed').toBe('not visible');
  expect(terms.Rate).toMatch(/^[\d.,]+\/s$/);
  expect(terms['First event']).toMatch(/^[\d.]+ m?s$/);
});

test('a resumable feed shows its last event ID as it moves on', async ({ page }) => {
  const { ticker } = await openLive(page);
  await untilMoreEvents(ticker, 1);
  const lastId = async () => (await wireTerms(ticker))['Last event ID'];
  const before = await lastId();
  expect(before).not.toBe('–');
  await expect.poll(lastId).not.toBe(before);
});

test('a symbol that is chosen has the chart', async ({ page }) => {
  const { ticker } = await openLive(page);
  const symbol = ticker.getByRole('button', { name: 'MSFT', exact: true });
  await symbol.click();
  await expect(symbol).toHaveAttribute('aria-pressed', 'true');
  await expect(ticker.getByRole('img', { name: 'Price of MSFT over time' })).toBeVisible();
  await expect.poll(() => pricePixels(ticker)).toBeGreaterThan(100);
  await ticker.getByRole('button', { name: 'Show candles' }).click();
  await expect.poll(() => pricePixels(ticker)).toBeGreaterThan(10);
});

test('the chart reads out the candle that is pointed at', async ({ page }) => {
  const { ticker } = await openLive(page);
  await untilMoreEvents(ticker, 10);
  await ticker.getByRole('button', { name: 'Show candles' }).click();
  await ticker.getByRole('img', { name: /^Price of/ }).hover();
  const line = ticker.locator('[data-part="reading"]');
  await expect(line).toHaveText(/^At[\d:]+Open[\d.,]+High[\d.,]+Low[\d.,]+Close[\d.,]+$/);
  const words = (await line.textContent()) ?? '';
  const priceOf = (name: string) =>
    Number(new RegExp(`${name}([\\d.,]+)`).exec(words)?.[1]?.replaceAll(',', ''));
  for (const name of ['Open', 'Close']) {
    expect(priceOf(name), name).toBeGreaterThanOrEqual(priceOf('Low'));
    expect(priceOf(name), name).toBeLessThanOrEqual(priceOf('High'));
  }
  const tag = ticker.locator('[data-part="price-tag"]');
  await expect(tag).toHaveText(/^[\d,]+\.\d\d$/);
  await page.mouse.move(0, 0);
  await expect(tag).toHaveCount(0);
  await expect(line).toHaveCount(0);
});

test('the crosshair of the chart goes from candle to candle by keyboard', async ({ page }) => {
  const { ticker } = await openLive(page);
  await untilMoreEvents(ticker, 60);
  await ticker.getByRole('button', { name: 'Pause' }).click();
  const crosshair = ticker.getByRole('slider', { name: /^Crosshair on the price of/ });
  const line = ticker.locator('[data-part="reading"]');
  await crosshair.press('Home');
  await expect(line).toHaveText(/^At[\d:]+Price[\d.,]+$/);
  const words = async () => ((await crosshair.getAttribute('aria-valuetext')) ?? '').replaceAll(/, | /g, '');
  await expect(line).toHaveText(await words());
  const first = await words();
  await crosshair.press('ArrowRight');
  await expect.poll(words).not.toBe(first);
  await expect(line).toHaveText(await words());
  await crosshair.press('Escape');
  await expect(line).toHaveCount(0);
});

/** Of the chart's canvas, how many pixels have a colour of prices, which neither axes nor grid have. */
function pricePixels(ticker: Locator): Promise<number> {
  return ticker.locator('[role="img"] canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const styles = getComputedStyle(canvas);
    const tones = ['--up', '--down'].map((token) =>
      [1, 3, 5].map((at) =>
        Number.parseInt(
          styles
            .getPropertyValue(token)
            .trim()
            .slice(at, at + 2),
          16,
        ),
      ),
    );
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const isTone = tones.some((tone) => tone.every((part, index) => data[at + index] === part));
      if (isTone && data[at + 3] === 255) count += 1;
    }
    return count;
  });
}

test('a symbol is added, brings prices, and is removed', { tag: '@any-backend' }, async ({ page }) => {
  const { ticker } = await openLive(page);
  await ticker.getByLabel('Add a symbol').fill('ibm');
  await ticker.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(priceRow(ticker, 'IBM')).toContainText(/\d\.\d\d/);
  await ticker.getByRole('button', { name: 'Remove IBM' }).click();
  await expect(priceRow(ticker, 'IBM')).toHaveCount(0);
  await expect(connection(ticker)).toHaveText('Live');
  await untilMoreEvents(ticker, 10);
  await expect(priceRow(ticker, 'IBM')).toHaveCount(0);
});

test('what is no symbol, or is there already, is refused in words', async ({ page }) => {
  const { ticker } = await openLive(page);
  for (const [typed, words] of [
    ['1X', 'A symbol is a letter'],
    ['AAPL', 'AAPL is in the list already'],
  ] as const) {
    await ticker.getByLabel('Add a symbol').fill(typed);
    await ticker.getByLabel('Add a symbol').press('Enter');
    await expect(ticker.getByText(words)).toBeVisible();
  }
  await expect(connection(ticker)).toHaveText('Live');
});

test('pausing freezes the view and counts what it is behind; resuming catches up', {
  tag: '@any-backend',
}, async ({ page }) => {
  const { ticker } = await openLive(page);
  await expect.poll(() => prices(ticker).count()).toBeGreaterThanOrEqual(3);
  await ticker.getByRole('button', { name: 'Pause' }).click();
  await expect(connection(ticker)).toHaveText('Paused');
  const frozen = await prices(ticker).allTextContents();
  const notice = ticker.getByText(/The view is paused, [\d,]+ events? behind/);
  const behind = async () => Number(/([\d,]+) events?/.exec((await notice.textContent()) ?? '')?.[1]);
  await expect.poll(behind).toBeGreaterThanOrEqual(10);
  expect(await prices(ticker).allTextContents(), 'prices while paused').toEqual(frozen);
  await ticker.getByRole('button', { name: 'Resume' }).click();
  await expect(connection(ticker)).toHaveText('Live');
  await expect(notice).toHaveCount(0);
  await expect.poll(() => prices(ticker).allTextContents()).not.toEqual(frozen);
});

test('a feed that is stopped stays as it is until it is started', async ({ page }) => {
  const { ticker, logs } = await openLive(page);
  await expect(prices(ticker).first()).toBeVisible();
  await ticker.getByRole('button', { name: 'Stop' }).click();
  await expect(connection(ticker)).toHaveText('Ended');
  const events = await wireNumber(ticker, 'Events');
  await untilMoreEvents(logs, 4);
  expect(await wireNumber(ticker, 'Events'), 'events after Stop').toBe(events);
  await ticker.getByRole('button', { name: 'Start' }).click();
  await expect(connection(ticker)).toHaveText('Live');
  await expect.poll(() => wireNumber(ticker, 'Events')).toBeGreaterThan(3);
});

test('the rate that is chosen is the rate that comes', { tag: '@any-backend' }, async ({ page }) => {
  const { ticker } = await openLive(page);
  await ticker.getByLabel('Events a second').selectOption('100/s');
  await expect.poll(() => wireNumber(ticker, 'Rate')).toBeGreaterThan(50);
  await expect(connection(ticker)).toHaveText('Live');
});

import {
  connection,
  PANELS,
  panel,
  STATUS_WORD,
  showPanel,
  wire,
  wireNumber,
  wireTerms,
} from './support/page.ts';
import { expect, test } from './support/test.ts';

test('the page shows all eight panels, by name', { tag: '@any-backend' }, async ({ page }) => {
  await page.goto('/');
  for (const name of PANELS) await expect(panel(page, name)).toBeVisible();
});

for (const name of PANELS) {
  test(`${name} says its connection in one word, and has a wire view`, async ({ page }) => {
    await page.goto('/');
    const shown = await showPanel(page, name);
    await expect(connection(shown)).toHaveText(STATUS_WORD);
    await expect(wire(shown)).toBeVisible();
    expect(await wireTerms(shown)).toHaveProperty('Transport');
  });
}

test('the ticker is live and counts its events', { tag: '@any-backend' }, async ({ page }) => {
  await page.goto('/');
  const ticker = await showPanel(page, 'Stock ticker');
  await expect(connection(ticker)).toHaveText('Live');
  await expect.poll(() => wireNumber(ticker, 'Events')).toBeGreaterThan(3);
});

import { connection, PANELS, panel, STATUS_WORD, showPanel, wire, wireTerms } from './support/page.ts';
import { choose, comparisonFigures, logLines, openLive, prices } from './support/panels.ts';
import { expect, test } from './support/test.ts';

const OPENING_MS = 10_000;
const FIRST_PRICE_MS = 1_500;

test('the page shows all eight panels, by name, under headings and landmarks', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('banner')).toBeVisible();
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1, name: 'Streamscope' })).toBeAttached();
  for (const name of PANELS) {
    const shown = panel(page, name);
    await expect(shown).toBeVisible();
    await expect(shown.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
  }
  await expect(main.getByRole('heading', { level: 2 })).toHaveCount(PANELS.length);
});

test('every panel says its connection in one word, and has a wire view', async ({ page }) => {
  await page.goto('/');
  for (const name of PANELS) {
    const shown = await showPanel(page, name);
    await expect(connection(shown), name).toHaveText(STATUS_WORD);
    await expect(wire(shown), name).toBeVisible();
    expect(Object.keys(await wireTerms(shown)), name).toEqual(
      expect.arrayContaining([
        'TTFB',
        'First event',
        'Events',
        'Bytes',
        'Rate',
        'Longest gap',
        'Reconnects',
        'Last event ID',
        'Transport',
      ]),
    );
  }
});

test('prices, log lines and a finished comparison are there within 10 s of opening', {
  tag: '@any-backend',
}, async ({ page }) => {
  const openedAt = performance.now();
  const left = () => Math.max(1, OPENING_MS - (performance.now() - openedAt));
  await page.goto('/', { timeout: OPENING_MS });
  await expect(prices(panel(page, 'Stock ticker')).first()).toContainText(/\d\.\d\d/, { timeout: left() });
  await expect(logLines(panel(page, 'Live logs')).first()).toBeVisible({ timeout: left() });
  const comparison = panel(page, 'Buffered vs streamed');
  await expect
    .poll(() => comparisonFigures(comparison, 'Last row'), { timeout: left() })
    .toEqual({ buffered: expect.any(Number), streamed: expect.any(Number) });
  await expect(connection(comparison)).toHaveText('Ended', { timeout: left() });
});

test('the first price is on screen within 1.5 s of navigation', async ({ browser, baseURL }, testInfo) => {
  const times: number[] = [];
  // The best of three first visits: the page's own time, rather than that of a machine that is busy elsewhere.
  for (let visit = 0; visit < 3; visit += 1) {
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const seen = new Promise<number>((resolve) => {
        new MutationObserver((_, observer) => {
          if (document.querySelector('[aria-label="Prices"] tbody td')?.textContent?.match(/\d\.\d\d/)) {
            observer.disconnect();
            requestAnimationFrame((atMs) => resolve(atMs));
          }
        }).observe(document, { childList: true, subtree: true, characterData: true });
      });
      Object.assign(window, { firstPriceMs: seen });
    });
    await page.goto('/');
    times.push(
      await page.evaluate(() => (window as unknown as { firstPriceMs: Promise<number> }).firstPriceMs),
    );
    await context.close();
  }
  const shown = times.map((ms) => `${ms.toFixed(0)} ms`).join(', ');
  testInfo.annotations.push({ type: 'first price', description: shown });
  expect(Math.min(...times), `first price after ${shown}`).toBeLessThan(FIRST_PRICE_MS);
});

test('a panel goes to full view, and Escape brings the layout back as it was', async ({ page }) => {
  await openLive(page);
  const boxes = () => Promise.all(PANELS.map((name) => panel(page, name).boundingBox()));
  for (const name of PANELS) await expect(panel(page, name)).toBeVisible();
  const before = await boxes();
  for (const name of ['Live logs', 'Inspector'] as const) {
    const shown = await showPanel(page, name);
    await shown.getByRole('button', { name: 'Full view' }).click();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    await expect
      .poll(async () => {
        const box = await shown.boundingBox();
        return box !== null && box.width > width * 0.95 && box.height > height * 0.85;
      }, `${name} fills the window`)
      .toBe(true);
    await page.reload();
    await expect(shown.getByRole('button', { name: 'Back to the grid' }), 'kept over a reload').toBeVisible();
    await page.keyboard.press('Escape');
    await expect(shown.getByRole('button', { name: 'Full view' })).toBeVisible();
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  expect(await boxes()).toEqual(before);
});

test('full view and back keeps the stream that is under way', async ({ page }) => {
  const { ticker } = await openLive(page);
  let opened = 0;
  page.on('request', (request) => {
    if (request.url().includes('/stream/stock-ticker')) opened += 1;
  });
  await ticker.getByRole('button', { name: 'Full view' }).click();
  await ticker.getByRole('button', { name: 'Back to the grid' }).click();
  await expect(connection(ticker)).toHaveText('Live');
  expect(opened, 'connections opened by changing the view').toBe(0);
});

test('the theme is switched, and kept over a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole('button', { name: 'Switch to light theme' }).click();
  await expect(page.getByRole('button', { name: 'Switch to dark theme' })).toBeVisible();
  await expect.poll(background).not.toBe(dark);
  const light = await background();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Switch to dark theme' })).toBeVisible();
  expect(await background()).toBe(light);
});

test('what is set in each panel is kept over a reload', async ({ page }) => {
  const { ticker, logs } = await openLive(page);
  await ticker.getByLabel('Events a second').selectOption('100/s');
  await ticker.getByLabel('Add a symbol').fill('ibm');
  await ticker.getByLabel('Add a symbol').press('Enter');
  await choose(ticker, 'Chart window', '1 min');
  await logs.getByLabel('Lines a second').selectOption('20/s');
  await logs.getByRole('button', { name: /^debug/ }).click();
  await logs.getByRole('button', { name: 'Wrap lines' }).click();
  await choose(panel(page, 'AI chat'), 'Endpoint', 'Plain text');
  const jobs = panel(page, 'Job progress');
  await jobs.getByLabel('Steps', { exact: true }).fill('7');
  await jobs.getByLabel('Delay ms').fill('50');
  const downloads = panel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 10.0 MB');
  await downloads.getByLabel('Speed limit').selectOption('1.00 MB/s');
  const exports = panel(page, 'Data export');
  await exports.getByLabel('Format').selectOption('JSON Lines');
  await exports.getByLabel('Rows', { exact: true }).fill('123');
  await exports.getByLabel('Rows a second').selectOption('100/s');
  const comparison = panel(page, 'Buffered vs streamed');
  await comparison.getByLabel('Rows', { exact: true }).fill('5');
  await comparison.getByLabel('Delay (ms)').fill('20');
  const inspector = panel(page, 'Inspector');
  await inspector.getByLabel('Endpoint').selectOption('GET /toy-stream');

  await page.reload();

  await expect(ticker.getByLabel('Events a second')).toHaveValue('100');
  await expect(ticker.getByRole('button', { name: 'IBM', exact: true })).toBeVisible();
  await expect(ticker.getByRole('radio', { name: '1 min' })).toBeChecked();
  await expect(logs.getByLabel('Lines a second')).toHaveValue('20');
  await expect(logs.getByRole('button', { name: /^debug/ })).toHaveAttribute('aria-pressed', 'false');
  await expect(logs.getByRole('button', { name: 'Wrap lines' })).toHaveAttribute('aria-pressed', 'true');
  await expect(panel(page, 'AI chat').getByRole('radio', { name: 'Plain text' })).toBeChecked();
  await expect(jobs.getByLabel('Steps', { exact: true })).toHaveValue('7');
  await expect(jobs.getByLabel('Delay ms')).toHaveValue('50');
  await expect(downloads.getByLabel('What to download')).toHaveValue('file-10000000');
  await expect(downloads.getByLabel('Speed limit')).toHaveValue('1000000');
  await expect(exports.getByLabel('Format')).toHaveValue('ndjson');
  await expect(exports.getByLabel('Rows', { exact: true })).toHaveValue('123');
  await expect(exports.getByLabel('Rows a second')).toHaveValue('100');
  await expect(comparison.getByLabel('Rows', { exact: true })).toHaveValue('5');
  await expect(comparison.getByLabel('Delay (ms)')).toHaveValue('20');
  await expect(inspector.getByLabel('Endpoint')).toHaveValue('GET /toy-stream');
});

test('settings that were damaged in storage are set aside, and the page opens as new', async ({ page }) => {
  const keys = [
    'settings',
    'layout',
    'ticker',
    'logs',
    'chat',
    'jobs',
    'downloads',
    'exports',
    'comparison',
    'inspector',
    'conversation-1',
  ];
  const damaged = [
    '{"state":',
    '{"state":{"rate":-1,"backendUrl":7,"source":"x"},"version":0}',
    '{"state":{"backendUrl":"localhost:","expandedId":"no such panel"},"version":0}',
    'null',
    '[]',
  ];
  // A page of this origin with nothing on it that would write over what is set.
  await page.route('**/blank', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }),
  );
  await page.goto('/blank');
  for (const text of damaged) {
    await page.evaluate(
      ([names, value]) => {
        for (const name of names as string[]) localStorage.setItem(`streamscope-${name}`, value as string);
      },
      [keys, text],
    );
    await openLive(page);
    for (const name of PANELS) await expect(panel(page, name)).toBeVisible();
    await page.goto('/blank');
  }
});

test('the command palette finds a panel, a full view and a theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  const run = async (words: string, command: string) => {
    await page.keyboard.press('Control+k');
    await page.getByLabel('Search commands').fill(words);
    await page.getByRole('button', { name: command, exact: true }).click();
    await expect(page.getByLabel('Search commands')).toBeHidden();
  };
  await expect(panel(page, 'Inspector')).toBeVisible();
  await run('inspec', 'Go to Inspector');
  await expect(panel(page, 'Inspector')).toBeInViewport();
  await run('light', 'Light theme');
  await expect(page.getByRole('button', { name: 'Switch to dark theme' })).toBeVisible();
  await run('full live', 'Full view of Live logs');
  await expect(panel(page, 'Live logs').getByRole('button', { name: 'Back to the grid' })).toBeVisible();
});

test('the header shows which long-lived connections are held, never more than four', {
  tag: '@any-backend',
}, async ({ page }) => {
  await openLive(page);
  const held = page.getByRole('button', { name: /^Connections: \d of 4 held/ });
  await expect(held).toHaveAccessibleName('Connections: 2 of 4 held, 0 waiting');
  await held.click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Stock ticker' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Live logs' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('nothing is wider than the window, in any state of the panels', async ({ page }) => {
    await openLive(page);
    const overhang = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    for (const name of PANELS) {
      const shown = await showPanel(page, name);
      const box = await shown.boundingBox();
      expect(box?.x, `left edge of ${name}`).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0), `right edge of ${name}`).toBeLessThanOrEqual(390);
    }
    expect(await overhang(), 'pixels to scroll sideways').toBe(0);
    await panel(page, 'Job progress').getByRole('button', { name: 'Start' }).click();
    await panel(page, 'Data export').getByRole('button', { name: 'Start' }).click();
    await expect(panel(page, 'Data export').getByRole('region', { name: 'Newest rows' })).toBeVisible();
    await panel(page, 'Inspector').getByRole('button', { name: 'Inspect', exact: true }).click();
    await expect(panel(page, 'Inspector').getByRole('region', { name: 'Chunks' })).toBeVisible();
    expect(await overhang(), 'pixels to scroll sideways while streams run').toBe(0);
  });
});

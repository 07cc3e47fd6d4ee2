import type { BrowserContext, Page } from '@playwright/test';
import { activeStreams, expectNoStreams } from './support/health.ts';
import { connection, panel, wireNumber, wireTerms } from './support/page.ts';
import { choose, logLines, openLive, priceRow, prices, untilMoreEvents } from './support/panels.ts';
import { expect, test } from './support/test.ts';

// Of ten tabs a person sees one; here all are drawn, so they are small.
test.use({ viewport: { width: 640, height: 400 } });

test('two tabs are live together, and the one that is left goes on', async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  const one = await openLive(first);
  const two = await openLive(second);
  for (const { ticker, logs } of [one, two]) {
    await untilMoreEvents(ticker, 5);
    await untilMoreEvents(logs, 2);
  }
  await expect(connection(panel(second, 'Buffered vs streamed'))).toHaveText('Ended');
  await first.close();
  await untilMoreEvents(two.ticker, 5);
  await expect(connection(two.logs)).toHaveText('Live');
});

test('closing the page ends every stream at the server', async ({ page, request, servers }) => {
  const { url } = servers.builtIn;
  await expectNoStreams(request, url);
  await openLive(page);
  await panel(page, 'Job progress').getByRole('button', { name: 'Start' }).click();
  await expect(connection(panel(page, 'Job progress'))).toHaveText('Live');
  const downloads = panel(page, 'File download');
  await downloads.getByLabel('What to download').selectOption('File, 10.0 GB');
  await downloads.getByRole('button', { name: 'Download' }).click();
  await expect(connection(downloads)).toHaveText('Live');
  const { activeStreams } = await (await request.get(`${url}/health`)).json();
  expect(activeStreams, 'streams while the page is open').toBeGreaterThanOrEqual(4);
  await page.close();
  await expectNoStreams(request, url);
});

test('leaving the page for another ends every stream at the server', async ({ page, request, servers }) => {
  await openLive(page);
  await page.goto('about:blank');
  await expectNoStreams(request, servers.builtIn.url);
});

test('what is stopped in its panel is stopped at the server', async ({ page, request, servers }) => {
  const { ticker, logs } = await openLive(page);
  await expect(connection(panel(page, 'Buffered vs streamed'))).toHaveText('Ended');
  for (const feed of [ticker, logs]) {
    await feed.getByRole('button', { name: 'Stop' }).click();
    await expect(connection(feed)).toHaveText('Ended');
  }
  await expectNoStreams(request, servers.builtIn.url);
  const paths: readonly (readonly [string, string, string])[] = [
    ['Job progress', 'Start', 'Stop'],
    ['File download', 'Download', 'Cancel'],
  ];
  for (const [name, start, stop] of paths) {
    const shown = page.getByRole('region', { name, exact: true });
    await shown.getByRole('button', { name: start }).click();
    await expect(connection(shown)).toHaveText('Live');
    await shown.getByRole('button', { name: stop }).click();
    await expect(connection(shown)).toHaveText('Ended');
    await expectNoStreams(request, servers.builtIn.url);
  }
});

/** The tabs' feeds are one connection each: each tab shows as many events as the feed had before it came. */
async function eventsBeforeFirst(page: Page): Promise<number> {
  const terms = await wireTerms(panel(page, 'Stock ticker'));
  const sequence = Number(/\d+$/.exec(terms['Last event ID'] ?? '')?.[0]);
  return sequence - Number((terms.Events ?? '').replaceAll(/[^\d]/g, ''));
}

const TEN_LIVE_WITHIN_MS = 2_000;

async function openTabs(context: BrowserContext, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let tab = 0; tab < count; tab += 1) {
    const page = await context.newPage();
    await page.goto('/');
    pages.push(page);
  }
  return pages;
}

/** All feeds of all pages are live by one and the same moment. */
async function expectLive(pages: readonly Page[], timeout: number): Promise<void> {
  const feeds = pages.flatMap((page, index) =>
    (['Stock ticker', 'Live logs'] as const).map((name) => ({
      feed: panel(page, name),
      of: `${name} of tab ${index + 1}`,
    })),
  );
  // From when the panels are there: how long a busy machine takes to draw them is not the feeds'.
  await Promise.all(feeds.map(({ feed, of }) => expect(feed, of).toBeVisible()));
  await Promise.all(
    feeds.map(({ feed, of }) => expect(connection(feed), of).toHaveText('Live', { timeout })),
  );
}

test('ten tabs are live on one connection a feed, and the last to leave closes it', async ({
  context,
  request,
  servers,
}) => {
  test.slow();
  const { url } = servers.builtIn;
  await expectNoStreams(request, url);
  const counts: number[] = [];
  const pages = await openTabs(context, 10);
  await expectLive(pages, TEN_LIVE_WITHIN_MS);
  counts.push(await activeStreams(request, url));

  const tenth = pages[9] as Page;
  const answerMs = await tenth.evaluate(async () => {
    const startedAtMs = performance.now();
    await (await fetch('/health')).json();
    return performance.now() - startedAtMs;
  });
  expect(answerMs, 'a fetch from the tenth').toBeLessThan(500);
  for (const page of pages) {
    await untilMoreEvents(panel(page, 'Stock ticker'), 1);
    counts.push(await activeStreams(request, url));
  }
  expect(Math.max(...counts), 'connections at the server').toBeLessThanOrEqual(4);
  await tenth.getByRole('button', { name: /^Connections/ }).click();
  const held = tenth.getByRole('list', { name: 'Long-lived connections' });
  await expect(held.getByText('Stock ticker · shared by 10 tabs')).toBeVisible();
  await expect(held.getByText('Live logs · shared by 10 tabs')).toBeVisible();

  const before = await eventsBeforeFirst(tenth);
  for (const page of pages.slice(0, 9)) await page.close();
  await untilMoreEvents(panel(tenth, 'Stock ticker'), 20);
  expect(await eventsBeforeFirst(tenth), 'IDs that no event was counted for').toBe(before);
  expect((await wireTerms(panel(tenth, 'Stock ticker'))).Reconnects).toBe('0');
  await tenth.close();
  await expectNoStreams(request, url);
});

test('a new tab has the prices, the chart and the lines of the feed at once', async ({ context }) => {
  test.slow();
  const first = await context.newPage();
  const { ticker, logs } = await openLive(first);
  await untilMoreEvents(ticker, 60);
  const lines = await wireNumber(logs, 'Events');
  const [second] = await openTabs(context, 1);
  if (second === undefined) throw new Error('no second tab');
  await expectLive([second], 2_000);
  await expect(prices(panel(second, 'Stock ticker'))).toHaveCount(8);
  const crosshair = panel(second, 'Stock ticker').getByRole('slider', { name: /^Crosshair on the price of/ });
  await crosshair.press('Home');
  const oldest = async () => Number(await crosshair.getAttribute('aria-valuenow'));
  await expect
    .poll(oldest, 'the first second of the chart, counted from when this tab was opened')
    .toBeLessThan(-1);
  await expect.poll(() => wireNumber(panel(second, 'Live logs'), 'Events')).toBeGreaterThanOrEqual(lines);
  await expect
    .poll(() => logLines(panel(second, 'Live logs')).count())
    .toBeGreaterThanOrEqual(Math.min(5, lines));
});

test('tabs have one watch list: what one adds, another has and does not take back', async ({ context }) => {
  test.slow();
  const [one, other] = await openTabs(context, 2);
  if (one === undefined || other === undefined) throw new Error('two tabs are needed');
  await expectLive([one, other], 5_000);
  await panel(one, 'Stock ticker').getByLabel('Add a symbol').fill('ibm');
  await panel(one, 'Stock ticker').getByLabel('Add a symbol').press('Enter');
  await expect(priceRow(panel(other, 'Stock ticker'), 'IBM')).toContainText(/\d\.\d\d/);
  await choose(panel(other, 'Stock ticker'), 'Chart window', '1 min');
  await one.reload();
  await expect(priceRow(panel(one, 'Stock ticker'), 'IBM')).toContainText(/\d\.\d\d/);
});

test('what one tab stops or pauses goes on in the others', async ({ context }) => {
  test.slow();
  const [one, other] = await openTabs(context, 2);
  if (one === undefined || other === undefined) throw new Error('two tabs are needed');
  await expectLive([one, other], 5_000);
  await panel(one, 'Stock ticker').getByRole('button', { name: 'Pause' }).click();
  await panel(one, 'Live logs').getByRole('button', { name: 'Stop' }).click();
  await expect(connection(panel(one, 'Live logs'))).toHaveText('Ended');
  await untilMoreEvents(panel(other, 'Stock ticker'), 10);
  await untilMoreEvents(panel(other, 'Live logs'), 2);
  await panel(one, 'Live logs').getByRole('button', { name: 'Start' }).click();
  await expect(connection(panel(one, 'Live logs'))).toHaveText('Live');
});

test('a tab that crashes holds nothing, and the others lose nothing, wherever the worker ran', async ({
  context,
  request,
  servers,
}) => {
  test.slow();
  const { url } = servers.builtIn;
  await expectNoStreams(request, url);
  const pages = await openTabs(context, 3);
  await expectLive(pages, 5_000);
  const [first, second, third] = pages as [Page, Page, Page];
  // The browser may have the worker in the first tab's process: the others then start another.
  for (const page of [first, second]) {
    await untilMoreEvents(panel(third, 'Stock ticker'), 5);
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await expectLive([third], 5_000);
    await untilMoreEvents(panel(third, 'Stock ticker'), 10);
    await untilMoreEvents(panel(third, 'Live logs'), 2);
  }
  await third.getByRole('button', { name: /^Connections/ }).click();
  const held = third.getByRole('list', { name: 'Long-lived connections' });
  await expect(held.getByText('Stock ticker', { exact: true })).toBeVisible();
  await expect(held.getByText(/shared by/)).toHaveCount(0);
  await third.close();
  await expectNoStreams(request, url);
});

test('a browser with no shared workers has its feeds in the page', async ({ page, request, servers }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
  const { ticker, logs } = await openLive(page);
  await untilMoreEvents(ticker, 5);
  await untilMoreEvents(logs, 2);
  await page.close();
  await expectNoStreams(request, servers.builtIn.url);
});

test('a worker that can not start is done without', async ({ page }) => {
  await page.addInitScript(() => {
    class Refused {
      constructor() {
        throw new DOMException('no', 'SecurityError');
      }
    }
    Object.assign(window, { SharedWorker: Refused });
  });
  await openLive(page);
});

test('ten tabs with ten feeds hold four connections, and the rest waits and says so', async ({
  context,
  request,
  servers,
}) => {
  test.slow();
  const { url } = servers.builtIn;
  await expectNoStreams(request, url);
  const pages: Page[] = [];
  for (let tab = 0; tab < 10; tab += 1) {
    const page = await context.newPage();
    await page.addInitScript((symbol) => {
      // Tabs have one watch list, and so one feed: here each is deaf to the others.
      addEventListener('storage', (event) => event.stopImmediatePropagation());
      const settings = { state: { symbols: [symbol] }, version: 0 };
      localStorage.setItem('streamscope-ticker', JSON.stringify(settings));
    }, `TAB${tab}`);
    await page.goto('/');
    // Its settings are read: the next tab, which has the same storage, sets others.
    await expect(panel(page, 'Stock ticker')).toBeVisible();
    pages.push(page);
    expect(await activeStreams(request, url), `streams with ${tab + 1} tabs`).toBeLessThanOrEqual(4);
  }
  const last = pages[9] as Page;
  const connections = last.getByRole('button', { name: /^Connections: 4 of 4 held, \d+ waiting$/ });
  await expect(connections).toBeVisible();
  await expect
    .poll(async () => {
      const words = await Promise.all(
        pages.map((page) => connection(panel(page, 'Stock ticker')).textContent()),
      );
      return words.filter((word) => word === 'Live').length;
    })
    .toBe(3);
  await expect(connection(panel(last, 'Live logs'))).toHaveText('Live');
  await expect(connection(panel(last, 'Stock ticker'))).toHaveText('Connecting');
  await connections.click();
  const list = last.getByRole('list', { name: 'Long-lived connections' });
  await expect(list.getByText('waits').first()).toBeVisible();
  await expect(list.getByText('Stock ticker', { exact: true })).toHaveCount(10);
  for (const page of pages.slice(0, 7)) {
    await page.close();
    // A place is given on at once; that its former reader has left, the server may learn a moment later, within its second.
    await expect.poll(() => activeStreams(request, url), { timeout: 1_000 }).toBeLessThanOrEqual(4);
  }
  await expect(connection(panel(last, 'Stock ticker'))).toHaveText('Live');
});

import { expectNoStreams } from './support/health.ts';
import { connection, panel } from './support/page.ts';
import { openLive, untilMoreEvents } from './support/panels.ts';
import { expect, test } from './support/test.ts';

test('two tabs are live together, and the one that is left goes on', { tag: '@any-backend' }, async ({
  context,
}) => {
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

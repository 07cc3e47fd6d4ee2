import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startMisbehavingServer } from './support/misbehaving-server.ts';
import { connection, PANELS, panel, showPanel } from './support/page.ts';
import { ask, openLive, prices, setBackend } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

/** What axe finds on the whole page, in lines that say where. */
async function violations(page: Page): Promise<readonly string[]> {
  const results = await new AxeBuilder({ page }).analyze();
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}\n${failureSummary}`),
  );
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme}`, () => {
    test.use({ colorScheme });

    test(`axe finds nothing on the live page, with the settings open, and with the command palette, ${colorScheme}`, async ({
      page,
    }) => {
      // Three times over the whole page.
      test.slow();
      const { ticker } = await openLive(page);
      await expect(prices(ticker).first()).toBeVisible();
      await expect(connection(panel(page, 'Buffered vs streamed'))).toHaveText('Ended');
      expect(await violations(page), 'live').toEqual([]);

      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      const drawer = page.getByRole('dialog', { name: 'Settings' });
      await drawer.getByLabel('Backend URL').fill('not a url');
      await expect(drawer.getByText('must be a URL such as')).toBeVisible();
      await expect(drawer).toHaveCSS('opacity', '1');
      expect(await violations(page), 'settings open').toEqual([]);

      await page.keyboard.press('Escape');
      await expect(drawer).toBeHidden();
      await page.keyboard.press('Control+k');
      await expect(page.getByLabel('Search commands')).toBeFocused();
      await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCSS('opacity', '1');
      expect(await violations(page), 'command palette').toEqual([]);
    });

    test(`axe finds nothing on a page at work, ${colorScheme}`, async ({ page }) => {
      await openLive(page);
      const jobs = await showPanel(page, 'Job progress');
      await jobs.getByLabel('Delay ms').fill('20');
      await jobs.getByRole('button', { name: 'Start' }).click();
      await panel(page, 'Data export').getByRole('button', { name: 'Start' }).click();
      await panel(page, 'File download').getByLabel('What to download').selectOption('File, 1.00 MB');
      await panel(page, 'File download').getByRole('button', { name: 'Download' }).click();
      const inspector = panel(page, 'Inspector');
      await inspector.getByLabel('delay', { exact: true }).fill('10');
      await inspector.getByRole('button', { name: 'Inspect', exact: true }).click();
      const turn = await ask(panel(page, 'AI chat'), 'Show me code that reads a stream with fetch');
      await expect(turn.getByRole('figure').first()).toBeVisible();
      await panel(page, 'AI chat').getByRole('button', { name: 'Stop' }).click();
      for (const name of ['Job progress', 'Data export', 'File download', 'Inspector'] as const) {
        await expect(connection(panel(page, name))).toHaveText('Ended');
      }
      expect(await violations(page)).toEqual([]);
    });

    test.describe('with a backend that is down', () => {
      test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

      test(`axe finds nothing when everything has failed, ${colorScheme}`, async ({ page, servers }) => {
        const server = await startMisbehavingServer(servers.builtIn.url);
        await server.close();
        await page.goto('/');
        for (const name of PANELS) await expect(panel(page, name)).toBeVisible();
        await setBackend(page, server.url);
        await expect(connection(panel(page, 'Stock ticker'))).toHaveText('Reconnecting');
        await expect(connection(panel(page, 'Live logs'))).toHaveText('Reconnecting');
        await expect(connection(panel(page, 'Buffered vs streamed'))).toHaveText('Failed');
        await panel(page, 'Data export').getByRole('button', { name: 'Start' }).click();
        await panel(page, 'Inspector').getByRole('button', { name: 'Inspect', exact: true }).click();
        await expect(connection(panel(page, 'Inspector'))).toHaveText('Failed');
        await ask(panel(page, 'AI chat'), 'Is anybody there?');
        expect(await violations(page)).toEqual([]);
      });
    });
  });
}

import { expect, test } from './support/test.ts';

test.describe('the documents of the API', () => {
  test('Try it out shows an endless stream as it arrives, and stops it', async ({
    page,
    baseURL,
    request,
  }) => {
    const elsewhere: string[] = [];
    page.on('request', (sent) => {
      if (!sent.url().startsWith(`${baseURL}/`) && !sent.url().startsWith('data:'))
        elsewhere.push(sent.url());
    });
    await page.goto('/docs');
    await page.locator('#operations-samples-get_dummy_events .opblock-summary-control').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByPlaceholder('delay').fill('50');
    await page.getByRole('button', { name: 'Execute' }).click();

    const live = page.getByRole('region', { name: 'Live body' });
    await expect(live.getByRole('status')).toHaveText('Receiving');
    await expect(live).toContainText('"id":5');
    await live.getByRole('button', { name: 'Stop' }).click();

    await expect(live).toBeHidden();
    const received = page.locator('.live-responses-table tr.response');
    await expect(received).toContainText('200');
    await expect(received).toContainText('"id":5');
    await expect
      .poll(async () => (await (await request.get('/health')).json()).activeStreams, { timeout: 2_000 })
      .toBe(0);
    expect(elsewhere).toEqual([]);
  });

  test('Redoc shows the reference and asks nobody else', async ({ page, baseURL }) => {
    const elsewhere: string[] = [];
    page.on('request', (sent) => {
      if (!/^(data|blob):/.test(sent.url()) && !sent.url().startsWith(`${baseURL}/`))
        elsewhere.push(sent.url());
    });
    await page.goto('/redoc');
    await expect(page.getByRole('heading', { name: 'Live prices, resumable' })).toBeVisible();
    expect(elsewhere).toEqual([]);
  });
});

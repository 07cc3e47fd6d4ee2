import type { Locator } from '@playwright/test';
import { connection, showPanel, wireTerms } from './support/page.ts';
import { ask, choose } from './support/panels.ts';
import { expect, test } from './support/test.ts';

/** Notes the lengths that a reply has on screen while it grows, until there are so many. */
async function growingLengths(turn: Locator, count: number): Promise<readonly number[]> {
  const lengths: number[] = [];
  await expect
    .poll(
      async () => {
        const length = (await turn.textContent())?.length ?? 0;
        if (length > (lengths.at(-1) ?? 0)) lengths.push(length);
        return lengths.length;
      },
      { intervals: [30] },
    )
    .toBeGreaterThanOrEqual(count);
  return lengths;
}

/** A reply of the built-in backend can be longer than what is looked at: then it is stopped. */
async function stopIfGrowing(chat: Locator): Promise<void> {
  const stop = chat.getByRole('button', { name: 'Stop' });
  if (await stop.isVisible()) await stop.click();
  await expect(connection(chat)).toHaveText('Ended');
}

for (const [endpoint, transport] of [
  ['Events', 'fetch-event-source'],
  ['Plain text', 'fetch'],
] as const) {
  test(`a reply is typed as it arrives, over ${endpoint.toLowerCase()}`, { tag: '@any-backend' }, async ({
    page,
  }) => {
    await page.goto('/');
    const chat = await showPanel(page, 'AI chat');
    await choose(chat, 'Endpoint', endpoint);
    const turn = await ask(chat, 'What is retry?');
    const lengths = await growingLengths(turn, 8);
    await expect(connection(chat), `lengths seen: ${lengths.join(' ')}`).toHaveText('Live');
    expect((await wireTerms(chat)).Transport).toBe(transport);
    await stopIfGrowing(chat);
    await expect(turn.getByText(/^first (token|chunk) /)).toBeVisible();
  });
}

test('Markdown and a block of code are drawn, with a button that copies it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  const chat = await showPanel(page, 'AI chat');
  const turn = await ask(chat, 'Show me code that reads a stream with fetch');
  const block = turn.getByRole('figure').first();
  await expect(block.locator('pre code')).not.toBeEmpty();
  // The block is whole once something follows it.
  await expect(block.locator('xpath=following-sibling::*').first()).not.toBeEmpty();
  await block.getByRole('button', { name: 'Copy' }).click();
  await expect(block.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await block.locator('pre code').textContent(),
  );
  // Who answered is told with the end.
  await expect(turn.getByText('Built-in notes, not a model')).toBeVisible();
  await expect(connection(chat)).toHaveText('Ended');
});

test('a reply is stopped where it is, and regenerated', { tag: '@any-backend' }, async ({ page }) => {
  await page.goto('/');
  const chat = await showPanel(page, 'AI chat');
  const turn = await ask(chat, 'Why does my stream arrive all at once?');
  const length = async () => (await turn.textContent())?.length ?? 0;
  const asked = await length();
  await expect.poll(length).toBeGreaterThan(asked + 10);
  await chat.getByRole('button', { name: 'Stop' }).click();
  await expect(turn.getByText('Stopped by you')).toBeVisible();
  await expect(connection(chat)).toHaveText('Ended');
  await turn.getByRole('button', { name: 'Regenerate' }).click();
  await expect(turn.getByText('Stopped by you')).toHaveCount(0);
  await expect(chat.getByRole('article')).toHaveCount(1);
  await expect.poll(length).toBeGreaterThan(asked + 10);
});

test('Enter sends, Shift+Enter begins a line, and a blank or too long question is not sent', async ({
  page,
}) => {
  await page.goto('/');
  const chat = await showPanel(page, 'AI chat');
  const message = chat.getByRole('textbox', { name: 'Message' });
  const send = chat.getByRole('button', { name: 'Send' });
  await message.fill('   ');
  await expect(send).toBeDisabled();
  await message.fill('x'.repeat(4_001));
  await expect(send).toBeDisabled();
  await expect(chat.getByText(/4,000/)).toBeVisible();
  await message.fill('What is');
  await message.press('Shift+Enter');
  await message.pressSequentially('TTFB?');
  await expect(chat.getByRole('article')).toHaveCount(0);
  await message.press('Enter');
  await expect(chat.getByRole('article')).toContainText(/What is\s+TTFB\?/);
  await expect(message).toHaveValue('');
});

test('text of a stream is never HTML', async ({ page }) => {
  await page.goto('/');
  const chat = await showPanel(page, 'AI chat');
  const turn = await ask(chat, '<img src=x onerror="document.title=\'taken\'"> <b>bold</b>');
  await growingLengths(turn, 8);
  await stopIfGrowing(chat);
  await expect(turn.locator('img, b')).toHaveCount(0);
  await expect(page).toHaveTitle(/Streamscope/);
});

test('the conversation is there after a reload, and can be cleared', async ({ page }) => {
  await page.goto('/');
  const chat = await showPanel(page, 'AI chat');
  const turn = await ask(chat, 'What do heartbeats do?');
  await expect.poll(async () => (await turn.textContent())?.length ?? 0).toBeGreaterThan(60);
  await page.reload();
  await expect(chat.getByRole('article')).toContainText('What do heartbeats do?');
  // Which of the two the page leaving saw first: its own end, or that of its connection.
  await expect(chat.getByText(/^The reply was (interrupted|cut off)$/)).toBeVisible();
  await chat.getByRole('button', { name: 'Clear' }).click();
  await expect(chat.getByRole('article')).toHaveCount(0);
  await page.reload();
  await expect(chat.getByText('Ask about HTTP streaming', { exact: true })).toBeVisible();
  await expect(chat.getByRole('article')).toHaveCount(0);
});

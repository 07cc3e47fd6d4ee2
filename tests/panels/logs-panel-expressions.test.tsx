// @vitest-environment happy-dom
import { act, cleanup, fireEvent, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ROW_HEIGHT } from '../../src/panels/logs/row-layout.ts';
import { framesHeld } from './held-frames.ts';
import { onFreshPages, openPanel, SearchWorker, source, user } from './logs-page.tsx';

onFreshPages();

describe('the search by regular expressions', () => {
  it('searches by a regular expression, marks what it finds, and says what is wrong with one', async () => {
    vi.stubGlobal('Worker', SearchWorker);
    SearchWorker.searches = [];
    const panel = await openPanel();
    source().send('INFO: order 17 paid');
    source().send('INFO: cache warm');
    await within(panel).findByText('cache warm');
    await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
    const field = within(panel).getByRole('textbox', { name: 'Search' });
    await user.type(field, 'order \\d+');
    expect((await within(panel).findByText('order 17')).tagName).toBe('MARK');
    await waitFor(() => expect(within(panel).queryByText('cache warm')).toBeNull());
    expect(within(panel).getByText('1 of 2 lines')).toBeVisible();
    expect(SearchWorker.searches.filter((source) => source === 'order \\d+')).toHaveLength(1);
    await user.type(field, '(');
    expect(await within(panel).findByRole('alert')).toHaveTextContent(/group/i);
    expect(within(panel).getByText('1 of 2 lines')).toBeVisible();
  });

  it('marks rows that are scrolled into sight of a log that stands still', async () => {
    vi.stubGlobal('Worker', SearchWorker);
    vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(200 * ROW_HEIGHT);
    const panel = await openPanel();
    for (let line = 0; line < 200; line += 1) source().send(`INFO: order ${line}`);
    await within(panel).findByText('order 199');
    await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
    await user.click(within(panel).getByRole('textbox', { name: 'Search' }));
    await user.paste('order \\d+');
    await waitFor(() => expect(within(panel).getByText('order 199').tagName).toBe('MARK'));
    const list = within(panel).getByRole('region', { name: 'Log lines' });
    list.scrollTop = 0;
    fireEvent.scroll(list);
    await waitFor(() => expect(within(panel).getByText('order 0').tagName).toBe('MARK'));
  });

  it('lets the rest of the page draw again when it goes in the middle of a search', async () => {
    vi.stubGlobal('Worker', SearchWorker);
    const panel = await openPanel();
    source().send('INFO: order 17 paid');
    await within(panel).findByText('order 17 paid');
    await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
    await user.click(within(panel).getByRole('textbox', { name: 'Search' }));
    await user.paste(SearchWorker.ENDLESS);
    await waitFor(() => expect(framesHeld()).toBe(1));
    cleanup();
    expect(framesHeld()).toBe(0);
  });

  it.each(['Show only', 'Only mark'])(
    'says once of an expression that takes for ever that it does, and goes on without it (%s)',
    async (effect) => {
      vi.stubGlobal('Worker', SearchWorker);
      SearchWorker.made = 0;
      const panel = await openPanel();
      source().send('INFO: order 17 paid');
      await within(panel).findByText('order 17 paid');
      await user.click(within(panel).getByRole('button', { name: 'Filters' }));
      await user.selectOptions(within(panel).getByRole('combobox', { name: 'Lines found' }), effect);
      await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
      const field = within(panel).getByRole('textbox', { name: 'Search' });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      fireEvent.change(field, { target: { value: SearchWorker.ENDLESS } });
      await act(() => vi.advanceTimersByTimeAsync(100));
      // What is only marked nobody waits for.
      expect(framesHeld()).toBe(effect === 'Show only' ? 1 : 0);
      expect(within(panel).queryByText('Searching…')).toBeNull();
      await act(() => vi.advanceTimersByTimeAsync(100));
      expect(within(panel).queryAllByText('Searching…')).toHaveLength(effect === 'Show only' ? 1 : 0);
      for (let second = 0; second < 10; second += 1) {
        source().send(`INFO: line ${second}`);
        await act(() => vi.advanceTimersByTimeAsync(1_000));
      }
      vi.useRealTimers();
      expect(await within(panel).findByRole('alert')).toHaveTextContent('takes too long');
      expect(framesHeld()).toBe(0);
      expect(within(panel).queryByText('Searching…')).toBeNull();
      expect(SearchWorker.made).toBeLessThanOrEqual(2);
      expect(within(panel).getByText('line 9')).toBeVisible();
      await user.clear(field);
      await user.paste('line [89]');
      await waitFor(() => expect(within(panel).getByText('line 9').tagName).toBe('MARK'));
      expect(within(panel).queryByRole('alert')).toBeNull();
    },
  );

  /** Opens the panel with one line, and types an expression for which there is no worker. */
  async function searchWithoutWorker() {
    vi.stubGlobal(
      'Worker',
      class {
        constructor() {
          throw new Error('no worker here');
        }
      },
    );
    const panel = await openPanel();
    source().send('INFO: order 17 paid');
    await within(panel).findByText('order 17 paid');
    await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'order');
    expect(await within(panel).findByRole('alert')).toHaveTextContent('could not start');
    expect(within(panel).getByText('order 17 paid')).toBeVisible();
    vi.stubGlobal('Worker', SearchWorker);
    return panel;
  }

  it.each([
    [
      'the expression is asked for again',
      (panel: HTMLElement) => within(panel).getByRole('button', { name: 'Retry the search' }).click(),
    ],
    [
      'another one is typed',
      (panel: HTMLElement) =>
        fireEvent.change(within(panel).getByRole('textbox', { name: 'Search' }), {
          target: { value: 'order|x' },
        }),
    ],
    [
      'the log is cleared',
      (panel: HTMLElement) => within(panel).getByRole('button', { name: 'Clear' }).click(),
    ],
  ])('searches by expressions after all once %s', async (_, retry) => {
    const panel = await searchWithoutWorker();
    act(() => void retry(panel));
    source().send('INFO: order 18 paid');
    await waitFor(() => expect(within(panel).getAllByText('order').at(-1)?.tagName).toBe('MARK'));
    expect(within(panel).queryByRole('alert')).toBeNull();
  });

  it('hands the focus on to the search field when the search is tried again by keyboard', async () => {
    const panel = await searchWithoutWorker();
    within(panel).getByRole('button', { name: 'Retry the search' }).focus();
    await user.keyboard('{Enter}');
    expect(within(panel).getByRole('textbox', { name: 'Search' })).toHaveFocus();
  });

  it('searches by the expression that is typed while the one before takes for ever', async () => {
    vi.stubGlobal('Worker', SearchWorker);
    const panel = await openPanel();
    source().send('INFO: order 17 paid');
    await within(panel).findByText('order 17 paid');
    await user.click(within(panel).getByRole('button', { name: 'Filters' }));
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Lines found' }), 'Only mark');
    await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const field = within(panel).getByRole('textbox', { name: 'Search' });
    fireEvent.change(field, { target: { value: SearchWorker.ENDLESS } });
    await act(() => vi.advanceTimersByTimeAsync(100));
    fireEvent.change(field, { target: { value: 'order' } });
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    vi.useRealTimers();
    await waitFor(() => expect(within(panel).getByText('order').tagName).toBe('MARK'));
  });

  it('searches by the expression that took too long once it is retried', async () => {
    vi.stubGlobal('Worker', SearchWorker);
    const panel = await openPanel();
    source().send('INFO: order 17 paid');
    await within(panel).findByText('order 17 paid');
    await user.click(within(panel).getByRole('button', { name: 'Regular expression' }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const field = within(panel).getByRole('textbox', { name: 'Search' });
    fireEvent.change(field, { target: { value: SearchWorker.ENDLESS } });
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    vi.useRealTimers();
    SearchWorker.searches = [];
    await user.click(await within(panel).findByRole('button', { name: 'Retry the search' }));
    await waitFor(() => expect(SearchWorker.searches).toContain(SearchWorker.ENDLESS));
    expect(within(panel).queryByRole('alert')).toBeNull();
  });
});

// @vitest-environment happy-dom
import { act, fireEvent, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeEventSource, onFreshPages, openPanel, source, user } from './logs-page.tsx';

onFreshPages();

describe('the filters of the log', () => {
  it('shows only lines that the search finds, marked, and says when there are none', async () => {
    const panel = await openPanel();
    source().send('INFO: order 1 paid');
    source().send('INFO: cache warm');
    await within(panel).findByText('cache warm');
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'ORDER');
    await waitFor(() => expect(within(panel).queryByText('cache warm')).toBeNull());
    expect((await within(panel).findByText('order')).tagName).toBe('MARK');
    expect(within(panel).getByText('1 of 2 lines')).toBeVisible();
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'xyz');
    expect(await within(panel).findByText('No line matches')).toBeVisible();
  });

  it('says which filters no line passes, and clears them', async () => {
    const panel = await openPanel();
    source().send({ level: 'info', service: 'shop', message: 'a line' });
    source().send({ level: 'warn', service: 'mail', message: 'another' });
    await within(panel).findByText('another');
    await user.click(within(panel).getByRole('button', { name: 'info 1' }));
    await user.click(within(panel).getByRole('button', { name: 'Filters' }));
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Service' }), 'shop');
    expect(await within(panel).findByText('No line matches')).toBeVisible();
    expect(within(panel).getByText(/none of them passes the levels and the service shop/)).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'Show all lines' }));
    expect(await within(panel).findByText('a line')).toBeVisible();
    expect(within(panel).getByText('another')).toBeVisible();
  });

  it('keeps no service, time range or surroundings of one log for another', async () => {
    const panel = await openPanel();
    source().send({ timestamp: '2026-01-01T12:00:00Z', service: 'shop', message: 'needle' });
    await within(panel).findByText('needle');
    await user.click(within(panel).getByRole('button', { name: 'Filters' }));
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Service' }), 'shop');
    fireEvent.change(within(panel).getByLabelText('From'), { target: { value: '2025-12-31T10:00:00' } });
    await user.click(await within(panel).findByRole('button', { name: 'Unfold line' }));
    await user.click(await within(panel).findByRole('button', { name: 'Show context' }));
    await within(panel).findByText('All lines around the one chosen');
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Source' }), 'requests');
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(2));
    act(() => source().open());
    source().send({ timestamp: '2024-01-01T12:00:00Z', service: 'web', message: 'a request' });
    expect(await within(panel).findByText('a request')).toBeVisible();
    expect(within(panel).queryByText('All lines around the one chosen')).toBeNull();
    expect(within(panel).getByText('1 lines')).toBeVisible();
  });

  it('hides what is found, or only marks it, and filters by service', async () => {
    const panel = await openPanel();
    source().send({ level: 'info', service: 'shop', message: 'order 1' });
    source().send({ level: 'info', service: 'mail', message: 'letter 2' });
    await within(panel).findByText('letter 2');
    await user.click(within(panel).getByRole('button', { name: 'Filters' }));
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'order');
    await waitFor(() => expect(within(panel).queryByText('letter 2')).toBeNull());
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Lines found' }), 'Hide');
    expect(await within(panel).findByText('letter 2')).toBeVisible();
    expect(within(panel).queryByText('order')).toBeNull();
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Lines found' }), 'Only mark');
    expect((await within(panel).findByText('order')).tagName).toBe('MARK');
    expect(within(panel).getByText('letter 2')).toBeVisible();
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Service' }), 'mail');
    await waitFor(() => expect(within(panel).queryByText('order')).toBeNull());
    expect(within(panel).getByText('1 of 2 lines')).toBeVisible();
  });

  it('shows the lines around a found one, and goes back', async () => {
    const panel = await openPanel();
    for (const message of ['before', 'needle', 'after']) source().send(message);
    await within(panel).findByText('after');
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'needle');
    await waitFor(() => expect(within(panel).queryByText('after')).toBeNull());
    await user.click(within(panel).getByRole('button', { name: 'Unfold line' }));
    await user.click(within(panel).getByRole('button', { name: 'Show context' }));
    expect(await within(panel).findByText('before')).toBeVisible();
    expect(within(panel).getByText('after')).toBeVisible();
    expect(within(panel).getByText('needle').tagName).toBe('MARK');
    await user.click(within(panel).getByRole('button', { name: 'Back to the filter' }));
    await waitFor(() => expect(within(panel).queryByText('before')).toBeNull());
  });

  it('leaves the surroundings of a line when a level is hidden', async () => {
    const panel = await openPanel();
    for (const message of ['INFO: before', 'ERROR: needle']) source().send(message);
    await within(panel).findByText('before');
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'needle');
    await waitFor(() => expect(within(panel).queryByText('before')).toBeNull());
    await user.click(within(panel).getByRole('button', { name: 'Unfold line' }));
    await user.click(within(panel).getByRole('button', { name: 'Show context' }));
    await within(panel).findByText('before');
    await user.click(within(panel).getByRole('button', { name: 'info 1' }));
    await waitFor(() => expect(within(panel).queryByText('before')).toBeNull());
    expect(within(panel).queryByText('All lines around the one chosen')).toBeNull();
    expect(within(panel).getByText('needle')).toBeVisible();
  });

  it('chooses a stretch of time by the arrow keys, and clears it', async () => {
    const panel = await openPanel();
    source().send({ timestamp: '2026-01-01T12:00:00Z', message: 'early' });
    source().send({ timestamp: '2026-01-01T12:00:05Z', message: 'late' });
    await within(panel).findByText('late');
    const histogram = within(panel).getByRole('group', { name: 'Lines over time' });
    await within(histogram).findByRole('img', { name: '2 lines by level over time' });
    histogram.focus();
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(within(panel).queryByText('early')).toBeNull());
    expect(within(panel).getByText('late')).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'Clear time range' }));
    expect(await within(panel).findByText('early')).toBeVisible();
  });

  it('says of a time range with an open end which one it has, and of one that holds no time that it does', async () => {
    const panel = await openPanel();
    source().send({ timestamp: '2026-01-01T12:00:00Z', message: 'a line' });
    await within(panel).findByText('a line');
    await user.click(within(panel).getByRole('button', { name: 'Filters' }));
    fireEvent.change(within(panel).getByLabelText('From'), { target: { value: '2025-12-31T10:00:00' } });
    expect(await within(panel).findByText('from 2025-12-31 10:00:00.0')).toBeVisible();
    expect(within(panel).getByText('a line')).toBeVisible();
    fireEvent.change(within(panel).getByLabelText('To'), { target: { value: '2025-12-31T09:00:00' } });
    expect(await within(panel).findByRole('alert')).toHaveTextContent('From is not before To');
    fireEvent.change(within(panel).getByLabelText('From'), { target: { value: '' } });
    expect(await within(panel).findByText('until 2025-12-31 09:00:00.0')).toBeVisible();
    expect(within(panel).queryByRole('alert')).toBeNull();
  });

  it('hands the focus on to the search field when all lines are shown by keyboard', async () => {
    const panel = await openPanel();
    source().send('a line');
    await within(panel).findByText('a line');
    const field = within(panel).getByRole('textbox', { name: 'Search' });
    await user.type(field, 'nowhere');
    (await within(panel).findByRole('button', { name: 'Show all lines' })).focus();
    await user.keyboard('{Enter}');
    expect(await within(panel).findByText('a line')).toBeVisible();
    expect(field).toHaveFocus();
  });

  it('hands the focus on to the search field when that is cleared by keyboard', async () => {
    const panel = await openPanel();
    const field = within(panel).getByRole('textbox', { name: 'Search' });
    await user.type(field, 'word');
    within(panel).getByRole('button', { name: 'Clear search' }).focus();
    await user.keyboard('{Enter}');
    expect(field).toHaveValue('');
    expect(field).toHaveFocus();
  });

  it('hands the focus on to the lines when the surroundings of one are shown by keyboard', async () => {
    const panel = await openPanel();
    source().send('needle');
    await within(panel).findByText('needle');
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'needle');
    await waitFor(() => expect(within(panel).getByText('needle').tagName).toBe('MARK'));
    await user.click(within(panel).getByRole('button', { name: 'Unfold line' }));
    (await within(panel).findByRole('button', { name: 'Show context' })).focus();
    await user.keyboard('{Enter}');
    await within(panel).findByText('All lines around the one chosen');
    expect(within(panel).getByRole('region', { name: 'Log lines' })).toHaveFocus();
  });

  it('hands the focus on to the lines when their surroundings are left by keyboard', async () => {
    const panel = await openPanel();
    for (const message of ['before', 'needle']) source().send(message);
    await within(panel).findByText('before');
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'needle');
    await waitFor(() => expect(within(panel).queryByText('before')).toBeNull());
    await user.click(within(panel).getByRole('button', { name: 'Unfold line' }));
    await user.click(within(panel).getByRole('button', { name: 'Show context' }));
    within(panel).getByRole('button', { name: 'Back to the filter' }).focus();
    await user.keyboard('{Enter}');
    expect(within(panel).getByRole('region', { name: 'Log lines' })).toHaveFocus();
  });

  it('hands the focus on to the histogram when its time range is cleared by keyboard', async () => {
    const panel = await openPanel();
    source().send({ timestamp: '2026-01-01T12:00:00Z', message: 'a line' });
    await within(panel).findByText('a line');
    const histogram = within(panel).getByRole('group', { name: 'Lines over time' });
    await within(histogram).findByRole('img', { name: '1 lines by level over time' });
    histogram.focus();
    await user.keyboard('{ArrowLeft}');
    (await within(panel).findByRole('button', { name: 'Clear time range' })).focus();
    await user.keyboard('{Enter}');
    expect(histogram).toHaveFocus();
  });

  it('hides a level by its chip, and keeps that', async () => {
    const panel = await openPanel();
    source().send('DEBUG: noise');
    source().send('ERROR: signal');
    await within(panel).findByText('noise');
    await user.click(within(panel).getByRole('button', { name: 'debug 1' }));
    await waitFor(() => expect(within(panel).queryByText('noise')).toBeNull());
    expect(within(panel).getByText('signal')).toBeVisible();
    expect(localStorage.getItem('streamscope-logs')).toContain('"hiddenLevels":["debug"]');
  });

  it('shows one level alone by the keyboard', async () => {
    const panel = await openPanel();
    for (const each of ['DEBUG: noise', 'INFO: news', 'ERROR: signal']) source().send(each);
    await within(panel).findByText('signal');
    const chip = within(panel).getByRole('button', { name: 'error 1' });
    expect(chip).toHaveAttribute('aria-keyshortcuts', 'Shift+Enter');
    chip.focus();
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(within(panel).queryByText('news')).toBeNull());
    expect(within(panel).queryByText('noise')).toBeNull();
    expect(within(panel).getByText('signal')).toBeVisible();
  });
});

// @vitest-environment happy-dom
import { act, fireEvent, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useLogsSettings } from '../../src/panels/logs/logs-settings.ts';
import { onFreshPages, openPanel, openPanelRefused, source, status, user } from './logs-page.tsx';

onFreshPages();

describe('Live logs', () => {
  it('shows JSON and plain text lines as they come, with level and service', async () => {
    const panel = await openPanel();
    source().send({
      timestamp: '2026-01-01T12:00:00Z',
      level: 'warn',
      service: 'billing',
      message: 'slow card',
    });
    source().send('[ERROR] Something failed');
    expect(await within(panel).findByText('Something failed')).toBeVisible();
    expect(within(panel).getByText('slow card')).toBeVisible();
    expect(within(panel).getByText('billing')).toBeVisible();
    expect(within(panel).getByRole('button', { name: 'error 1' })).toBeVisible();
    expect(status()).toHaveTextContent('Live');
  });

  it('copies what is shown, as text', async () => {
    const panel = await openPanel();
    source().send('2026-01-01T12:00:00Z ERROR shop - kept');
    source().send('DEBUG: left out');
    await within(panel).findByText('left out');
    await user.type(within(panel).getByRole('textbox', { name: 'Search' }), 'kept');
    await waitFor(() => expect(within(panel).queryByText('left out')).toBeNull());
    await user.click(within(panel).getByRole('button', { name: 'Filters' }));
    await user.click(within(panel).getByRole('button', { name: 'Copy' }));
    expect(await within(panel).findByText('1 lines copied')).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe('2026-01-01T12:00:00.000Z ERROR [shop] kept\n');
  });

  it.each([
    ['Line copied', () => undefined],
    [
      'Not copied: not allowed',
      () => vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed')),
    ],
    ['Not copied: a browser lets only pages of HTTPS copy', () => vi.stubGlobal('navigator', {})],
  ])('says what came of copying one line, whatever is open: %s', async (words, prepare) => {
    const panel = await openPanel();
    source().send('a line');
    await user.click(await within(panel).findByRole('button', { name: 'Unfold line' }));
    const copy = within(panel).getByRole('button', { name: 'Copy line' });
    prepare();
    fireEvent.click(copy);
    const outcome = within(panel).getByRole('status', { name: 'Lines copied or saved' });
    await waitFor(() => expect(outcome).toHaveTextContent(words));
  });

  it('freezes the view on Pause while the feed goes on, and says how far behind it is', async () => {
    const panel = await openPanel();
    source().send('first');
    await within(panel).findByText('first');
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    source().send('second');
    expect(await within(panel).findByText('View paused, 1 line behind')).toBeVisible();
    expect(within(panel).queryByText('second')).toBeNull();
    expect(status()).toHaveTextContent('Paused');
    await user.click(within(panel).getByRole('button', { name: 'Resume' }));
    expect(await within(panel).findByText('second')).toBeVisible();
  });

  it('says of a view that was cleared while it stood still how to go on', async () => {
    const panel = await openPanel();
    source().send('first');
    await within(panel).findByText('first');
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    await user.click(within(panel).getByRole('button', { name: 'Clear' }));
    source().send('second');
    expect(await within(panel).findByText('Resume shows the lines that have come since.')).toBeVisible();
  });

  it('shows what is missing as a row', async () => {
    const panel = await openPanel();
    source().send({ missed: 12 }, 'gap');
    source().send({ missed: null }, 'gap');
    expect(await within(panel).findByText(/^missed 12 lines/)).toBeVisible();
    expect(within(panel).getByText(/^may have missed lines/)).toBeVisible();
  });

  it('unfolds the fields of a line', async () => {
    const panel = await openPanel();
    source().send({ level: 'info', message: 'with fields', fields: { order: { id: 7 } } });
    await user.click(await within(panel).findByRole('button', { name: 'Unfold line' }));
    expect((await within(panel).findByText('order')).tagName).toBe('DT');
    expect(within(panel).getByText(/"id": 7/)).toBeVisible();
  });

  it('draws no more of a line than is read, says how much more there is, and copies all', async () => {
    const panel = await openPanel();
    const message = 'x'.repeat(250_000);
    source().send({ level: 'info', message, fields: { body: 'y'.repeat(150_000) } });
    await within(panel).findByText('… 248,000 more characters');
    expect(panel.textContent?.length).toBeLessThan(10_000);
    await user.click(within(panel).getByRole('button', { name: 'Unfold line' }));
    expect(await within(panel).findByText(/^… 150,000 more characters: Copy line/)).toBeVisible();
    expect(within(panel).getByText(/^… 50,000 more characters: Copy line/)).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'Copy line' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toContain(message));
  });

  it('shows a field that is named as a time of the line is', async () => {
    const panel = await openPanel();
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    source().send({ level: 'info', message: 'm', fields: { arrived: 'by train' } });
    await user.click(await within(panel).findByRole('button', { name: 'Unfold line' }));
    expect((await within(panel).findByText('by train')).tagName).toBe('DD');
    expect(complaint).not.toHaveBeenCalled();
  });

  it('says that a line is broken, and goes on', async () => {
    const panel = await openPanel();
    source().send('{"message": "cut');
    source().send('after it');
    expect(await within(panel).findByText('after it')).toBeVisible();
    expect(within(panel).getByText(/its JSON is broken/)).toBeVisible();
  });

  it('says what to do where the backend follows no file', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Bad parameter',
      status: 422,
      detail: 'LOG_FILE is not set',
    };
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(JSON.stringify(problem), {
          status: 422,
          headers: { 'content-type': 'application/problem+json' },
        }),
      ),
    );
    useLogsSettings.setState({ source: 'file' });
    const panel = await openPanelRefused();
    expect(await within(panel).findByText('This backend follows no log file')).toBeVisible();
    expect(within(panel).getByText(/Start it with LOG_FILE/)).toBeVisible();
    expect(status()).toHaveTextContent('Failed');
  });

  it('asks for another source with an empty book, and stops and clears on request', async () => {
    const panel = await openPanel();
    source().send('old');
    await within(panel).findByText('old');
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Source' }), 'requests');
    await waitFor(() => expect(source().url).toBe('http://backend.test/stream/live-logs?source=requests'));
    expect(within(panel).queryByText('old')).toBeNull();
    act(() => source().open());
    source().send('new');
    await within(panel).findByText('new');
    await user.click(within(panel).getByRole('button', { name: 'Clear' }));
    expect(within(panel).queryByText('new')).toBeNull();
    await user.click(within(panel).getByRole('button', { name: 'Stop' }));
    expect(status()).toHaveTextContent('Ended');
    expect(source().readyState).toBe(2);
  });
});

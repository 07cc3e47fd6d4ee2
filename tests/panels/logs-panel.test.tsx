// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExpressionReply, ExpressionRequest } from '../../src/panels/logs/expression-protocol.ts';
import { createExpressionSearcher } from '../../src/panels/logs/expression-searcher.ts';
import { LogsPanel } from '../../src/panels/logs/logs-panel.tsx';
import { useLogsSettings } from '../../src/panels/logs/logs-settings.ts';
import { framesHeld } from './held-frames.ts';

/** An EventSource that the test speaks through. */
class FakeEventSource extends EventTarget {
  static made: FakeEventSource[] = [];
  readonly url: string;
  readyState = 0;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.made.push(this);
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  send(data: unknown, type = 'message'): void {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    this.dispatchEvent(new MessageEvent(type, { data: text, lastEventId: '' }));
  }

  refuse(): void {
    this.readyState = 2;
    this.dispatchEvent(new Event('error'));
  }

  close(): void {
    this.readyState = 2;
  }
}

/** A search worker that runs in the test's own thread, and answers no more once it was asked for what takes for ever. */
class SearchWorker {
  static made = 0;
  static searches: string[] = [];
  static readonly ENDLESS = '(.+)+x';
  #stuck = false;
  onmessage: ((event: MessageEvent<ExpressionReply>) => void) | null = null;
  onerror = null;
  readonly #ask = createExpressionSearcher(
    (data) => this.onmessage?.(new MessageEvent('message', { data })),
    (work) => queueMicrotask(work),
    () => 0,
  );

  constructor() {
    SearchWorker.made += 1;
    queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data: { type: 'ready' } })));
  }

  postMessage(request: ExpressionRequest): void {
    if (request.type === 'search') SearchWorker.searches.push(request.source);
    this.#stuck ||= 'source' in request && request.source === SearchWorker.ENDLESS;
    if (!this.#stuck) queueMicrotask(() => act(() => this.#ask(request)));
  }

  terminate(): void {
    this.onmessage = null;
  }
}

const source = () => {
  const last = FakeEventSource.made.at(-1);
  if (!last) throw new Error('no EventSource was made');
  return last;
};
const initialSettings = useLogsSettings.getState();
const MEASURES = ['offsetHeight', 'clientHeight', 'offsetWidth', 'clientWidth'] as const;

beforeEach(() => {
  FakeEventSource.made = [];
  useLogsSettings.setState(initialSettings, true);
  vi.stubGlobal('EventSource', FakeEventSource);
  // A page without layout: the list is told that it has room for forty rows.
  for (const measure of MEASURES) vi.spyOn(HTMLElement.prototype, measure, 'get').mockReturnValue(840);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function openPanel() {
  const target = { baseUrl: 'http://backend.test', token: null };
  render(
    <MantineProvider>
      <LogsPanel target={target} view={{ expanded: false, onToggleExpanded: () => undefined }} />
    </MantineProvider>,
  );
  await waitFor(() => expect(FakeEventSource.made).toHaveLength(1));
  act(() => source().open());
  return screen.getByRole('region', { name: 'Live logs' });
}

const status = () => screen.getByRole('status', { name: 'Connection' });
const user = userEvent.setup();

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
    await user.click(within(panel).getByRole('button', { name: 'Clear filters' }));
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

  it('freezes the view on Pause while the feed goes on, and says how far behind it is', async () => {
    const panel = await openPanel();
    source().send('first');
    await within(panel).findByText('first');
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    source().send('second');
    expect(await within(panel).findByText('View paused, 1 lines behind')).toBeVisible();
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

async function openPanelRefused() {
  const target = { baseUrl: 'http://backend.test', token: null };
  render(
    <MantineProvider>
      <LogsPanel target={target} view={{ expanded: false, onToggleExpanded: () => undefined }} />
    </MantineProvider>,
  );
  await waitFor(() => expect(FakeEventSource.made).toHaveLength(1));
  act(() => source().refuse());
  return screen.getByRole('region', { name: 'Live logs' });
}

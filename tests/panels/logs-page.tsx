import { MantineProvider } from '@mantine/core';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { ExpressionReply, ExpressionRequest } from '../../src/panels/logs/expression-protocol.ts';
import { createExpressionSearcher } from '../../src/panels/logs/expression-searcher.ts';
import { LogsPanel } from '../../src/panels/logs/logs-panel.tsx';
import { useLogsSettings } from '../../src/panels/logs/logs-settings.ts';

/** An EventSource that the test speaks through. */
export class FakeEventSource extends EventTarget {
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
export class SearchWorker {
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

export const source = () => {
  const last = FakeEventSource.made.at(-1);
  if (!last) throw new Error('no EventSource was made');
  return last;
};
const initialSettings = useLogsSettings.getState();
const MEASURES = ['offsetHeight', 'clientHeight', 'offsetWidth', 'clientWidth'] as const;

/** To be called once by a file of tests: each of them has a page of its own. */
export function onFreshPages(): void {
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
}

/** The panel, once it has asked for its feed. */
async function renderLogs() {
  const target = { baseUrl: 'http://backend.test', token: null };
  render(
    <MantineProvider>
      <LogsPanel target={target} view={{ expanded: false, onToggleExpanded: () => undefined }} />
    </MantineProvider>,
  );
  await waitFor(() => expect(FakeEventSource.made).toHaveLength(1));
  return screen.getByRole('region', { name: 'Live logs' });
}

export async function openPanel() {
  const panel = await renderLogs();
  act(() => source().open());
  return panel;
}

export async function openPanelRefused() {
  const panel = await renderLogs();
  act(() => source().refuse());
  return panel;
}

export const status = () => screen.getByRole('status', { name: 'Connection' });
export const user = userEvent.setup();

// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { initialDraft, useInspectorDraft } from '../../src/panels/inspector/inspector-draft.ts';
import { InspectorPanel } from '../../src/panels/inspector/inspector-panel.tsx';

const MEASURES = ['offsetHeight', 'clientHeight', 'offsetWidth', 'clientWidth'] as const;
const user = userEvent.setup();
const calls: { url: string; init: RequestInit }[] = [];
let body: ReadableStreamDefaultController<Uint8Array> | null = null;

beforeEach(() => {
  calls.length = 0;
  useInspectorDraft.setState({ draft: initialDraft });
  // A page without layout: the tables are told that they have room for thirty rows.
  for (const measure of MEASURES) vi.spyOn(HTMLElement.prototype, measure, 'get').mockReturnValue(700);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function answerWith(contentType: string, status = 200): void {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        body = controller;
      },
    });
    return Promise.resolve(new Response(stream, { status, headers: { 'content-type': contentType } }));
  });
}

const send = (text: string) => body?.enqueue(new TextEncoder().encode(text));

function openPanel() {
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <InspectorPanel
          target={{ baseUrl: 'http://backend.test', token: null }}
          view={{ expanded: false, onToggleExpanded: () => undefined }}
        />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return within(screen.getByRole('region', { name: 'Inspector' }));
}

describe('Inspector', () => {
  it('shows chunks as they come, a chunk whole, and the messages they were read as', async () => {
    answerWith('application/x-ndjson');
    const panel = openPanel();
    await user.click(panel.getByRole('button', { name: 'Inspect' }));
    await waitFor(() => expect(calls[0]?.url).toBe('http://backend.test/stream/json'));
    send('{"id":1}\n{"i');
    expect(await panel.findByText('{"id":1}↵{"i')).toBeVisible();
    send('d":2}\n');
    expect(await panel.findByText('d":2}↵')).toBeVisible();
    expect(panel.getByText('200 OK')).toBeVisible();
    expect(panel.getByText('read as NDJSON')).toBeVisible();

    await user.click(panel.getByRole('button', { name: '2' }));
    expect(panel.getByRole('region', { name: 'Chunk 2' })).toHaveTextContent('6 B');

    await user.click(panel.getByRole('radio', { name: 'Messages 2' }));
    await user.click(panel.getByRole('button', { name: '2' }));
    expect(panel.getByRole('region', { name: 'Message 2' })).toHaveTextContent('{ "id": 2 }');

    body?.close();
    await waitFor(() => expect(panel.getByRole('status', { name: 'Connection' })).toHaveTextContent('Ended'));
  });

  it('stops the request on Stop, and shows nothing after Clear', async () => {
    answerWith('text/plain');
    const panel = openPanel();
    await user.click(panel.getByRole('button', { name: 'Inspect' }));
    await waitFor(() => expect(calls).toHaveLength(1));
    send('one\n');
    await panel.findByText('one↵');
    await user.click(panel.getByRole('button', { name: 'Stop' }));
    expect(panel.getByRole('status', { name: 'Connection' })).toHaveTextContent('Ended');
    expect(calls[0]?.init.signal?.aborted).toBe(true);
    await user.click(panel.getByRole('button', { name: 'Clear' }));
    expect(panel.getByText('Nothing inspected yet')).toBeVisible();
  });

  it('says what is wrong beside the field, and asks nothing', async () => {
    answerWith('text/plain');
    const panel = openPanel();
    await user.type(panel.getByRole('textbox', { name: 'count' }), '0');
    expect(panel.getByText('must be at least 1')).toBeVisible();
    await user.type(panel.getByRole('textbox', { name: 'Headers' }), 'broken');
    expect(panel.getByText('Line 1 has no colon; write Name: value')).toBeVisible();
    expect(panel.getByRole('button', { name: 'Inspect' })).toBeDisabled();
    await user.type(panel.getByRole('textbox', { name: 'count' }), '{Enter}');
    expect(calls).toHaveLength(0);
  });

  it('sends any method, headers and body to any URL, and reads a failure as any other answer', async () => {
    answerWith('application/json', 404);
    const panel = openPanel();
    await user.selectOptions(panel.getByRole('combobox', { name: 'Endpoint' }), 'any');
    await user.type(panel.getByRole('textbox', { name: 'URL' }), 'http://other.test/x');
    await user.selectOptions(panel.getByRole('combobox', { name: 'Method' }), 'POST');
    await user.type(panel.getByRole('textbox', { name: 'Headers' }), 'X-A: 1');
    await user.type(panel.getByRole('textbox', { name: 'Body' }), 'hello');
    await user.click(panel.getByRole('button', { name: 'Inspect' }));
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]).toMatchObject({ url: 'http://other.test/x', init: { method: 'POST', body: 'hello' } });
    expect(new Headers(calls[0]?.init.headers).get('x-a')).toBe('1');
    send('{"detail":"nothing"}');
    body?.close();
    expect(await panel.findByText('404 Not Found')).toBeVisible();
    expect(await panel.findByText('{"detail":"nothing"}')).toBeVisible();
  });

  it('explains that a page may not read every server', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const panel = openPanel();
    await user.click(panel.getByRole('button', { name: 'Inspect' }));
    expect(await panel.findByText(/Access-Control-Allow-Origin/)).toBeVisible();
    expect(panel.getByRole('status', { name: 'Connection' })).toHaveTextContent('Failed');
  });

  it('stores what is set, without its secrets', async () => {
    const panel = openPanel();
    await user.type(panel.getByRole('textbox', { name: 'Headers' }), 'Authorization: Bearer s3cret');
    const stored = localStorage.getItem('streamscope-inspector') ?? '';
    expect(stored).toContain('Authorization:');
    expect(stored).not.toContain('s3c');
  });
});

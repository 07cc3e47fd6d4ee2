// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentProps, useMemo, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TickerPanel } from '../../src/panels/ticker/ticker-panel.tsx';
import { useTickerSettings } from '../../src/panels/ticker/ticker-settings.ts';
import type { BackendTarget } from '../../src/streams/types.ts';
import { FakeEventSource } from '../streams/doubles/fake-event-source.ts';
import { renderPanel, wireTerm } from './render-panel.tsx';

const initialSettings = useTickerSettings.getState();
const user = userEvent.setup();

beforeEach(() => {
  FakeEventSource.made.length = 0;
  useTickerSettings.setState(initialSettings, true);
  vi.stubGlobal('EventSource', FakeEventSource);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function openPanel(Panel = TickerPanel) {
  const rendered = renderPanel(Panel, 'Stock ticker');
  await waitFor(() => expect(FakeEventSource.made).toHaveLength(1));
  act(() => FakeEventSource.last().open());
  await waitFor(() => expect(rendered.status).toHaveTextContent('Live'));
  return rendered;
}

let turnTo: (part: Partial<BackendTarget>) => void = () => undefined;

/** The panel, turned to another target by `turnTo`. */
function Turning({ target, view }: ComponentProps<typeof TickerPanel>) {
  const [part, setPart] = useState<Partial<BackendTarget>>({});
  turnTo = setPart;
  return <TickerPanel target={useMemo(() => ({ ...target, ...part }), [target, part])} view={view} />;
}

const send = (quote: object, id = '') => FakeEventSource.last().message(JSON.stringify(quote), { id });
const rowOf = (symbol: string) =>
  screen.getByRole('rowheader', { name: symbol }).closest('tr') as HTMLElement;

describe('Stock ticker', () => {
  it('shows the last price of each symbol with its change, and what the wire can know', async () => {
    const { panel } = await openPanel();
    send({ stock: 'AAPL', price: 210.5, change: -1.25, changePercent: -0.59, volume: 1_200_000 }, 'run-1');
    send({ stock: 'MSFT', price: 400, change: 2 }, 'run-2');
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('210.50'));
    expect(rowOf('AAPL')).toHaveTextContent('▼−1.25');
    expect(rowOf('AAPL')).toHaveTextContent('1.2M');
    expect(rowOf('MSFT')).toHaveTextContent('▲+2.00 +0.50 %');
    await waitFor(() => expect(wireTerm(panel, 'Events')).toBe('2'));
    await waitFor(() => expect(wireTerm(panel, 'Last event ID')).toBe('run-2'));
    await waitFor(() => expect(wireTerm(panel, 'TTFB')).toBe('not visible'));
    await waitFor(() => expect(wireTerm(panel, 'Bytes')).toBe('not visible'));
    await waitFor(() => expect(wireTerm(panel, 'Transport')).toBe('EventSource'));
  });

  it('freezes the view while paused, counts what it does not show, and catches up', async () => {
    const { panel, status } = await openPanel();
    send({ stock: 'AAPL', price: 1 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('1.00'));
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    expect(status).toHaveTextContent('Paused');
    send({ stock: 'AAPL', price: 2 });
    send({ stock: 'AAPL', price: 3 });
    expect(await within(panel).findByText(/2 events behind/)).toBeVisible();
    expect(rowOf('AAPL')).toHaveTextContent('1.00');
    await user.click(within(panel).getByRole('button', { name: 'Resume' }));
    expect(rowOf('AAPL')).toHaveTextContent('3.00');
    expect(status).toHaveTextContent('Live');
  });

  it('puts the watch list in another order on the same connection, and keeps a view that is paused', async () => {
    const { panel, status } = await openPanel();
    send({ stock: 'AAPL', price: 1 });
    send({ stock: 'MSFT', price: 2 });
    await waitFor(() => expect(rowOf('MSFT')).toHaveTextContent('2.00'));
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    send({ stock: 'MSFT', price: 3 });
    await within(panel).findByText(/1 event behind/);
    await user.click(within(panel).getByRole('button', { name: 'Move MSFT up' }));
    expect(screen.getAllByRole('rowheader').map((header) => header.textContent)).toEqual(['MSFT', 'AAPL']);
    expect(rowOf('MSFT')).toHaveTextContent('2.00');
    expect(within(panel).getByText(/1 event behind/)).toBeVisible();
    expect(status).toHaveTextContent('Paused');
    await waitFor(() => expect(wireTerm(panel, 'Events')).toBe('3'));
    expect(FakeEventSource.made.map(({ readyState }) => readyState)).toEqual([1]);
  });

  it('keeps a view that is paused over another rate, which another tab may have chosen', async () => {
    const { panel, status } = await openPanel();
    send({ stock: 'AAPL', price: 1 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('1.00'));
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    act(() => useTickerSettings.getState().change({ rate: 100 }));
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(2));
    FakeEventSource.last().open();
    send({ stock: 'AAPL', price: 5 });
    expect(await within(panel).findByText(/1 event behind/)).toBeVisible();
    expect(rowOf('AAPL')).toHaveTextContent('1.00');
    expect(status).toHaveTextContent('Paused');
    await user.click(within(panel).getByRole('button', { name: 'Resume' }));
    expect(rowOf('AAPL')).toHaveTextContent('5.00');
  });

  it('drops the price of a symbol that is removed, also while the feed is stopped', async () => {
    const { panel } = await openPanel();
    send({ stock: 'AAPL', price: 1 });
    send({ stock: 'MSFT', price: 2 });
    await waitFor(() => expect(rowOf('MSFT')).toHaveTextContent('2.00'));
    await user.click(within(panel).getByRole('button', { name: 'Stop' }));
    await user.click(within(panel).getByRole('button', { name: 'Remove AAPL' }));
    expect(screen.getAllByRole('rowheader').map((header) => header.textContent)).toEqual(['MSFT']);
  });

  it('says which way the last price went without colour, beside the change of the session', async () => {
    await openPanel();
    send({ stock: 'AAPL', price: 10, change: 5 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('10.00'));
    const lastChange = () => within(rowOf('AAPL')).queryByRole('img', { name: /^Last change/ });
    expect(lastChange()).toBeNull();
    send({ stock: 'AAPL', price: 9, change: 4 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('9.00'));
    expect(lastChange()).toHaveAccessibleName('Last change down');
    expect(lastChange()).toHaveTextContent('↓');
    expect(rowOf('AAPL')).toHaveTextContent('▲+4.00');
  });

  it('writes a small price and its change with the digits that they have', async () => {
    const { panel } = await openPanel();
    send({ stock: 'AAPL', price: 1.08453, change: 0.0004 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('1.08453'));
    expect(rowOf('AAPL')).toHaveTextContent('▲+0.00040');
    expect(within(panel).getByText('H 1.08453 · L 1.08413')).toBeVisible();
  });

  it('says what high and low are of', async () => {
    const { panel } = await openPanel();
    send({ stock: 'AAPL', price: 90, change: -10 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('90.00'));
    const range = within(panel).getByText('H 100.00 · L 90.00');
    expect(range.title).toMatch(/reached this page and of the session’s opening price, 100\.00$/);
    for (const name of ['High', 'Low']) {
      expect(screen.getByRole('columnheader', { name }).title).toMatch(/reached this page .* opening price$/);
    }
    send({ stock: 'MSFT', price: 7 });
    await waitFor(() => expect(rowOf('MSFT')).toHaveTextContent('7.00'));
    await user.click(screen.getByRole('button', { name: 'MSFT' }));
    expect(within(panel).getByText('H 7.00 · L 7.00').title).toMatch(/price that reached this page$/);
  });

  it('names no button that is not there while it has no prices', async () => {
    const { panel, status } = await openPanel();
    const start = () => within(panel).queryByRole('button', { name: 'Start' });
    expect(within(panel).getByText('Waiting for the first price')).toBeVisible();
    act(() => FakeEventSource.last().fail(0));
    await waitFor(() => expect(status).toHaveTextContent('Reconnecting'));
    expect(start()).toBeNull();
    expect(within(panel).queryByText(/Start/)).toBeNull();
    expect(within(panel).getByText(/once it is open again/)).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'Stop' }));
    expect(start()).toBeVisible();
    expect(within(panel).getByText(/Start it to see prices/)).toBeVisible();
  });

  it('closes the connection when stopped, and opens a new one when started', async () => {
    const { panel, status } = await openPanel();
    const first = FakeEventSource.last();
    await user.click(within(panel).getByRole('button', { name: 'Stop' }));
    expect(status).toHaveTextContent('Ended');
    expect(first.readyState).toBe(2);
    await user.click(within(panel).getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(2));
  });

  it('mixes no prices of two backends, and keeps its rows with another fault or token', async () => {
    const { status } = await openPanel(Turning);
    send({ stock: 'AAPL', price: 900 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('900.00'));
    act(() => turnTo({ fault: 'drop@20' }));
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(2));
    expect(rowOf('AAPL')).toHaveTextContent('900.00');
    act(() => turnTo({ baseUrl: 'http://other.test' }));
    expect(screen.queryByRole('rowheader', { name: 'AAPL' })).toBeNull();
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(3));
    act(() => FakeEventSource.last().open());
    await waitFor(() => expect(status).toHaveTextContent('Live'));
    send({ stock: 'AAPL', price: 5 });
    await waitFor(() => expect(rowOf('AAPL')).toHaveTextContent('5.00'));
    expect(rowOf('AAPL')).not.toHaveTextContent('900.00');
  });

  it('says which event could not be read, and goes on', async () => {
    const { panel } = await openPanel();
    FakeEventSource.last().message('{"stock":"AAPL","price":');
    send({ stock: 'MSFT', price: 'high' });
    send({ stock: 'NVDA', price: 5 });
    await waitFor(() => expect(rowOf('NVDA')).toHaveTextContent('5.00'));
    expect(within(panel).getByText(/could not be read: price/)).toBeVisible();
    // The wire view is drawn at a pace of its own.
    await waitFor(() => expect(wireTerm(panel, 'Malformed')).toBe('2'));
  });

  it('asks for another symbol with a new feed, and says why it will not take one', async () => {
    const { panel } = await openPanel();
    const field = within(panel).getByRole('textbox', { name: 'Add a symbol' });
    await user.type(field, '1{Enter}');
    expect(within(panel).getByText(/A symbol is a letter/)).toBeVisible();
    await user.clear(field);
    await user.type(field, 'brk.b{Enter}');
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(2));
    const asked = new URL(FakeEventSource.last().url).searchParams.get('symbols')?.split(',');
    expect(asked).toContain('BRK.B');
    expect(asked).toEqual(asked?.toSorted());
    expect(FakeEventSource.made[0]?.readyState).toBe(2);
  });

  it('says that it reconnects, and what is wrong once a new connection fails as well', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    const { panel, status } = await openPanel();
    act(() => FakeEventSource.last().fail(0));
    await waitFor(() => expect(status).toHaveTextContent('Reconnecting'));
    // The browser's own try finds nobody; the next is ours.
    act(() => FakeEventSource.last().fail(0));
    await waitFor(() => expect(FakeEventSource.made).toHaveLength(2), { timeout: 5_000 });
    act(() => FakeEventSource.last().fail(2));
    expect(await within(panel).findByText('No connection to the backend')).toBeVisible();
  });
});

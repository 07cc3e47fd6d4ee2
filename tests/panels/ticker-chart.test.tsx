// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PriceView } from '../../src/panels/ticker/candles.ts';
import { PriceChart } from '../../src/panels/ticker/price-chart.tsx';
import { useTickerSettings } from '../../src/panels/ticker/ticker-settings.ts';
import { applyTicker, initialTicker, type TickerRow } from '../../src/panels/ticker/ticker-store.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

// There is no canvas here: what the plot is told is what it would show.
const plot = vi.hoisted(() => ({
  shown: [] as unknown[],
}));
vi.mock('../../src/panels/ticker/price-plot.ts', () => ({
  createPricePlot: () => ({
    show: (view: unknown) => plot.shown.push(view),
    destroy: () => undefined,
  }),
}));

const initialSettings = useTickerSettings.getState();
const lastShown = () => plot.shown.at(-1) as PriceView;

beforeEach(() => {
  plot.shown.length = 0;
  useTickerSettings.setState(initialSettings, true);
});

afterEach(() => {
  vi.useRealTimers();
});

/** AAPL at 1, 2, 3, … once a second, the last of them `agoMs` before now. */
function tradedUntil(agoMs: number, count: number): TickerRow {
  const lastMs = performance.now() - agoMs;
  const events = Array.from({ length: count }, (_, at) =>
    chunkOf(lastMs - (count - 1 - at) * 1_001, [{ stock: 'AAPL', price: at + 1 }]),
  );
  const row = applyTicker(initialTicker, events).rows.get('AAPL');
  if (row === undefined) throw new Error('nothing was traded');
  return row;
}

const chartOf = (row: TickerRow, frozen = false) => (
  <MantineProvider>
    <PriceChart row={row} frozen={frozen} />
  </MantineProvider>
);
describe('the price chart in time', () => {
  it('says that nothing came in the time that is shown, and shows it in a longer window', () => {
    useTickerSettings.getState().change({ chartWindow: '1m' });
    render(chartOf(tradedUntil(90_000, 5)));
    expect(lastShown().candles).toEqual([]);
    expect(screen.getByText('No price of AAPL came in the time that is shown.')).toBeVisible();
    act(() => useTickerSettings.getState().change({ chartWindow: '5m' }));
    expect(lastShown().candles.length).toBeGreaterThan(0);
    expect(screen.queryByText(/No price of AAPL/)).toBeNull();
  });

  it('moves on once a second where nothing is traded, and not at all while it is frozen', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
    const row = tradedUntil(0, 5);
    const { rerender } = render(chartOf(row));
    const first = lastShown().toMs;
    const count = plot.shown.length;
    act(() => vi.advanceTimersByTime(3_000));
    expect(plot.shown.length - count).toBe(3);
    expect(lastShown().toMs - first).toBe(3_000);
    rerender(chartOf(row, true));
    const frozenCount = plot.shown.length;
    act(() => vi.advanceTimersByTime(5_000));
    expect(plot.shown.length).toBe(frozenCount);
    expect(lastShown().toMs - first).toBe(3_000);
  });
});

// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PriceView } from '../../src/panels/ticker/candles.ts';
import { PriceChart } from '../../src/panels/ticker/price-chart.tsx';
import { useTickerSettings } from '../../src/panels/ticker/ticker-settings.ts';
import { applyTicker, initialTicker, type TickerRow } from '../../src/panels/ticker/ticker-store.ts';
import { chunkOf } from '../fixtures/stream-events.ts';

// There is no canvas here: what the plot is told is what it would show.
const plot = vi.hoisted(() => ({
  shown: [] as unknown[],
  heldAtMs: null as number | null,
}));
vi.mock('../../src/panels/ticker/price-plot.ts', () => ({
  createPricePlot: () => ({
    show: (view: unknown) => plot.shown.push(view),
    point: (atMs: number | null) => {
      plot.heldAtMs = atMs;
    },
    destroy: () => undefined,
  }),
}));

const initialSettings = useTickerSettings.getState();
const user = userEvent.setup();
const lastShown = () => plot.shown.at(-1) as PriceView;

beforeEach(() => {
  plot.shown.length = 0;
  plot.heldAtMs = null;
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
const crosshair = () => screen.getByRole('slider', { name: 'Crosshair on the price of AAPL' });

describe('the price chart by keyboard', () => {
  it('is a picture with a name, and the crosshair is what the keyboard reaches', async () => {
    render(chartOf(tradedUntil(0, 3)));
    expect(screen.getByRole('img', { name: 'Price of AAPL over time' })).not.toHaveAttribute('tabindex');
    await user.tab();
    expect(crosshair()).toHaveFocus();
    expect(crosshair()).toHaveAttribute('aria-valuetext', 'nowhere');
    expect(plot.heldAtMs).toBeNull();
  });

  it.each([
    ['the last candle first', '{ArrowLeft}', 5],
    ['one back', '{ArrowRight}{ArrowLeft}', 4],
    ['there and back', '{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowRight}', 4],
    ['no further than the last', '{End}{ArrowRight}', 5],
    ['the first', '{Home}', 1],
    ['no further than the first', '{Home}{ArrowLeft}', 1],
  ])('moves from candle to candle: %s', async (_name, keys, price) => {
    render(chartOf(tradedUntil(0, 5)));
    await user.tab();
    await user.keyboard(keys);
    expect(crosshair().getAttribute('aria-valuetext')).toMatch(
      new RegExp(`^At \\d\\d:\\d\\d:\\d\\d, Price ${price}\\.00$`),
    );
    expect(plot.heldAtMs).toBe(lastShown().candles[price - 1]?.atMs);
  });

  it('reads out open, high, low and close of a candle', async () => {
    useTickerSettings.getState().change({ chartStyle: 'candles' });
    render(chartOf(tradedUntil(0, 5)));
    await user.tab();
    await user.keyboard('{End}');
    expect(crosshair().getAttribute('aria-valuetext')).toMatch(
      /, Open 4\.00, High 5\.00, Low 4\.00, Close 5\.00$/,
    );
  });

  it('stays at its candle while newer ones come', async () => {
    const row = tradedUntil(0, 5);
    const { rerender } = render(chartOf(row));
    await user.tab();
    await user.keyboard('{End}');
    const before = crosshair().getAttribute('aria-valuetext');
    const newer = applyTicker({ ...initialTicker, rows: new Map([['AAPL', row]]) }, [
      chunkOf(performance.now() + 2_000, [{ stock: 'AAPL', price: 9 }]),
    ]);
    rerender(chartOf(newer.rows.get('AAPL') ?? row));
    expect(lastShown().candles).toHaveLength(6);
    expect(crosshair()).toHaveAttribute('aria-valuetext', before);
  });

  it('is left by Escape, which then leaves the full view no more, and by leaving the chart', async () => {
    const escapes: boolean[] = [];
    const listener = (event: KeyboardEvent) => {
      if (event.key === 'Escape') escapes.push(event.defaultPrevented);
    };
    window.addEventListener('keydown', listener);
    render(chartOf(tradedUntil(0, 5)));
    await user.tab();
    await user.keyboard('{Home}{Escape}');
    expect(crosshair()).toHaveAttribute('aria-valuetext', 'nowhere');
    expect(plot.heldAtMs).toBeNull();
    await user.keyboard('{Escape}');
    expect(escapes).toEqual([true, false]);
    await user.keyboard('{Home}');
    await user.tab();
    expect(plot.heldAtMs).toBeNull();
    window.removeEventListener('keydown', listener);
  });

  it('gives the crosshair back to a pointer that moves', async () => {
    render(chartOf(tradedUntil(0, 5)));
    await user.tab();
    await user.keyboard('{Home}');
    expect(plot.heldAtMs).not.toBeNull();
    await user.pointer({ target: screen.getByRole('img', { name: /^Price of/ }) });
    expect(plot.heldAtMs).toBeNull();
  });
});

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

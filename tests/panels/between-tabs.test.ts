import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { useLogsSettings } from '../../src/panels/logs/logs-settings.ts';
import { useTickerSettings } from '../../src/panels/ticker/ticker-settings.ts';
import { keepBetweenTabs } from '../../src/store/between-tabs.ts';

const savedSchema = z.object({ symbols: z.array(z.string()), style: z.string(), sort: z.string() });
type Saved = z.infer<typeof savedSchema>;

const KEY = 'list';
const initial: Saved = { symbols: ['AAPL'], style: 'line', sort: 'own' };

/** A tab's store; all of a test's have one storage. */
function openTab(storage: () => Storage = () => localStorage) {
  const store = create<Saved>()(
    persist(() => initial, {
      name: KEY,
      storage: createJSONStorage<Saved>(storage),
      merge: (saved, current) => {
        const parsed = savedSchema.safeParse(saved);
        return parsed.success ? { ...current, ...parsed.data } : current;
      },
    }),
  );
  keepBetweenTabs(store, { own: ['style', 'sort'] });
  return store;
}

/** A browser tells it to the other tabs. That it is told to the writer here as well changes nothing. */
const tell = (key: string) => window.dispatchEvent(new StorageEvent('storage', { key }));
const written = (): Saved => JSON.parse(localStorage.getItem(KEY) ?? 'null').state;

beforeEach(() => localStorage.clear());

describe('keepBetweenTabs', () => {
  it('keeps what one tab added while another changes something else', () => {
    const [a, b] = [openTab(), openTab()];
    a.setState({ symbols: ['AAPL', 'IBM'] });
    tell(KEY);
    b.setState({ sort: 'price' });
    expect(b.getState().symbols).toEqual(['AAPL', 'IBM']);
    expect(openTab().getState()).toEqual({ ...initial, symbols: ['AAPL', 'IBM'], sort: 'price' });
  });

  it('leaves each tab its own fields, and stores of them what was set last', () => {
    const [a, b] = [openTab(), openTab()];
    a.setState({ style: 'candles' });
    tell(KEY);
    expect(b.getState().style).toBe('line');
    b.setState({ symbols: ['MSFT'], sort: 'price' });
    tell(KEY);
    expect(a.getState()).toEqual({ symbols: ['MSFT'], style: 'candles', sort: 'own' });
    expect(written()).toEqual({ symbols: ['MSFT'], style: 'candles', sort: 'price' });
  });

  it('writes nothing because another tab has written', () => {
    const tab = openTab();
    tab.setState({ style: 'candles' });
    const elsewhere = JSON.stringify({ state: { ...initial, symbols: ['TSLA'] }, version: 0 });
    localStorage.setItem(KEY, elsewhere);
    tell(KEY);
    expect(tab.getState()).toEqual({ ...initial, symbols: ['TSLA'], style: 'candles' });
    expect(localStorage.getItem(KEY)).toBe(elsewhere);
  });

  it.each([['{'], ['null'], ['7'], ['{"state":{"symbols":"IBM"},"version":0}']])(
    'stays as it is where %s is stored',
    (text) => {
      const tab = openTab();
      tab.setState({ symbols: ['MSFT'] });
      localStorage.setItem(KEY, text);
      expect(() => tell(KEY)).not.toThrow();
      expect(tab.getState()).toEqual({ ...initial, symbols: ['MSFT'] });
      tab.setState({ sort: 'price' });
      expect(written()).toEqual({ ...initial, symbols: ['MSFT'], sort: 'price' });
    },
  );

  it('reads again when a page that was put away is shown again', () => {
    const [a, b] = [openTab(), openTab()];
    a.setState({ symbols: ['IBM'] });
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    expect(b.getState().symbols).toEqual(['AAPL']);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(b.getState().symbols).toEqual(['IBM']);
  });

  it('does without where the browser gives no storage', () => {
    const refused = () => {
      throw new DOMException('no', 'SecurityError');
    };
    expect(openTab(refused).getState()).toEqual(initial);
  });
});

describe('settings of the live panels', () => {
  /** Another tab has written this. */
  function writeElsewhere(name: string, state: object) {
    localStorage.setItem(name, JSON.stringify({ state, version: 0 }));
    tell(name);
  }

  it('have one watch list for all tabs, and in each its own chosen symbol', () => {
    useTickerSettings.getState().change({ chosen: 'AAPL' });
    writeElsewhere('streamscope-ticker', { symbols: ['AAPL', 'IBM'], rate: 100, chosen: 'IBM' });
    expect(useTickerSettings.getState()).toMatchObject({
      symbols: ['AAPL', 'IBM'],
      rate: 100,
      chosen: 'AAPL',
    });
  });

  it('have in each tab its own source of logs', () => {
    useLogsSettings.getState().change({ source: 'requests' });
    writeElsewhere('streamscope-logs', { source: 'demo', wrap: true });
    expect(useLogsSettings.getState()).toMatchObject({ source: 'requests', wrap: true });
  });
});

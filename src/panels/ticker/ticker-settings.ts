import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { DEFAULT_SYMBOLS, MAX_SYMBOLS, SYMBOL_PATTERN } from '../../contract/ticker.ts';
import { keepBetweenTabs } from '../../store/between-tabs.ts';

/** Events a second that the panel offers. */
export const RATES = [1, 10, 100, 1_000, 10_000, 100_000] as const;

/** How much of the past the chart shows. */
export const CHART_WINDOWS = ['1m', '5m', 'all'] as const;
export type ChartWindow = (typeof CHART_WINDOWS)[number];

export const CHART_WINDOW_MS: Record<ChartWindow, number> = {
  '1m': 60_000,
  '5m': 300_000,
  all: Number.POSITIVE_INFINITY,
};

export const CHART_STYLES = ['line', 'candles'] as const;
export type ChartStyle = (typeof CHART_STYLES)[number];

/** What the table can be sorted by; `own` is the order of the watch list. */
export const SORT_KEYS = ['own', 'symbol', 'price', 'change', 'volume'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const savedSchema = z.object({
  symbols: z.array(z.string().regex(SYMBOL_PATTERN)).min(1).max(MAX_SYMBOLS),
  rate: z.literal(RATES),
  chosen: z.string().nullable(),
  chartWindow: z.enum(CHART_WINDOWS),
  chartStyle: z.enum(CHART_STYLES),
  sortBy: z.enum(SORT_KEYS),
  descending: z.boolean(),
});
type SavedTickerSettings = z.infer<typeof savedSchema>;

interface TickerSettings extends SavedTickerSettings {
  readonly change: (part: Partial<SavedTickerSettings>) => void;
}

/** What the user has set in this panel; kept in local storage, and checked when it comes back from there. */
export const useTickerSettings = create<TickerSettings>()(
  persist(
    (set) => ({
      symbols: [...DEFAULT_SYMBOLS],
      rate: 10,
      chosen: null,
      chartWindow: '5m',
      chartStyle: 'line',
      sortBy: 'own',
      descending: false,
      change: (part) => set(part),
    }),
    {
      name: 'streamscope-ticker',
      partialize: ({ change: _, ...saved }) => saved,
      merge: (saved, current) => {
        const parsed = savedSchema.partial().safeParse(saved);
        return parsed.success ? { ...current, ...(parsed.data as Partial<SavedTickerSettings>) } : current;
      },
    },
  ),
);

// What is asked for is one for all tabs, as the feed is; how it is looked at, each tab has for itself.
keepBetweenTabs(useTickerSettings, { own: ['chosen', 'chartWindow', 'chartStyle', 'sortBy', 'descending'] });

/** Reads a symbol that a person typed, or says what is wrong with it. */
export function readSymbol(text: string, watched: readonly string[]): { symbol: string } | { error: string } {
  const symbol = text.trim().toUpperCase();
  if (!SYMBOL_PATTERN.test(symbol))
    return { error: 'A symbol is a letter and up to nine letters, digits, dots or dashes' };
  if (watched.includes(symbol)) return { error: `${symbol} is in the list already` };
  if (watched.length >= MAX_SYMBOLS) return { error: `The list holds ${MAX_SYMBOLS} symbols at most` };
  return { symbol };
}

/**
 * What the backend is asked for: the symbols of a watch list, whatever its order. A list that is put in another order needs no
 * other feed, and tabs with the same symbols share one.
 */
export const askedSymbols = (symbols: readonly string[]): string => [...new Set(symbols)].sort().join(',');

/** The watch list with one symbol a place up or down; unchanged at its ends. */
export function moveSymbol(symbols: readonly string[], symbol: string, by: -1 | 1): string[] {
  const from = symbols.indexOf(symbol);
  const to = from + by;
  const moved = [...symbols];
  if (from === -1 || to < 0 || to >= symbols.length) return moved;
  moved.splice(from, 1);
  moved.splice(to, 0, symbol);
  return moved;
}

import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { DEFAULT_SYMBOLS, MAX_SYMBOLS, SYMBOL_PATTERN } from '../../contract/ticker.ts';

/** Events a second that the panel offers. */
export const RATES = [1, 10, 100, 1_000, 10_000, 100_000] as const;

/** How much of the past the chart shows. */
export const CHART_WINDOWS = ['1m', '5m', 'all'] as const;
export type ChartWindow = (typeof CHART_WINDOWS)[number];

const savedSchema = z.object({
  symbols: z.array(z.string().regex(SYMBOL_PATTERN)).min(1).max(MAX_SYMBOLS),
  rate: z.literal(RATES),
  chosen: z.string().nullable(),
  chartWindow: z.enum(CHART_WINDOWS),
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
      change: (part) => set(part),
    }),
    {
      name: 'streamscope-ticker',
      partialize: ({ symbols, rate, chosen, chartWindow }) => ({ symbols, rate, chosen, chartWindow }),
      merge: (saved, current) => {
        const parsed = savedSchema.partial().safeParse(saved);
        return parsed.success ? { ...current, ...(parsed.data as Partial<SavedTickerSettings>) } : current;
      },
    },
  ),
);

/** Reads a symbol that a person typed, or says what is wrong with it. */
export function readSymbol(text: string, watched: readonly string[]): { symbol: string } | { error: string } {
  const symbol = text.trim().toUpperCase();
  if (!SYMBOL_PATTERN.test(symbol))
    return { error: 'A symbol is a letter and up to nine letters, digits, dots or dashes' };
  if (watched.includes(symbol)) return { error: `${symbol} is in the list already` };
  if (watched.length >= MAX_SYMBOLS) return { error: `The list holds ${MAX_SYMBOLS} symbols at most` };
  return { symbol };
}

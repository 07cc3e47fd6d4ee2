import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { LOG_LEVELS, LOG_SOURCES } from '../../contract/logs.ts';
import { keepBetweenTabs } from '../../store/between-tabs.ts';

/** Lines a second that the panel offers for the demo. */
export const RATES = [1, 5, 20, 100, 1_000, 10_000, 100_000] as const;

const savedSchema = z.object({
  source: z.enum(LOG_SOURCES),
  rate: z.literal(RATES),
  hiddenLevels: z.array(z.enum([...LOG_LEVELS, 'other'])),
  wrap: z.boolean(),
});
type SavedLogsSettings = z.infer<typeof savedSchema>;

interface LogsSettings extends SavedLogsSettings {
  readonly change: (part: Partial<SavedLogsSettings>) => void;
}

/** What the user has set in this panel; kept in local storage, and checked when it comes back from there. */
export const useLogsSettings = create<LogsSettings>()(
  persist(
    (set) => ({
      source: 'demo',
      rate: 5,
      hiddenLevels: [],
      wrap: false,
      change: (part) => set(part),
    }),
    {
      name: 'streamscope-logs',
      partialize: ({ source, rate, hiddenLevels, wrap }) => ({ source, rate, hiddenLevels, wrap }),
      merge: (saved, current) => {
        // Partial: what a later version adds must not lose what is saved.
        const parsed = savedSchema.partial().safeParse(saved);
        return parsed.success ? { ...current, ...(parsed.data as Partial<SavedLogsSettings>) } : current;
      },
    },
  ),
);

// Another source would empty another tab's book, and what is hidden belongs to what is looked for there.
keepBetweenTabs(useLogsSettings, { own: ['source', 'rate', 'hiddenLevels'] });

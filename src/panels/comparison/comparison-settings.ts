import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { comparisonQuerySchema } from '../../contract/comparison.ts';
import { parameterError } from '../../contract/endpoint.ts';
import { keepBetweenTabs } from '../../store/between-tabs.ts';

interface ComparisonSettings {
  /** As typed: what is wrong with them is said beside the field. */
  readonly rows: string;
  readonly delay: string;
  readonly change: (part: { rows?: string; delay?: string }) => void;
}

const savedSchema = z.object({ rows: z.string().max(12), delay: z.string().max(12) });

export const useComparisonSettings = create<ComparisonSettings>()(
  persist((set) => ({ rows: '20', delay: '100', change: (part) => set(part) }), {
    name: 'streamscope-comparison',
    partialize: ({ rows, delay }) => ({ rows, delay }),
    merge: (saved, current) => {
      const parsed = savedSchema.safeParse(saved);
      return parsed.success ? { ...current, ...parsed.data } : current;
    },
  }),
);

// A form is not filled in from another tab: what is asked for next is what stands here.
keepBetweenTabs(useComparisonSettings, { own: ['rows', 'delay'] });

/** What is wrong with a field's text, if anything. */
export const fieldError = (field: 'rows' | 'delay', text: string) =>
  parameterError(comparisonQuerySchema.shape[field], text);

import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { comparisonQuerySchema } from '../../contract/comparison.ts';

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

/** What is wrong with a field's text, if anything, in the contract's words. */
export function fieldError(field: 'rows' | 'delay', text: string): string | null {
  if (!/^\d+$/.test(text.trim())) return 'must be a whole number';
  const parsed = comparisonQuerySchema.shape[field].safeParse(text);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'is not valid');
}

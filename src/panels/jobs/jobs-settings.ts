import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { longTaskEndpoint, progressEndpoint } from '../../contract/tasks.ts';
import { keepBetweenTabs } from '../../store/between-tabs.ts';

export const JOB_ENDPOINTS = { 'long-task': longTaskEndpoint, progress: progressEndpoint } as const;
export type JobEndpointName = keyof typeof JOB_ENDPOINTS;

/** What to ask for. */
export interface JobRequest {
  readonly endpoint: JobEndpointName;
  readonly steps: number;
  readonly delay: number;
}

interface JobsSettings extends JobRequest {
  readonly change: (part: Partial<JobRequest>) => void;
}

const { steps: stepsSchema, delay: delaySchema } = longTaskEndpoint.query.shape;
const savedSchema = z.object({
  endpoint: z.enum(['long-task', 'progress']),
  steps: stepsSchema,
  delay: delaySchema,
});

/** What the user has set in this panel; kept in local storage, and checked when it comes back from there. */
export const useJobsSettings = create<JobsSettings>()(
  persist((set) => ({ endpoint: 'long-task', steps: 10, delay: 500, change: (part) => set(part) }), {
    name: 'streamscope-jobs',
    partialize: ({ endpoint, steps, delay }) => ({ endpoint, steps, delay }),
    merge: (saved, current) => {
      const parsed = savedSchema.safeParse(saved);
      return parsed.success ? { ...current, ...parsed.data } : current;
    },
  }),
);

// A form is not filled in from another tab: what is asked for next is what stands here.
keepBetweenTabs(useJobsSettings, { own: ['endpoint', 'steps', 'delay'] });

const fields = { steps: stepsSchema, delay: delaySchema } as const;
export type JobField = keyof typeof fields;

/** Reads a number as typed, or says what is wrong with it in the contract's own words. */
export function readJobField(field: JobField, text: string): { value: number } | { error: string } {
  // The schema coerces: it would take blank text for 0, and absence for the default.
  const parsed = fields[field].safeParse(text.trim() === '' ? Number.NaN : text.trim());
  if (parsed.success) return { value: parsed.data };
  return { error: parsed.error.issues[0]?.message ?? 'is not a number' };
}

/** The query of a task: `/progress` has its own number of steps. */
export function jobQuery({ endpoint, steps, delay }: JobRequest): Record<string, number> {
  return endpoint === 'long-task' ? { steps, delay } : { delay };
}

import { z } from 'zod';
import { defineStream, delayMsParameter, errorEventSchema, wholeNumber } from './endpoint.ts';

export const taskProgressSchema = z
  .object({
    /** Percent, 0 to 100. */
    progress: z.number().min(0).max(100),
    step: z.number().int().nonnegative(),
    total: z.number().int().positive(),
    message: z.string(),
  })
  .meta({ id: 'TaskProgress' });
export type TaskProgress = z.infer<typeof taskProgressSchema>;

/** Progress as plain backends send it. */
export const tolerantProgressSchema = z.object({
  progress: z.number().min(0).max(100),
  step: z.number().optional(),
  total: z.number().positive().optional(),
  message: z.string().optional(),
});

/** The event type that ends a task, and what it carries. */
export const TASK_COMPLETE_EVENT = 'complete';
export const TASK_COMPLETE_DATA = 'Done!';

export const longTaskEndpoint = defineStream({
  family: 'tasks',
  method: 'get',
  path: '/process/long-task',
  summary: 'The progress of a task, step by step',
  query: z.object({
    steps: wholeNumber({ min: 1, max: 1_000, default: 10, description: 'How many steps the task has' }),
    delay: delayMsParameter(500),
  }),
  format: 'sse',
  mediaType: 'text/event-stream',
  events: {
    message: taskProgressSchema,
    [TASK_COMPLETE_EVENT]: z.literal(TASK_COMPLETE_DATA),
    error: errorEventSchema,
  },
  ends: true,
});

const PROGRESS_FORMATS = ['json', 'text'] as const;

export const progressEndpoint = defineStream({
  family: 'tasks',
  method: 'get',
  path: '/progress',
  summary: 'A short task',
  query: z.object({
    format: z
      .enum(PROGRESS_FORMATS, { error: `must be one of ${PROGRESS_FORMATS.join(', ')}` })
      .default('json')
      .meta({ description: 'What each event carries: {progress, step}, or text such as Progress: 20%' }),
    delay: delayMsParameter(300),
  }),
  format: 'sse',
  mediaType: 'text/event-stream',
  events: {
    message: z.union([taskProgressSchema.pick({ progress: true, step: true }), z.string()]),
    [TASK_COMPLETE_EVENT]: z.literal(TASK_COMPLETE_DATA),
  },
  ends: true,
});

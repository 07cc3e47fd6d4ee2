import {
  longTaskEndpoint,
  progressEndpoint,
  TASK_COMPLETE_DATA,
  TASK_COMPLETE_EVENT,
  type TaskProgress,
} from '../contract/tasks.ts';
import type { BackendContext } from './context.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { encodeEvent, eventStreamResponse } from './event-stream.ts';
import { every } from './pace.ts';

/** The stages of the task, each with the part of the way at which it begins. */
const STAGES = [
  { from: 0, message: 'Opening the archive' },
  { from: 0.1, message: 'Reading the manifest' },
  { from: 0.2, message: 'Checking signatures' },
  { from: 0.35, message: 'Unpacking tables' },
  { from: 0.55, message: 'Building indexes' },
  { from: 0.75, message: 'Verifying row counts' },
  { from: 0.9, message: 'Swapping the new tables in' },
] as const;

const PROGRESS_STEPS = 5;

export function registerTasks(context: BackendContext): void {
  registerEndpoint(context, longTaskEndpoint, (c, { query }) =>
    eventStreamResponse(c, (signal) => task(context, query, signal, (progress) => JSON.stringify(progress))),
  );
  registerEndpoint(context, progressEndpoint, (c, { query }) => {
    const write =
      query.format === 'text'
        ? ({ progress }: TaskProgress) => `Progress: ${progress}%`
        : ({ progress, step }: TaskProgress) => JSON.stringify({ progress, step });
    return eventStreamResponse(c, (signal) =>
      task(context, { steps: PROGRESS_STEPS, delay: query.delay }, signal, write),
    );
  });
}

/** Progress from 0 % (begun) to 100 % (every step done), then the event that ends it. No IDs: nothing here resumes. */
async function* task(
  context: BackendContext,
  { steps, delay }: { steps: number; delay: number },
  signal: AbortSignal,
  write: (progress: TaskProgress) => string,
): AsyncGenerator<string> {
  for await (const step of every(delay, signal, context.clock)) {
    yield encodeEvent({ data: write(progressAt(step, steps)) });
    if (step === steps) break;
  }
  yield encodeEvent({ event: TASK_COMPLETE_EVENT, data: TASK_COMPLETE_DATA });
}

function progressAt(step: number, total: number): TaskProgress {
  const share = step / total;
  const stage = STAGES.findLast(({ from }) => share >= from) ?? STAGES[0];
  const message = step === total ? 'All tables are in place' : stage.message;
  return { progress: Math.round(share * 1_000) / 10, step, total, message };
}

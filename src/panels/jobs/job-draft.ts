import { type JobEndpointName, type JobRequest, readJobField } from './jobs-settings.ts';

/** What to ask for, as typed. */
export interface JobDraft {
  readonly endpoint: JobEndpointName;
  readonly steps: string;
  readonly delay: string;
}

export interface DraftErrors {
  readonly steps: string | null;
  readonly delay: string | null;
}

/** The request that a draft stands for; null while something in it is wrong, which `errors` says. */
export function readJobDraft(draft: JobDraft): { request: JobRequest | null; errors: DraftErrors } {
  const steps = readJobField('steps', draft.steps);
  const delay = readJobField('delay', draft.delay);
  // The short task has its own number of steps: what stands in the hidden field is not sent.
  const stepsMatter = draft.endpoint === 'long-task';
  const errors = {
    steps: stepsMatter && 'error' in steps ? `Steps ${steps.error}` : null,
    delay: 'error' in delay ? `Delay ${delay.error}` : null,
  };
  if ('error' in delay || errors.steps !== null) return { request: null, errors };
  const stepCount = 'value' in steps ? steps.value : 1;
  return { request: { endpoint: draft.endpoint, steps: stepCount, delay: delay.value }, errors };
}

import { Notice } from '../../ui/notice.tsx';
import type { JobState } from './jobs-store.ts';

/** Says at which step a task broke, and offers to run it again. */
export function JobOutcome({ state, onRetry }: { state: JobState; onRetry: (() => void) | null }) {
  const { phase } = state;
  const action = onRetry !== null && { action: { label: 'Retry', onClick: onRetry } };
  switch (phase.status) {
    case 'idle':
    case 'running':
    case 'stopped':
    case 'complete':
      return null;
    case 'ended-early':
      return (
        <Notice tone="warn" title={`The task ended early at ${whereOf(state)}`} {...action}>
          The stream was closed before 100 %.
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="failed"
          title={state.events === 0 ? phase.reason : `Failed at ${whereOf(state)}: ${phase.reason}`}
          {...action}
        >
          {phase.advice}
        </Notice>
      );
  }
}

function whereOf({ percent, step, total }: JobState): string {
  const shown = `${Math.floor(percent * 10) / 10} %`;
  if (step === null) return shown;
  return total === null ? `${shown}, step ${step}` : `${shown}, step ${step} of ${total}`;
}

import type { JobPhase } from './jobs-store.ts';

/** What a screen reader hears of a task: its start and its end, never its steps. */
export function announcementOf(phase: JobPhase): string {
  switch (phase.status) {
    case 'idle':
      return '';
    case 'running':
      return 'The task has started';
    case 'complete':
      return 'The task is complete';
    case 'stopped':
      return 'The task was stopped';
    case 'ended-early':
      return 'The task ended early';
    case 'failed':
      // An alert says it.
      return '';
  }
}

import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import { StreamControls } from '../../ui/stream-controls.tsx';
import { announcementOf } from './announcement.ts';
import { type JobDraft, readJobDraft } from './job-draft.ts';
import { JobHeadline } from './job-headline.tsx';
import { JobOutcome } from './job-outcome.tsx';
import classes from './jobs-panel.module.css';
import { useJobsSettings } from './jobs-settings.ts';
import type { JobState } from './jobs-store.ts';
import { JobsToolbar } from './jobs-toolbar.tsx';
import type { OpenJob } from './open-job.ts';
import { StepList } from './step-list.tsx';
import { useJob } from './use-job.ts';

interface JobsPanelProps {
  readonly target: BackendTarget;
  readonly view: PanelView;
  readonly open?: OpenJob;
}

export function JobsPanel({ target, view, open }: JobsPanelProps) {
  const { state, start, stop } = useJob(target, open);
  const { draft, changeDraft, request, errors } = useDraft();
  const { connection, phase } = state;
  const { status } = connection.state;
  const onStart = () => {
    if (request !== null) start(request);
  };
  return (
    <PanelFrame
      title="Job progress"
      view={view}
      connection={connection}
      // A task that failed says so with the step at which it did.
      failure={status === 'failed' ? null : describeFailure(connection.state)}
      actions={<StreamControls status={status} onStart={onStart} onStop={stop} onReconnect={onStart} />}
      toolbar={<JobsToolbar draft={draft} onChange={changeDraft} errors={errors} />}
    >
      {phase.status === 'idle' ? (
        <NoTask />
      ) : (
        <>
          {!isOutOfReach(state) && <JobHeadline state={state} />}
          <JobOutcome state={state} onRetry={request === null ? null : onStart} />
          {state.steps.length > 0 && <StepList steps={state.steps} />}
        </>
      )}
      <p className={classes.announcement} aria-live="polite">
        {announcementOf(phase)}
      </p>
    </PanelFrame>
  );
}

/** No step came, and the connection is what is wrong: there is nothing to show of the task. */
function isOutOfReach({ events, phase, connection: { state } }: JobState): boolean {
  if (events > 0) return false;
  if (phase.status === 'failed' || state.status === 'reconnecting') return true;
  return state.status === 'connecting' && state.attempt > 1;
}

function NoTask() {
  return (
    <EmptyState icon={<IconListCheck size={30} stroke={1.25} />} title="No task yet">
      Start one to see each step as it is done, and how long the rest may take.
    </EmptyState>
  );
}

/** What is typed; what of it is right is kept. */
function useDraft() {
  const { endpoint, steps, delay, change } = useJobsSettings();
  const [draft, setDraft] = useState<JobDraft>({ endpoint, steps: String(steps), delay: String(delay) });
  const { request, errors } = readJobDraft(draft);
  const changeDraft = (part: Partial<JobDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    const read = readJobDraft(next);
    if (read.request !== null) change(read.request);
  };
  return { draft, changeDraft, request, errors };
}

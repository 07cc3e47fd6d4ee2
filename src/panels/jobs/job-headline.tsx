import { IconCircleCheckFilled } from '@tabler/icons-react';
import { formatDuration } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './job-headline.module.css';
import type { JobState } from './jobs-store.ts';
import { aboutTime, timeLeftMs } from './pace-estimate.ts';

/** Percent, step, message, bar and time of a task. */
export function JobHeadline({ state }: { state: JobState }) {
  const { phase, percent } = state;
  const complete = phase.status === 'complete';
  const shown = Math.floor(percent * 10) / 10;
  return (
    <div className={classes.headline} data-status={phase.status}>
      <div className={classes.top}>
        <span className={classes.percent}>
          {shown}
          <small> %</small>
        </span>
        <div className={classes.words}>
          <p className={classes.message} title={messageOf(state)}>
            {complete && <IconCircleCheckFilled className={classes.check} size={15} aria-hidden="true" />}
            {messageOf(state)}
          </p>
          <p className={classes.step}>{stepOf(state)}</p>
        </div>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label="Task progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown}
        aria-valuetext={`${shown} %${state.step === null ? '' : `, ${stepOf(state)}`}`}
      >
        <div className={classes.bar} style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <JobTimes state={state} />
    </div>
  );
}

/** How long it took so far, and, where the steps so far tell, how long it may yet take. */
function JobTimes({ state }: { state: JobState }) {
  const running = state.phase.status === 'running';
  const nowMs = useNow(200, running);
  const { startedAtMs, endedAtMs } = state;
  const left = running ? timeLeftMs(state.pace, nowMs) : null;
  const elapsed = startedAtMs === null ? null : Math.max(0, (endedAtMs ?? nowMs) - startedAtMs);
  return (
    <p className={classes.times}>
      <span title="Since the request was sent">{elapsed === null ? '' : elapsedWords(elapsed, running)}</span>
      <span title="An estimate from the pace of the last steps">{left === null ? '' : aboutTime(left)}</span>
    </p>
  );
}

/** A running clock of hundredths is noise. */
function elapsedWords(ms: number, running: boolean): string {
  if (!running) return `took ${formatDuration(ms)}`;
  return ms < 59_950 ? `${(ms / 1_000).toFixed(1)} s elapsed` : `${formatDuration(ms)} elapsed`;
}

function messageOf({ phase, message, events }: JobState): string {
  switch (phase.status) {
    case 'idle':
      return '';
    case 'running':
      return message ?? (events === 0 ? 'Waiting for the first step' : 'Working');
    case 'complete':
      return phase.message ?? 'Done';
    case 'stopped':
      return 'Stopped by you';
    case 'ended-early':
      return 'Ended early';
    case 'failed':
      return 'Failed';
  }
}

function stepOf({ step, total, events }: JobState): string {
  if (step !== null) return total === null ? `step ${step}` : `step ${step} of ${total}`;
  return events === 0 ? '' : `${events} ${events === 1 ? 'event' : 'events'}`;
}

import { memo } from 'react';
import { formatDuration } from '../../ui/format.ts';
import type { JobStep } from './jobs-store.ts';
import classes from './step-list.module.css';

/** Every step with when it came and how long it took, the newest first: it is the one that is watched. */
export const StepList = memo(function StepList({ steps }: { steps: readonly JobStep[] }) {
  const longest = steps.reduce((most, { tookMs }) => Math.max(most, tookMs), 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Steps">
      <ol className={classes.list} reversed>
        {steps.toReversed().map((step) => (
          <StepRow key={step.position} step={step} share={step.tookMs / longest} />
        ))}
      </ol>
    </section>
  );
});

const StepRow = memo(function StepRow({ step, share }: { step: JobStep; share: number }) {
  return (
    <li className={classes.row}>
      <span className={classes.at} title="Since the request was sent">
        +{formatDuration(step.afterMs)}
      </span>
      <span className={classes.what} title={step.message ?? undefined}>
        {step.message ?? (step.step === null ? 'Progress' : `Step ${step.step}`)}
      </span>
      <span className={classes.share} aria-hidden="true">
        <span style={{ transform: `scaleX(${share})` }} />
      </span>
      <span className={classes.took} title="Since the event before">
        {formatDuration(step.tookMs)}
      </span>
      <span className={classes.percent}>{Math.floor(step.percent)} %</span>
    </li>
  );
});

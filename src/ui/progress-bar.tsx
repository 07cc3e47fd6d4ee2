import classes from './progress-bar.module.css';

interface ProgressBarProps {
  readonly label: string;
  readonly value: number;
  /** Null where the whole is not known: the bar then only says that something goes on. */
  readonly max: number | null;
  readonly tone?: 'accent' | 'done' | 'failed';
}

/** A real progress bar, with its name and value for a screen reader. */
export function ProgressBar({ label, value, max, tone = 'accent' }: ProgressBarProps) {
  const share = max === null || max <= 0 ? null : Math.min(1, Math.max(0, value / max));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={classes.track}
      data-tone={share === 1 && tone === 'accent' ? 'done' : tone}
      data-unknown={share === null}
    >
      <div className={classes.bar} style={share === null ? undefined : { transform: `scaleX(${share})` }} />
    </div>
  );
}

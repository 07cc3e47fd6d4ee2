import { formatCompact, formatCount } from '../../ui/format.ts';
import classes from './level-chips.module.css';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';

interface LevelChipsProps {
  readonly counts: Readonly<Record<LevelKey, number>>;
  readonly hidden: readonly LevelKey[];
  readonly onChange: (hidden: LevelKey[]) => void;
}

/** A chip a level with how many lines it has; pressed are those that are shown. */
export function LevelChips({ counts, hidden, onChange }: LevelChipsProps) {
  const toggle = (level: LevelKey) =>
    onChange(hidden.includes(level) ? hidden.filter((each) => each !== level) : [...hidden, level]);
  const showOnly = (level: LevelKey) => onChange(LEVEL_KEYS.filter((each) => each !== level));
  return (
    <fieldset className={classes.chips}>
      <legend className={classes.legend}>Levels shown</legend>
      {LEVEL_KEYS.filter((level) => level !== 'other' || counts.other > 0 || hidden.includes('other')).map(
        (level) => (
          <button
            key={level}
            type="button"
            className={classes.chip}
            data-level={level}
            aria-pressed={!hidden.includes(level)}
            aria-keyshortcuts="Shift+Enter"
            title={`${formatCount(counts[level])} lines. Double-click or Shift+Enter shows only this level.`}
            onClick={() => toggle(level)}
            onDoubleClick={() => showOnly(level)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !event.shiftKey) return;
              event.preventDefault();
              showOnly(level);
            }}
          >
            {level} <span className={classes.count}>{formatCompact(counts[level])}</span>
          </button>
        ),
      )}
    </fieldset>
  );
}

import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconTextWrap } from '@tabler/icons-react';
import { memo, type RefObject, useState } from 'react';
import { LOG_SOURCES, type LogSource } from '../../contract/logs.ts';
import { formatCount } from '../../ui/format.ts';
import { useThrottled } from '../../ui/use-throttled.ts';
import { LevelChips } from './level-chips.tsx';
import type { LogBook } from './log-book.ts';
import { LogsFilters, type LogsFiltersProps } from './logs-filters.tsx';
import { LogsSearch, SearchError } from './logs-search.tsx';
import { RATES, useLogsSettings } from './logs-settings.ts';
import type { LogsState } from './logs-store.ts';
import classes from './logs-toolbar.module.css';

const sourceLabels: Record<LogSource, string> = {
  demo: 'Demo',
  requests: 'Requests',
  file: 'File',
};

interface LogsToolbarProps extends Omit<LogsFiltersProps, 'services'> {
  readonly state: LogsState;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly error: string | null;
  readonly onRetry: (() => void) | null;
}

/** As often as an eye reads counts that change. */
const REDRAW_MS = 250;

/** What to ask for, and what of it to see. Its parts are drawn apart: with each frame's lines only the counts change. */
export function LogsToolbar({ state, searchField, error, onRetry, ...filters }: LogsToolbarProps) {
  const [open, setOpen] = useState(false);
  const { chosen } = filters;
  const secondary = [chosen.effect !== 'show', chosen.service !== null, chosen.range !== null];
  // An empty book is shown at once; what is counted in place has a version to tell it by.
  const version = useThrottled(state.version, REDRAW_MS, state.book.rows.size === 0 ? 'empty' : 'filled');
  return (
    <>
      <FeedChoice />
      <LogsSearch field={searchField} chosen={chosen} error={error} onChange={filters.onChange} />
      <Toggles open={open} inUse={secondary.filter(Boolean).length} onOpen={setOpen} />
      <SearchError field={searchField} error={error} onRetry={onRetry} />
      <Levels book={state.book} version={version} />
      {open && <LogsFilters {...filters} services={state.book.services()} />}
    </>
  );
}

const FeedChoice = memo(function FeedChoice() {
  const { source, rate, change } = useLogsSettings();
  return (
    <>
      <NativeSelect
        className={classes.select ?? ''}
        size="xs"
        aria-label="Source"
        value={source}
        data={LOG_SOURCES.map((each) => ({ value: each, label: sourceLabels[each] }))}
        onChange={(event) => {
          const wanted = LOG_SOURCES.find((each) => each === event.currentTarget.value);
          if (wanted) change({ source: wanted });
        }}
      />
      <NativeSelect
        className={classes.rate ?? ''}
        size="xs"
        aria-label="Lines a second"
        title={source === 'demo' ? undefined : 'Only the demo has a rate of its own'}
        disabled={source !== 'demo'}
        value={rate}
        data={RATES.map((each) => ({ value: String(each), label: `${formatCount(each)}/s` }))}
        onChange={(event) => {
          const wanted = RATES.find((each) => String(each) === event.currentTarget.value);
          if (wanted) change({ rate: wanted });
        }}
      />
    </>
  );
});

interface TogglesProps {
  readonly open: boolean;
  /** How many of the filters behind the button are in use. */
  readonly inUse: number;
  readonly onOpen: (open: boolean) => void;
}

const Toggles = memo(function Toggles({ open, inUse, onOpen }: TogglesProps) {
  const { wrap, change } = useLogsSettings();
  return (
    <>
      <ActionIcon
        variant={open || inUse > 0 ? 'light' : 'subtle'}
        color={open || inUse > 0 ? 'blue' : 'gray'}
        size="md"
        aria-label={inUse > 0 ? `Filters, ${inUse} in use` : 'Filters'}
        title="More filters; copy and save"
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        <IconAdjustmentsHorizontal size={16} />
      </ActionIcon>
      <ActionIcon
        variant={wrap ? 'light' : 'subtle'}
        color={wrap ? 'blue' : 'gray'}
        size="md"
        aria-label="Wrap lines"
        title="Wrap lines"
        aria-pressed={wrap}
        onClick={() => change({ wrap: !wrap })}
      >
        <IconTextWrap size={16} />
      </ActionIcon>
    </>
  );
});

/** The book is changed in place: `version` says when. */
const Levels = memo(function Levels({ book }: { book: LogBook; version: number }) {
  const { hiddenLevels, change } = useLogsSettings();
  return (
    <LevelChips
      counts={book.counts}
      hidden={hiddenLevels}
      onChange={(hidden) => change({ hiddenLevels: hidden })}
    />
  );
});

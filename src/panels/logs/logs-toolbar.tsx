import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconTextWrap } from '@tabler/icons-react';
import { useState } from 'react';
import { LOG_SOURCES, type LogSource } from '../../contract/logs.ts';
import { formatCount } from '../../ui/format.ts';
import { LevelChips } from './level-chips.tsx';
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
  readonly error: string | null;
}

/** What to ask for, and what of it to see. */
export function LogsToolbar({ state, error, ...filters }: LogsToolbarProps) {
  const { source, rate, hiddenLevels, wrap, change } = useLogsSettings();
  const [open, setOpen] = useState(false);
  const { chosen } = filters;
  const secondary = [chosen.effect !== 'show', chosen.service !== null, chosen.range !== null];
  const inUse = secondary.filter(Boolean).length;
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
        className={classes.select ?? ''}
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
      <LogsSearch chosen={chosen} error={error} onChange={filters.onChange} />
      <ActionIcon
        variant={open || inUse > 0 ? 'light' : 'subtle'}
        color={open || inUse > 0 ? 'blue' : 'gray'}
        size="md"
        aria-label={inUse > 0 ? `Filters, ${inUse} in use` : 'Filters'}
        title="More filters; copy and save"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
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
      <SearchError error={error} />
      <LevelChips
        counts={state.book.counts}
        hidden={hiddenLevels}
        onChange={(hidden) => change({ hiddenLevels: hidden })}
      />
      {open && <LogsFilters {...filters} services={state.book.services()} />}
    </>
  );
}

import { ActionIcon, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch, IconTextWrap } from '@tabler/icons-react';
import { LOG_SOURCES, type LogSource } from '../../contract/logs.ts';
import { formatCount } from '../../ui/format.ts';
import { LevelChips } from './level-chips.tsx';
import { RATES, useLogsSettings } from './logs-settings.ts';
import type { LogsState } from './logs-store.ts';
import classes from './logs-toolbar.module.css';

const sourceLabels: Record<LogSource, string> = {
  demo: 'Demo',
  requests: 'Requests',
  file: 'File',
};

interface LogsToolbarProps {
  readonly state: LogsState;
  readonly search: string;
  readonly onSearch: (text: string) => void;
}

/** What to ask for, and what of it to see. */
export function LogsToolbar({ state, search, onSearch }: LogsToolbarProps) {
  const { source, rate, hiddenLevels, wrap, change } = useLogsSettings();
  return (
    <>
      <NativeSelect
        className={classes.select ?? ''}
        size="xs"
        aria-label="Source"
        value={source}
        data={LOG_SOURCES.map((each) => ({ value: each, label: sourceLabels[each] }))}
        onChange={(event) => {
          const chosen = LOG_SOURCES.find((each) => each === event.currentTarget.value);
          if (chosen) change({ source: chosen });
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
          const chosen = RATES.find((each) => String(each) === event.currentTarget.value);
          if (chosen) change({ rate: chosen });
        }}
      />
      <TextInput
        className={classes.search ?? ''}
        size="xs"
        aria-label="Search"
        placeholder="Search lines"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        leftSection={<IconSearch size={13} aria-hidden="true" />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '') return;
          event.preventDefault();
          onSearch('');
        }}
        rightSection={
          search !== '' && <CloseButton size="xs" aria-label="Clear search" onClick={() => onSearch('')} />
        }
      />
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
      <LevelChips
        counts={state.book.counts}
        hidden={hiddenLevels}
        onChange={(hidden) => change({ hiddenLevels: hidden })}
      />
    </>
  );
}

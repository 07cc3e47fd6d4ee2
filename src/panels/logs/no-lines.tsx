import { Button } from '@mantine/core';
import { IconFileText, IconFilterOff, IconSearch } from '@tabler/icons-react';
import type { MouseEventHandler } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import type { LogFilter } from './log-filter.ts';
import { rangeWords } from './log-time.ts';
import type { LogsState } from './logs-store.ts';

interface NoLinesProps {
  readonly state: LogsState;
  readonly onShowAll: MouseEventHandler;
}

/** Why there is no line to see. */
export function NoLines({ state, onShowAll }: NoLinesProps) {
  const { status } = state.connection.state;
  const { rows } = state.book;
  const { size } = rows;
  if (state.matches.isUnanswered(rows))
    return <EmptyState icon={<IconSearch size={36} stroke={1.25} />} title="Searching…" />;
  if (size > 0 && state.matches.filtering) {
    return (
      <EmptyState icon={<IconFilterOff size={36} stroke={1.25} />} title="No line matches">
        <div>
          {formatCount(size)} {size === 1 ? 'line is' : 'lines are'} held, none of them passes{' '}
          {filterWords(state.filter)}.
        </div>
        <Button size="compact-xs" variant="subtle" onClick={onShowAll}>
          Show all lines
        </Button>
      </EmptyState>
    );
  }
  const icon = <IconFileText size={36} stroke={1.25} />;
  if (state.later !== null) {
    return (
      <EmptyState icon={icon} title="Nothing held of before the pause">
        Resume shows the lines that have come since.
      </EmptyState>
    );
  }
  const waiting = status === 'connecting' || status === 'live' || status === 'stalled';
  return (
    <EmptyState icon={icon} title={waiting ? 'Waiting for the first line' : 'No lines yet'}>
      {waiting
        ? 'The connection is being opened, or nothing is being logged.'
        : 'Start the feed to see log lines here.'}
    </EmptyState>
  );
}

const inOne = new Intl.ListFormat('en-US');

/** The filters that are in use. */
function filterWords({ search, hiddenLevels, service, range }: LogFilter): string {
  return inOne.format([
    ...(search.type === 'none' || search.effect === 'mark' ? [] : ['the search']),
    ...(hiddenLevels.length === 0 ? [] : ['the levels']),
    ...(service === null ? [] : [`the service ${service}`]),
    ...(range === null ? [] : [`the time range (${rangeWords(range)})`]),
  ]);
}

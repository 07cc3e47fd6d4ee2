import { Button, CloseButton, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, type RefObject } from 'react';
import { handOnFocus } from './hand-on-focus.ts';
import classes from './logs-toolbar.module.css';
import type { ChosenFilter } from './use-log-filter.ts';

interface LogsSearchProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly chosen: ChosenFilter;
  readonly error: string | null;
  readonly onChange: (part: Partial<ChosenFilter>) => void;
}

const SEARCH_CLASSES = { wrapper: classes.searchField ?? '' };

export const LogsSearch = memo(function LogsSearch({ field, chosen, error, onChange }: LogsSearchProps) {
  const { text, isExpression } = chosen;
  return (
    <TextInput
      ref={field}
      className={classes.search ?? ''}
      classNames={SEARCH_CLASSES}
      size="xs"
      aria-label="Search"
      placeholder={isExpression ? 'Regular expression' : 'Search lines'}
      autoComplete="off"
      spellCheck={false}
      maxLength={500}
      leftSection={<IconSearch size={13} aria-hidden="true" />}
      value={text}
      error={error !== null}
      aria-describedby={error === null ? undefined : 'logs-search-error'}
      onChange={(event) => onChange({ text: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === '') return;
        event.preventDefault();
        onChange({ text: '' });
      }}
      rightSectionWidth={text === '' ? 30 : 50}
      rightSection={
        <>
          {text !== '' && (
            <CloseButton
              size="xs"
              aria-label="Clear search"
              onClick={(event) => {
                handOnFocus(event, field.current);
                onChange({ text: '' });
              }}
            />
          )}
          <UnstyledButton
            className={classes.expression ?? ''}
            aria-label="Regular expression"
            title="Search by a regular expression"
            aria-pressed={isExpression}
            onClick={() => onChange({ isExpression: !isExpression })}
          >
            .*
          </UnstyledButton>
        </>
      }
    />
  );
});

interface SearchErrorProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly error: string | null;
  /** Null where the same search would fail the same way. */
  readonly onRetry: (() => void) | null;
}

/** What is wrong with the search, beside its field. */
export function SearchError({ field, error, onRetry }: SearchErrorProps) {
  return (
    error !== null && (
      <div className={classes.error}>
        <span id="logs-search-error" role="alert">
          {error}
        </span>
        {onRetry && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label="Retry the search"
            onClick={(event) => {
              handOnFocus(event, field.current);
              onRetry();
            }}
          >
            Retry
          </Button>
        )}
      </div>
    )
  );
}

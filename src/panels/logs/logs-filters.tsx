import { Button, NativeSelect } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { isEmptyRange, SEARCH_EFFECTS, type SearchEffect, type TimeRange } from './log-filter.ts';
import { localFieldText } from './log-time.ts';
import classes from './logs-toolbar.module.css';
import type { ChosenFilter } from './use-log-filter.ts';

const effectLabels: Record<SearchEffect, string> = {
  show: 'Show only',
  hide: 'Hide',
  mark: 'Only mark',
};

export interface LogsFiltersProps {
  readonly chosen: ChosenFilter;
  readonly services: readonly string[];
  readonly onChange: (part: Partial<ChosenFilter>) => void;
  readonly onCopy: () => void;
  readonly onSave: () => void;
}

/** What is needed now and then: the rest of the filters, and the way out for what they leave. */
export function LogsFilters({ chosen, services, onChange, onCopy, onSave }: LogsFiltersProps) {
  const { effect, service, range } = chosen;
  const names = service === null || services.includes(service) ? services : [service, ...services];
  return (
    <div className={classes.filters}>
      <NativeSelect
        className={classes.effect ?? ''}
        size="xs"
        aria-label="Lines found"
        title="What becomes of the lines that the search finds"
        value={effect}
        data={SEARCH_EFFECTS.map((each) => ({ value: each, label: effectLabels[each] }))}
        onChange={({ currentTarget: { value } }) => {
          const found = SEARCH_EFFECTS.find((each) => each === value);
          if (found) onChange({ effect: found });
        }}
      />
      <NativeSelect
        className={classes.service ?? ''}
        size="xs"
        aria-label="Service"
        value={service ?? ''}
        data={[{ value: '', label: 'All services' }, ...names.map((name) => ({ value: name, label: name }))]}
        onChange={({ currentTarget: { value } }) => onChange({ service: value === '' ? null : value })}
      />
      <TimeField
        label="From"
        timeMs={range?.fromMs ?? null}
        onChange={(fromMs) => onChange({ range: ranged(fromMs, range?.toMs ?? null) })}
      />
      <TimeField
        label="To"
        timeMs={range?.toMs ?? null}
        onChange={(toMs) => onChange({ range: ranged(range?.fromMs ?? null, toMs) })}
      />
      {range !== null && isEmptyRange(range) && (
        <div role="alert" className={classes.error}>
          From is not before To: no line lies between them
        </div>
      )}
      <div className={classes.out}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={13} aria-hidden="true" />}
          title="Copy the lines shown"
          onClick={onCopy}
        >
          Copy
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconDownload size={13} aria-hidden="true" />}
          title="Save the lines shown as a text file"
          onClick={onSave}
        >
          Save
        </Button>
      </div>
    </div>
  );
}

/** A field that is emptied leaves its end open; both empty are no range. */
function ranged(fromMs: number | null, toMs: number | null): TimeRange | null {
  const range = { fromMs: fromMs ?? Number.NEGATIVE_INFINITY, toMs: toMs ?? Number.POSITIVE_INFINITY };
  return Object.values(range).some(Number.isFinite) ? range : null;
}

interface TimeFieldProps {
  readonly label: string;
  readonly timeMs: number | null;
  readonly onChange: (timeMs: number | null) => void;
}

function TimeField({ label, timeMs, onChange }: TimeFieldProps) {
  return (
    <label className={classes.time}>
      {label}
      <input
        type="datetime-local"
        step={1}
        value={timeMs === null ? '' : localFieldText(timeMs)}
        onChange={({ currentTarget: { value } }) => {
          const entered = new Date(value).getTime();
          onChange(Number.isNaN(entered) ? null : entered);
        }}
      />
    </label>
  );
}

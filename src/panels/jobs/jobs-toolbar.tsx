import { NativeSelect } from '@mantine/core';
import { NumberField } from '../../ui/number-field.tsx';
import type { JobDraft } from './job-draft.ts';
import { JOB_ENDPOINTS, type JobEndpointName } from './jobs-settings.ts';
import classes from './jobs-toolbar.module.css';

const names = Object.keys(JOB_ENDPOINTS) as JobEndpointName[];

interface JobsToolbarProps {
  readonly draft: JobDraft;
  readonly onChange: (part: Partial<JobDraft>) => void;
  readonly errors: { readonly steps: string | null; readonly delay: string | null };
}

/** What to ask for. A wrong number stays to be mended, and is never sent. */
export function JobsToolbar({ draft, onChange, errors }: JobsToolbarProps) {
  return (
    <>
      <NativeSelect
        className={classes.endpoint ?? ''}
        size="xs"
        aria-label="Endpoint"
        value={draft.endpoint}
        data={names.map((value) => ({ value, label: value, title: JOB_ENDPOINTS[value].path }))}
        onChange={({ currentTarget }) =>
          onChange({ endpoint: names.find((name) => name === currentTarget.value) ?? 'long-task' })
        }
      />
      {draft.endpoint === 'long-task' && (
        <NumberField
          label="Steps"
          width={44}
          value={draft.steps}
          error={errors.steps}
          onChange={(steps) => onChange({ steps })}
        />
      )}
      <NumberField
        label="Delay ms"
        width={52}
        value={draft.delay}
        error={errors.delay}
        onChange={(delay) => onChange({ delay })}
      />
    </>
  );
}

import { NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { Endpoint } from '../../contract/endpoint.ts';
import { formatCount } from '../../ui/format.ts';
import { type ParameterField, parameterFields } from './endpoint-fields.ts';
import { useInspectorDraft } from './inspector-draft.ts';
import classes from './request-form.module.css';

interface ParameterInputsProps {
  readonly endpoint: Endpoint;
  readonly errors: Readonly<Record<string, string>>;
}

/** A field a parameter, made from the endpoint's schema. Blank is the default, which stands in it faintly. */
export function ParameterInputs({ endpoint, errors }: ParameterInputsProps) {
  const fields = useMemo(() => parameterFields(endpoint), [endpoint]);
  if (fields.length === 0) return null;
  return (
    <fieldset className={classes.parameters}>
      <legend className={classes.legend}>Parameters</legend>
      {fields.map((field) => (
        <ParameterInput key={field.name} field={field} error={errors[field.name]} />
      ))}
    </fieldset>
  );
}

function ParameterInput({ field, error }: { field: ParameterField; error: string | undefined }) {
  const { draft, setValue } = useInspectorDraft();
  const value = draft.values[draft.endpoint ?? '']?.[field.name] ?? '';
  const { name, kind, fallback } = field;
  if (kind === 'choice') {
    const blank = { value: '', label: fallback === '' ? 'not sent' : `${fallback} (default)` };
    return (
      <NativeSelect
        size="xs"
        label={name}
        title={field.description}
        value={value}
        error={error}
        data={[blank, ...field.choices]}
        onChange={(event) => setValue(name, event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      label={name}
      title={[field.description, boundsOf(field)].filter(Boolean).join('. ')}
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      maxLength={8_000}
      placeholder={fallback === '' ? 'not sent' : fallback}
      value={value}
      error={error}
      onChange={(event) => setValue(name, event.currentTarget.value)}
    />
  );
}

function boundsOf({ min, max }: ParameterField): string {
  return min !== null && max !== null ? `From ${formatCount(min)} to ${formatCount(max)}` : '';
}

import { TextInput } from '@mantine/core';
import { useId } from 'react';
import classes from './number-field.module.css';

interface NumberFieldProps {
  readonly label: string;
  /** As typed: a wrong number stays to be mended. */
  readonly value: string;
  /** What is wrong with it, in words. */
  readonly error: string | null;
  readonly width?: number;
  readonly onChange: (text: string) => void;
}

/** A number with its name before it and what is wrong with it behind it. */
export function NumberField({ label, value, error, width = 76, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        size="xs"
        w={width}
        inputMode="numeric"
        autoComplete="off"
        value={value}
        error={error !== null}
        aria-describedby={error === null ? undefined : `${id}-reason`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {error !== null && (
        <span id={`${id}-reason`} className={classes.reason}>
          {error}
        </span>
      )}
    </div>
  );
}

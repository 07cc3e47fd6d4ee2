import { Button, TextInput } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { type FormEvent, memo, useState } from 'react';
import classes from './fault-menu.module.css';
import { Flyout } from './flyout.tsx';
import type { FaultControl, FaultOption } from './readings.ts';

/** Makes a panel's stream misbehave on purpose, so that a person can watch what happens and what the client does about it. */
export const FaultMenu = memo(function FaultMenu({ options, check, value, onChange }: FaultControl) {
  const on = itemsOf(value).length;
  return (
    <Flyout
      label={on > 0 ? `Faults: ${value}` : 'Faults'}
      title="Make this stream misbehave"
      width={340}
      buttonClassName={on > 0 ? classes.buttonOn : classes.button}
      face={
        <>
          <IconBolt size={14} aria-hidden="true" />
          {on > 0 && on}
        </>
      }
    >
      {(close) => (
        <FaultForm
          options={options}
          check={check}
          value={value}
          onChange={(next) => {
            close();
            onChange(next);
          }}
        />
      )}
    </Flyout>
  );
});

function FaultForm({ options, check, value, onChange }: FaultControl) {
  const [text, setText] = useState(value);
  const error = text.trim() === '' ? null : check(text);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (error === null) onChange(text.trim());
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <p className={classes.title}>Make this stream misbehave</p>
      <ul className={classes.options}>
        {options.map((option) => (
          <FaultRow key={option.name} option={option} text={text} onToggle={setText} />
        ))}
      </ul>
      <TextInput
        size="xs"
        label="fault="
        value={text}
        error={error}
        spellCheck={false}
        autoComplete="off"
        placeholder="drop@20,delay:500"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="compact-sm" disabled={error !== null}>
          Apply faults
        </Button>
        <Button size="compact-sm" variant="default" disabled={value === ''} onClick={() => onChange('')}>
          No faults
        </Button>
      </div>
    </form>
  );
}

interface FaultRowProps {
  readonly option: FaultOption;
  readonly text: string;
  readonly onToggle: (text: string) => void;
}

function FaultRow({ option, text, onToggle }: FaultRowProps) {
  const items = itemsOf(text);
  const isThis = (item: string) => item.split(/[@:]/)[0] === option.name;
  const on = items.some(isThis);
  const toggled = on ? items.filter((item) => !isThis(item)) : [...items, option.example];
  return (
    <li>
      <label className={classes.option} title={`What one sees: ${option.seen}`}>
        <input type="checkbox" checked={on} onChange={() => onToggle(toggled.join(','))} />
        <span>
          <span className={classes.label}>{option.label}</span> <code>{option.example}</code>
          <span className={classes.does}>{option.does}</span>
        </span>
      </label>
    </li>
  );
}

const itemsOf = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

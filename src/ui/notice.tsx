import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  readonly tone: 'failed' | 'warn' | 'calm';
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

/** A clear word in the panel concerned: what is wrong, and what to do. */
export function Notice({ tone, title, children, action }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'failed' ? 'alert' : undefined}>
      <div className={classes.words}>
        <strong>{title}</strong>
        {children !== undefined && <div className={classes.advice}>{children}</div>}
      </div>
      {action && (
        <Button size="compact-xs" variant="default" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

import { ActionIcon } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import { memo, type ReactNode, useEffect } from 'react';
import { ConnectionBadge } from './connection-badge.tsx';
import { FaultMenu } from './fault-menu.tsx';
import { Notice } from './notice.tsx';
import classes from './panel-frame.module.css';
import type { ConnectionReadings, FailureWords, NewestWire, PanelView } from './readings.ts';
import { WireStrip } from './wire-strip.tsx';

interface PanelFrameProps {
  readonly title: string;
  readonly view: PanelView;
  readonly connection: ConnectionReadings;
  /** Of a stream that is drawn seldomer than it comes. */
  readonly newestWire?: NewestWire | undefined;
  /** Said above the content, which stays. */
  readonly failure?: FailureWords | null | undefined;
  readonly onRetry?: (() => void) | undefined;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** A second row: what to ask for. */
  readonly toolbar?: ReactNode;
  readonly children: ReactNode;
}

/** The frame that every panel has: one stream seen twice, its data in the middle and its wire at the foot. */
export function PanelFrame(props: PanelFrameProps) {
  const { title, view, connection, failure, onRetry, actions, toolbar, children } = props;
  const { status, retryAtMs, waitingFor } = connection.state;
  useEscape(view.expanded, view.onToggleExpanded);
  return (
    <section className={classes.panel} aria-label={title} data-expanded={view.expanded} data-status={status}>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        <ConnectionBadge status={status} retryAtMs={retryAtMs} waitingFor={waitingFor} />
        <div className={classes.actions}>
          {actions}
          {view.faults && <FaultMenu {...view.faults} />}
          <ExpandButton expanded={view.expanded} onToggle={view.onToggleExpanded} />
        </div>
      </header>
      {toolbar !== undefined && <div className={classes.toolbar}>{toolbar}</div>}
      <div className={classes.body}>
        {failure && (
          <Notice
            tone={status === 'reconnecting' || status === 'connecting' ? 'warn' : 'failed'}
            title={failure.title}
            {...(onRetry && status === 'failed' && { action: { label: 'Retry', onClick: onRetry } })}
          >
            {failure.advice}
          </Notice>
        )}
        {connection.lastMalformed && (
          <Notice tone="warn" title={`A message could not be read: ${connection.lastMalformed.reason}`}>
            <code className={classes.sample}>{connection.lastMalformed.sample}</code>
          </Notice>
        )}
        {children}
      </div>
      <WireStrip wire={connection.wire} status={status} newestWire={props.newestWire} />
    </section>
  );
}

const ExpandButton = memo(function ExpandButton({ expanded, onToggle }: ExpandButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={expanded ? 'Back to the grid' : 'Full view'}
      title={expanded ? 'Back to the grid (Esc)' : 'Full view'}
      onClick={onToggle}
    >
      {expanded ? <IconArrowsDiagonalMinimize2 size={15} /> : <IconArrowsDiagonal size={15} />}
    </ActionIcon>
  );
});

interface ExpandButtonProps {
  readonly expanded: boolean;
  readonly onToggle: () => void;
}

function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent) => {
      // An open flyout is what Escape closes first.
      const flyout = document.querySelector(':popover-open');
      if (event.key === 'Escape' && !event.defaultPrevented && flyout === null) onEscape();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [active, onEscape]);
}

import { ActionIcon, Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { ConnectionStatus } from './readings.ts';
import classes from './stream-controls.module.css';

interface StreamControlsProps {
  readonly status: ConnectionStatus;
  /** Whether what is seen stands still, whatever becomes of the connection under it. */
  readonly frozen?: boolean;
  readonly onStart: () => void;
  readonly onStop: () => void;
  /** Left out where a stream can't be paused. */
  readonly onPause?: () => void;
  readonly onResume?: () => void;
  /** Left out where a new try makes no sense. */
  readonly onReconnect?: () => void;
}

/** Start, Pause, Resume, Stop, Reconnect now: those that make sense in this status. */
export const StreamControls = memo(function StreamControls({
  status,
  frozen = status === 'paused',
  onStart,
  onStop,
  onPause,
  onResume,
  onReconnect,
}: StreamControlsProps) {
  const atRest = status === 'idle' || status === 'ended' || status === 'failed';
  const flowing = status === 'live' || status === 'stalled';
  return (
    <>
      {atRest && <PrimaryVerb verb="Start" icon={<IconPlayerPlay size={13} />} onClick={onStart} />}
      {(status === 'reconnecting' || status === 'stalled') && onReconnect && (
        <Verb verb="Reconnect now" icon={<IconRefresh size={15} />} onClick={onReconnect} />
      )}
      {flowing && !frozen && onPause && (
        <Verb verb="Pause" icon={<IconPlayerPause size={15} />} onClick={onPause} />
      )}
      {frozen && !atRest && onResume && (
        <Verb verb="Resume" icon={<IconPlayerPlay size={15} />} onClick={onResume} />
      )}
      {!atRest && <Verb verb="Stop" icon={<IconPlayerStop size={15} />} onClick={onStop} />}
    </>
  );
});

/** The verb that begins it, with its word: what a person looks for first. */
export function PrimaryVerb({ verb, icon, onClick }: VerbProps) {
  return (
    <Button
      className={classes.primary ?? ''}
      size="compact-xs"
      variant="default"
      leftSection={icon}
      onClick={onClick}
    >
      {verb}
    </Button>
  );
}

interface VerbProps {
  readonly verb: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

export function Verb({ verb, icon, onClick }: VerbProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={verb} title={verb} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
}

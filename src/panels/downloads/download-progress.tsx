import { Button } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { formatBytes, formatDuration } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import classes from './download-progress.module.css';
import type { DownloadChoice } from './downloads-settings.ts';
import { type DownloadState, MAX_KEPT_BYTES, meanBytesPerSecond, timeLeftMs } from './downloads-store.ts';
import { saveFile } from './save-file.ts';

/** How much came, how fast, and how long the rest takes. */
export function DownloadProgress({ state, choice }: { state: DownloadState; choice: DownloadChoice }) {
  const { receivedBytes, totalBytes, connection } = state;
  const { status } = connection.state;
  const complete = connection.state.status === 'ended' && connection.state.reason === 'complete';
  const missing = complete ? missingBytes(state, choice) : null;
  return (
    <div className={classes.progress}>
      <p className={classes.figures}>
        <strong className={classes.received}>{formatBytes(receivedBytes)}</strong>{' '}
        <span>{totalBytes === null ? lengthWords(complete, missing) : `of ${formatBytes(totalBytes)}`}</span>
        <span className={classes.speed}>{speedWords(state)}</span>
      </p>
      <ProgressBar
        label="Download"
        value={receivedBytes}
        max={totalBytes ?? (missing !== null ? choice.query.size : complete ? receivedBytes : null) ?? null}
        tone={status === 'failed' ? 'failed' : 'accent'}
      />
      <p className={classes.foot}>
        <span>{footWords(state, missing)}</span>
        {complete && <SaveButton state={state} choice={choice} />}
      </p>
    </div>
  );
}

/** Where no length is said, how much less came than was asked for; null where nothing is known to be missing. */
function missingBytes(
  { receivedBytes, totalBytes }: DownloadState,
  { query }: DownloadChoice,
): number | null {
  const { size } = query;
  return totalBytes === null && size !== undefined && receivedBytes < size ? size - receivedBytes : null;
}

function lengthWords(complete: boolean, missing: number | null): string {
  if (!complete) return 'of a length that is not said';
  if (missing === null) return 'whole';
  return `${formatBytes(missing)} less than was asked for: there may be no more, or it was cut`;
}

function speedWords(state: DownloadState): string {
  const flowing = state.connection.state.status === 'live';
  const speed = flowing ? state.connection.wire.bytesPerSecond : meanBytesPerSecond(state);
  return speed === null ? '' : `${formatBytes(speed)}/s`;
}

function footWords(state: DownloadState, missing: number | null): string {
  const { connection, startedAtMs, lastByteAtMs } = state;
  switch (connection.state.status) {
    case 'ended': {
      if (connection.state.reason === 'stopped') return 'Cancelled';
      return startedAtMs !== null && lastByteAtMs !== null
        ? `${missing === null ? 'Done in' : 'Ended after'} ${formatDuration(lastByteAtMs - startedAtMs)}`
        : 'Done';
    }
    case 'paused':
      return 'Paused: not reading, so the server waits';
    case 'failed':
      return 'Cut off';
    default: {
      const leftMs = timeLeftMs(state);
      return leftMs === null ? '' : `about ${formatDuration(leftMs)} left`;
    }
  }
}

function SaveButton({ state, choice }: { state: DownloadState; choice: DownloadChoice }) {
  if (state.kept === 'too-large') {
    return (
      <span title="The page's memory stays bounded">over {formatBytes(MAX_KEPT_BYTES)}: read, not kept</span>
    );
  }
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconDeviceFloppy size={13} />}
      onClick={() => saveFile(state.parts, choice)}
    >
      Save
    </Button>
  );
}

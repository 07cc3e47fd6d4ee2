import { NativeSelect } from '@mantine/core';
import {
  IconDownload,
  IconFileDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget, ConnectionStatus } from '../../streams/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import { PrimaryVerb, Verb } from '../../ui/stream-controls.tsx';
import { DownloadProgress } from './download-progress.tsx';
import {
  choiceById,
  DOWNLOAD_RATES,
  type DownloadRate,
  downloadChoices,
  useDownloadSettings,
} from './downloads-settings.ts';
import { isEmpty } from './downloads-store.ts';
import { PictureBuildingUp } from './picture-building-up.tsx';
import { useDownloads } from './use-downloads.ts';

export function DownloadsPanel({ target, view }: { target: BackendTarget; view: PanelView }) {
  const { state, choice, controls } = useDownloads(target);
  const { status } = state.connection.state;
  const started = choice !== null && status !== 'idle';
  return (
    <PanelFrame
      title="File download"
      view={view}
      connection={state.connection}
      failure={describeFailure(state.connection.state)}
      onRetry={controls.onDownload}
      actions={<DownloadControls status={status} {...controls} />}
      toolbar={<DownloadToolbar />}
    >
      {!started && (
        <EmptyState icon={<IconFileDownload size={34} stroke={1.25} />} title="Nothing downloaded yet">
          Pick a picture to see it build up, or a file to see its speed.
        </EmptyState>
      )}
      {isEmpty(state) && (
        <Notice tone="warn" title="The file is empty">
          The backend ended its answer without a byte.
        </Notice>
      )}
      {started && choice.kind === 'picture' && !isEmpty(state) && (
        <PictureBuildingUp parts={state.parts} title={choice.label} />
      )}
      {started && <DownloadProgress state={state} choice={choice} />}
    </PanelFrame>
  );
}

interface DownloadControlsProps {
  readonly status: ConnectionStatus;
  readonly onDownload: () => void;
  readonly onCancel: () => void;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onReconnect: () => void;
}

function DownloadControls(props: DownloadControlsProps) {
  const { status, onDownload, onCancel, onPause, onResume, onReconnect } = props;
  const flowing = status === 'live' || status === 'stalled';
  const atRest = status === 'idle' || status === 'ended' || status === 'failed';
  if (atRest) return <PrimaryVerb verb="Download" icon={<IconDownload size={13} />} onClick={onDownload} />;
  return (
    <>
      {status === 'reconnecting' && (
        <Verb verb="Reconnect now" icon={<IconRefresh size={15} />} onClick={onReconnect} />
      )}
      {flowing && <Verb verb="Pause" icon={<IconPlayerPause size={15} />} onClick={onPause} />}
      {status === 'paused' && <Verb verb="Resume" icon={<IconPlayerPlay size={15} />} onClick={onResume} />}
      <Verb verb="Cancel" icon={<IconX size={15} />} onClick={onCancel} />
    </>
  );
}

const rateLabel = (rate: DownloadRate) =>
  rate === 'default' ? 'Own pace' : `${formatBytes(Number(rate))}/s`;

function DownloadToolbar() {
  const { choiceId, rate, change } = useDownloadSettings();
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="What to download"
        value={choiceById(choiceId).id}
        data={downloadChoices.map(({ id, label }) => ({ value: id, label }))}
        onChange={(event) => change({ choiceId: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label="Speed limit"
        value={rate}
        data={DOWNLOAD_RATES.map((value) => ({ value, label: rateLabel(value) }))}
        onChange={(event) =>
          change({ rate: DOWNLOAD_RATES.find((each) => each === event.currentTarget.value) ?? 'default' })
        }
      />
    </>
  );
}

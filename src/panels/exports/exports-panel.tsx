import { NativeSelect } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import { StreamControls } from '../../ui/stream-controls.tsx';
import { useThrottled } from '../../ui/use-throttled.ts';
import { ExportProgress } from './export-progress.tsx';
import { ExportTable } from './export-table.tsx';
import {
  EXPORT_FORMATS,
  EXPORT_RATES,
  exportFormats,
  rowsError,
  useExportSettings,
} from './exports-settings.ts';
import { endedEarly } from './exports-store.ts';
import { useExports } from './use-exports.ts';

const REDRAW_MS = 100;

export function ExportsPanel({ target, view }: { target: BackendTarget; view: PanelView }) {
  const { state, requested, controls } = useExports(target);
  // Once a row came, asking again would bring it again.
  const { onReconnect, ...verbs } = controls;
  const { status } = state.connection.state;
  const shown = useThrottled(state, REDRAW_MS, status);
  return (
    <PanelFrame
      title="Data export"
      view={view}
      connection={shown.connection}
      failure={describeFailure(state.connection.state)}
      onRetry={controls.onStart}
      actions={
        <StreamControls status={status} {...verbs} {...(status === 'reconnecting' && { onReconnect })} />
      }
      toolbar={<ExportToolbar />}
    >
      {shown.rows === 0 ? (
        <NoRows status={status} />
      ) : (
        <>
          <ExportProgress state={shown} requestedRows={requested?.rows ?? null} />
          {requested && endedEarly(state, requested.rows) && (
            <Notice
              tone="warn"
              title={`The stream ended after ${formatCount(state.rows)} of ${formatCount(requested.rows)} rows.`}
            >
              The backend may hold no more, or the stream was cut.
            </Notice>
          )}
          <ExportTable columns={shown.columns} preview={shown.preview} />
        </>
      )}
    </PanelFrame>
  );
}

function NoRows({ status }: { status: string }) {
  if (status === 'idle') {
    return (
      <EmptyState icon={<IconTable size={34} stroke={1.25} />} title="Nothing exported yet">
        Start an export: its rows appear here as they are read from the database.
      </EmptyState>
    );
  }
  const ended = status === 'ended';
  return (
    <EmptyState
      icon={<IconTable size={34} stroke={1.25} />}
      title={ended ? 'No rows came' : 'Waiting for the first row'}
    >
      {ended
        ? 'The answer was empty, or was stopped before its first row.'
        : 'The first use of the database takes a few seconds.'}
    </EmptyState>
  );
}

function ExportToolbar() {
  const { format, rows, rate, change } = useExportSettings();
  return (
    <>
      <NativeSelect
        size="xs"
        w={90}
        aria-label="Format"
        value={format}
        data={EXPORT_FORMATS.map((value) => ({ value, label: exportFormats[value].label }))}
        onChange={(event) =>
          change({ format: EXPORT_FORMATS.find((each) => each === event.currentTarget.value) ?? 'csv' })
        }
      />
      <NumberField
        label="Rows"
        width={54}
        value={rows}
        error={rowsError(rows)}
        onChange={(text) => change({ rows: text })}
      />
      <NativeSelect
        size="xs"
        w={100}
        aria-label="Rows a second"
        value={rate}
        data={EXPORT_RATES.map((each) => ({
          value: String(each),
          label: each === 0 ? 'Full speed' : `${formatCount(each)}/s`,
        }))}
        onChange={(event) =>
          change({ rate: EXPORT_RATES.find((each) => String(each) === event.currentTarget.value) ?? 0 })
        }
      />
    </>
  );
}

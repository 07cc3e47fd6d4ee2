import { ActionIcon, Button } from '@mantine/core';
import { IconPlayerStop, IconTerminal2, IconTrash, IconZoomScan } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackendTarget } from '../../streams/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import { curlCommand } from './curl.ts';
import { useInspectorDraft } from './inspector-draft.ts';
import { inspectorFailure } from './inspector-failure.ts';
import classes from './inspector-panel.module.css';
import { type ReadDraft, readDraft } from './read-draft.ts';
import { RequestForm } from './request-form.tsx';
import { ResponseView } from './response-view.tsx';
import { useInspector } from './use-inspector.ts';

export function InspectorPanel({ target, view }: { target: BackendTarget; view: PanelView }) {
  const draft = useInspectorDraft((store) => store.draft);
  const { state, asksAgain, controls } = useInspector(target);
  const read = readDraft(draft, target, window.location.href);
  const { status } = state.connection.state;
  const open = status === 'connecting' || status === 'live' || status === 'stalled';
  const submit = () => {
    if (read.inspection) controls.onInspect(read.inspection);
  };

  return (
    <PanelFrame
      title="Inspector"
      view={view}
      connection={state.connection}
      failure={inspectorFailure(state.connection.state, state.inspection?.request, {
        pageOrigin: window.location.origin,
        answered: state.headersMs !== null,
        asksAgain,
      })}
      onRetry={submit}
      actions={
        <>
          <CopyAsCurl read={read} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label="Clear"
            title="Clear"
            onClick={controls.onClear}
          >
            <IconTrash size={15} />
          </ActionIcon>
          {open && (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconPlayerStop size={13} />}
              onClick={controls.onStop}
            >
              Stop
            </Button>
          )}
          <Button size="compact-xs" variant="light" disabled={read.inspection === null} onClick={submit}>
            Inspect
          </Button>
        </>
      }
    >
      <div className={classes.columns} data-expanded={view.expanded}>
        <div className={classes.request}>
          <RequestForm read={read} onSubmit={submit} />
        </div>
        {state.inspection === null ? (
          <EmptyState icon={<IconZoomScan size={36} stroke={1.25} />} title="Nothing inspected yet">
            Choose an endpoint or enter any URL, and Inspect: every chunk is shown with the time at which it
            came, and what it was read as.
          </EmptyState>
        ) : (
          <ResponseView key={state.connection.wire.requestedAtMs ?? 0} state={state} />
        )}
      </div>
    </PanelFrame>
  );
}

type Copied = 'no' | 'yes' | 'refused';
const copyWords: Record<Copied, string> = { no: 'curl', yes: 'Copied', refused: 'Not allowed' };

function CopyAsCurl({ read: { inspection } }: { read: ReadDraft }) {
  const [copied, setCopied] = useState<Copied>('no');
  const copy = () => {
    if (!inspection) return;
    // Without a secure context there is no clipboard, and a browser may refuse it.
    const written = navigator.clipboard?.writeText(curlCommand(inspection.request)) ?? Promise.reject();
    written.then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      aria-label="Copy as curl"
      title="Copy this request as a curl command"
      disabled={inspection === null}
      leftSection={<IconTerminal2 size={14} />}
      onClick={copy}
      onBlur={() => setCopied('no')}
    >
      {copyWords[copied]}
    </Button>
  );
}

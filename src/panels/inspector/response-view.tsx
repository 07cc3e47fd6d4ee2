import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { ArrivalChart } from './arrival-chart.tsx';
import { MAX_CHUNKS, MAX_HELD_BYTES } from './capture.ts';
import { ChunkTable } from './chunk-table.tsx';
import { ChunkDetail, MessageDetail } from './detail-pane.tsx';
import { HeaderTable } from './header-table.tsx';
import type { InspectorState } from './inspector-store.ts';
import { MessageTable } from './message-table.tsx';
import { ResponseFacts } from './response-facts.tsx';
import classes from './response-view.module.css';

const VIEWS = ['chunks', 'messages', 'headers'] as const;
type View = (typeof VIEWS)[number];

/** What came back: status and totals, the curve of arrivals, and each chunk, message and header. */
export function ResponseView({ state }: { state: InspectorState }) {
  const [view, setView] = useState<View>('chunks');
  const { capture, connection } = state;
  const { wire } = connection;
  const labels: Record<View, string> = {
    chunks: `Chunks ${formatCount(capture.chunks.end)}`,
    messages: `Messages ${formatCount(capture.messages.end)}`,
    headers: `Headers ${wire.response ? wire.response.headers.length : ''}`.trim(),
  };
  return (
    <div className={classes.response}>
      <ResponseFacts state={state} />
      <ArrivalChart
        curve={capture.curve}
        unit={wire.seesBytes ? 'bytes' : 'messages'}
        headersMs={state.headersMs}
        endMs={state.durationMs}
      />
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Show"
          value={view}
          data={VIEWS.map((value) => ({ value, label: labels[value] }))}
          onChange={(value) => setView(VIEWS.find((each) => each === value) ?? 'chunks')}
        />
        <LetGo state={state} />
      </div>
      <Rows state={state} view={view} />
    </div>
  );
}

function Rows({ state, view }: { state: InspectorState; view: View }) {
  const { capture, version, connection } = state;
  const [chosen, setChosen] = useState<{ readonly view: View; readonly number: number } | null>(null);
  const number = chosen?.view === view ? chosen.number : null;
  const onChoose = (next: number) => setChosen({ view, number: next });
  const onClose = () => setChosen(null);
  const shared = { capture, version, chosen: number, onChoose };
  switch (view) {
    case 'chunks':
      return (
        <div className={classes.rows}>
          <ChunkTable {...shared} seesBytes={connection.wire.seesBytes} />
          {number !== null && <ChunkDetail capture={capture} number={number} onClose={onClose} />}
        </div>
      );
    case 'messages':
      return (
        <div className={classes.rows}>
          <MessageTable {...shared} />
          {number !== null && <MessageDetail capture={capture} number={number} onClose={onClose} />}
        </div>
      );
    case 'headers':
      return (
        <HeaderTable
          response={connection.wire.response}
          native={state.inspection?.transport === 'EventSource'}
        />
      );
  }
}

/** What the bounds have cost, never silently. */
function LetGo({ state: { capture, connection } }: { state: InspectorState }) {
  const { chunks, bytes } = capture;
  const withoutBytes = connection.wire.seesBytes ? chunks.size - bytes.size : 0;
  const words = [
    chunks.dropped > 0 &&
      `${formatCount(chunks.dropped)} chunks let go (the last ${formatCount(MAX_CHUNKS)} are kept)`,
    withoutBytes > 0 &&
      `the bytes of ${formatCount(withoutBytes)} more let go (the last ${formatBytes(MAX_HELD_BYTES)} are kept)`,
  ].filter(Boolean);
  return words.length > 0 && <span className={classes.letGo}>{words.join('; ')}</span>;
}

import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { type MouseEventHandler, memo, useCallback, useRef } from 'react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget, ConnectionState } from '../../streams/types.ts';
import { formatCount } from '../../ui/format.ts';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { FailureWords, PanelView } from '../../ui/readings.ts';
import { StreamControls } from '../../ui/stream-controls.tsx';
import { useLate } from '../../ui/use-late.ts';
import { handOnFocus, type Press } from './hand-on-focus.ts';
import type { TimeRange } from './log-filter.ts';
import { LogHistogramStrip } from './log-histogram-strip.tsx';
import { LogList } from './log-list.tsx';
import classes from './logs-panel.module.css';
import { useLogsSettings } from './logs-settings.ts';
import { behindBy, type LogsState, shownConnection } from './logs-store.ts';
import { LogsToolbar } from './logs-toolbar.tsx';
import { NoLines } from './no-lines.tsx';
import { useLinesOut } from './use-lines-out.ts';
import { useLogFilter } from './use-log-filter.ts';
import { useLogSearch } from './use-log-search.ts';
import { useLogs } from './use-logs.ts';

export function LogsPanel({ target, view }: { target: BackendTarget; view: PanelView }) {
  const wrap = useLogsSettings((settings) => settings.wrap);
  const source = useLogsSettings((settings) => settings.source);
  const filtering = useLogFilter(target, source);
  const { filter, chosen, error, context, change, setFailed, forgetLines, showContext, leaveContext } =
    filtering;
  const { state, store, controls, newestWire } = useLogs(target, filter);
  const find = useLogSearch(store, state, filtering.expecting, setFailed);
  const { onCopyRow, outcome, ...linesOut } = useLinesOut(store);
  const connection = shownConnection(state);
  const { onClear: clearLines } = controls;
  const onClear = useCallback(() => {
    clearLines();
    forgetLines();
  }, [clearLines, forgetLines]);
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLElement>(null);
  const onContext = useCallback(
    (position: number, press: Press) => {
      handOnFocus(press, list.current);
      showContext(position);
    },
    [showContext],
  );
  const onRange = useCallback((range: TimeRange | null) => change({ range }), [change]);

  return (
    <PanelFrame
      title="Live logs"
      view={view}
      connection={connection}
      newestWire={newestWire}
      failure={logsFailure(connection.state, source)}
      onRetry={controls.onStart}
      actions={
        <>
          <StreamControls status={connection.state.status} frozen={state.later !== null} {...controls} />
          <ClearButton onClear={onClear} />
        </>
      }
      toolbar={
        <LogsToolbar
          state={state}
          searchField={searchField}
          chosen={chosen}
          error={error}
          onRetry={filtering.onRetry}
          onChange={change}
          {...linesOut}
        />
      }
    >
      <LogHistogramStrip book={state.book} version={state.version} range={chosen.range} onRange={onRange} />
      {context?.open && (
        <ContextBar
          onLeave={(event) => {
            handOnFocus(event, list.current);
            leaveContext();
          }}
        />
      )}
      <div className={classes.lines}>
        <LogList
          state={state}
          wrap={wrap}
          find={find}
          anchor={context}
          scroller={list}
          onContext={state.matches.filtering ? onContext : null}
          onCopy={onCopyRow}
        />
        {state.matches.count === 0 && (
          <div className={classes.none}>
            <NoLines
              state={state}
              onShowAll={(event) => {
                handOnFocus(event, searchField.current);
                filtering.showAll();
              }}
            />
          </div>
        )}
      </div>
      <Tally state={state} outcome={outcome} />
    </PanelFrame>
  );
}

const ClearButton = memo(function ClearButton({ onClear }: { onClear: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Clear" title="Clear" onClick={onClear}>
      <IconTrash size={15} />
    </ActionIcon>
  );
});

/** A source that this backend does not have is the one failure that this panel knows more about. */
function logsFailure(state: ConnectionState, source: string): FailureWords | null {
  const words = describeFailure(state);
  if (words === null || state.status !== 'failed' || source !== 'file') return words;
  if (state.failure.status !== 422 && state.failure.status !== 404) return words;
  return {
    title: 'This backend follows no log file',
    advice: 'Start it with LOG_FILE set to the path of the file to follow, or choose another source.',
  };
}

function ContextBar({ onLeave }: { onLeave: MouseEventHandler }) {
  return (
    <div className={classes.context}>
      All lines around the one chosen
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconArrowLeft size={13} aria-hidden="true" />}
        onClick={onLeave}
      >
        Back to the filter
      </Button>
    </div>
  );
}

/** A search that takes longer is said to be under way. */
const SAID_AFTER_MS = 150;

/**
 * How much is held, shown and gone, and what came of the last Copy or Save: always one line, so that nothing moves.
 */
function Tally({ state, outcome }: { state: LogsState; outcome: string }) {
  const { matches, book } = state;
  const behind = behindBy(state);
  const searching = useLate(state.nextMatches !== null, SAID_AFTER_MS);
  const held = formatCount(book.rows.size);
  return (
    <div className={classes.tally}>
      <span>{matches.filtering ? `${formatCount(matches.count)} of ${held} lines` : `${held} lines`}</span>
      {searching && <span>Searching…</span>}
      {book.rows.dropped > 0 && (
        <span className={classes.gone}>{formatCount(book.rows.dropped)} older ones dropped</span>
      )}
      <span role="status" aria-label="Lines copied or saved" className={classes.outcome} title={outcome}>
        {outcome}
      </span>
      {behind !== null && (
        <span className={classes.behind}>
          View paused, {formatCount(behind)} {behind === 1 ? 'line' : 'lines'} behind
        </span>
      )}
    </div>
  );
}

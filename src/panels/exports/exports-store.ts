import { foldConnection, initialConnectionView } from '../../streams/connection-view.ts';
import type { ConnectionView, StreamEvent } from '../../streams/types.ts';

/** One exported row, whatever its columns. */
export type ExportRow = Readonly<Record<string, unknown>>;

export interface NumberedRow {
  /** 1 for the first row of the export. */
  readonly number: number;
  readonly row: ExportRow;
}

export interface ExportState {
  readonly connection: ConnectionView;
  /** The columns of the first row, in its order. */
  readonly columns: readonly string[];
  /** The newest rows, newest first: a bounded preview. */
  readonly preview: readonly NumberedRow[];
  readonly rows: number;
  readonly startedAtMs: number | null;
  readonly lastRowAtMs: number | null;
}

/** How many rows the preview keeps. */
export const PREVIEW_ROWS = 60;

export const initialExport: ExportState = {
  connection: initialConnectionView,
  columns: [],
  preview: [],
  rows: 0,
  startedAtMs: null,
  lastRowAtMs: null,
};

/** Folds a frame's events. Cost: the preview alone, however many rows came. */
export function applyExport(state: ExportState, events: readonly StreamEvent<ExportRow>[]): ExportState {
  let { rows, columns, startedAtMs, lastRowAtMs } = state;
  let newest: NumberedRow[] = [];
  for (const event of events) {
    if (event.type === 'request') startedAtMs = event.atMs;
    if (event.type !== 'chunk' || event.messages.length === 0) continue;
    const { messages } = event;
    if (columns.length === 0) columns = Object.keys(messages[0]?.value ?? {});
    const tail = messages.slice(-PREVIEW_ROWS);
    const firstNumber = rows + messages.length - tail.length + 1;
    newest = [
      ...newest,
      ...tail.map(({ value }, index) => ({ number: firstNumber + index, row: value })),
    ].slice(-PREVIEW_ROWS);
    rows += messages.length;
    lastRowAtMs = event.atMs;
  }
  return {
    connection: foldConnection(state.connection, events),
    columns,
    preview:
      newest.length === 0 ? state.preview : [...newest.reverse(), ...state.preview].slice(0, PREVIEW_ROWS),
    rows,
    startedAtMs,
    lastRowAtMs,
  };
}

/** Rows a second from the request to the last row; null before there are two times to divide by. */
export function meanRowsPerSecond({ rows, startedAtMs, lastRowAtMs }: ExportState): number | null {
  if (startedAtMs === null || lastRowAtMs === null || lastRowAtMs <= startedAtMs) return null;
  return (rows / (lastRowAtMs - startedAtMs)) * 1_000;
}

/** Whether a finished export has every row that was asked for. A plain backend may know better how many there are. */
export function endedEarly({ connection, rows }: ExportState, requestedRows: number): boolean {
  const { state, wire } = connection;
  // A row that could not be read came all the same.
  return state.status === 'ended' && state.reason !== 'stopped' && rows + wire.malformed < requestedRows;
}

import { type Panel, PanelCode } from './late-panel.tsx';
import { liveCodeSettled, loadLogs, loadTicker } from './live-panels.ts';
import { nextIdle } from './next-idle.ts';

export interface PanelEntry {
  readonly id: string;
  readonly title: string;
  readonly code: PanelCode;
}

/** The other panels are drawn once the live ones are there, one after the other. */
let turn: Promise<unknown> = liveCodeSettled;

function inTurn(load: () => Promise<Panel>): PanelCode {
  return new PanelCode(() => {
    const code = turn.then(idle).then(load);
    turn = Promise.race([code.catch(() => null), after(MAX_TURN_MS)]);
    return code;
  });
}

const MAX_WAIT_MS = 250;
/** One whose code hangs on its way is not waited for. */
const MAX_TURN_MS = 2_000;
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const idle = () => new Promise<void>((resolve) => nextIdle(resolve, MAX_WAIT_MS));

/** Every panel, in reading order. The grid places them by ID (`panel-grid.module.css`). */
export const panels: readonly PanelEntry[] = [
  {
    id: 'ticker',
    title: 'Stock ticker',
    code: new PanelCode(async () => (await loadTicker()).TickerPanel),
  },
  {
    id: 'logs',
    title: 'Live logs',
    code: new PanelCode(async () => (await loadLogs()).LogsPanel),
  },
  {
    id: 'chat',
    title: 'AI chat',
    code: inTurn(async () => (await import('../panels/chat/chat-panel.tsx')).ChatPanel),
  },
  {
    id: 'jobs',
    title: 'Job progress',
    code: inTurn(async () => (await import('../panels/jobs/jobs-panel.tsx')).JobsPanel),
  },
  {
    id: 'downloads',
    title: 'File download',
    code: inTurn(async () => (await import('../panels/downloads/downloads-panel.tsx')).DownloadsPanel),
  },
  {
    id: 'exports',
    title: 'Data export',
    code: inTurn(async () => (await import('../panels/exports/exports-panel.tsx')).ExportsPanel),
  },
  {
    id: 'comparison',
    title: 'Buffered vs streamed',
    code: inTurn(async () => (await import('../panels/comparison/comparison-panel.tsx')).ComparisonPanel),
  },
  {
    id: 'inspector',
    title: 'Inspector',
    code: inTurn(async () => (await import('../panels/inspector/inspector-panel.tsx')).InspectorPanel),
  },
];

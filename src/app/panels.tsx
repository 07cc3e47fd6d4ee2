import { type ComponentType, lazy } from 'react';
import { nextFrame } from '../store/next-frame.ts';
import type { BackendTarget } from '../streams/types.ts';
import type { PanelView } from '../ui/readings.ts';

/** What every panel gets from the page. */
export interface PanelProps {
  readonly target: BackendTarget;
  readonly view: PanelView;
}

export interface PanelEntry {
  readonly id: string;
  readonly title: string;
  readonly Panel: ComponentType<PanelProps>;
}

// What the page is opened for is fetched while the frame around it is drawn.
const ticker = import('../panels/ticker/ticker-panel.tsx');
const logs = import('../panels/logs/logs-panel.tsx');

/** The others take their time on the main thread once these are drawn, not before. */
const liveDrawn = Promise.allSettled([ticker, logs]).then(
  () => new Promise<void>((resolve) => nextFrame(() => setTimeout(resolve))),
);

function laterPanel(load: () => Promise<ComponentType<PanelProps>>) {
  return lazy(async () => {
    await liveDrawn;
    return { default: await load() };
  });
}

/** Every panel, in reading order. The grid places them by ID (`panel-grid.module.css`). */
export const panels: readonly PanelEntry[] = [
  {
    id: 'ticker',
    title: 'Stock ticker',
    Panel: lazy(async () => ({ default: (await ticker).TickerPanel })),
  },
  {
    id: 'logs',
    title: 'Live logs',
    Panel: lazy(async () => ({ default: (await logs).LogsPanel })),
  },
  {
    id: 'chat',
    title: 'AI chat',
    Panel: laterPanel(async () => (await import('../panels/chat/chat-panel.tsx')).ChatPanel),
  },
  {
    id: 'jobs',
    title: 'Job progress',
    Panel: laterPanel(async () => (await import('../panels/jobs/jobs-panel.tsx')).JobsPanel),
  },
  {
    id: 'downloads',
    title: 'File download',
    Panel: laterPanel(async () => (await import('../panels/downloads/downloads-panel.tsx')).DownloadsPanel),
  },
  {
    id: 'exports',
    title: 'Data export',
    Panel: laterPanel(async () => (await import('../panels/exports/exports-panel.tsx')).ExportsPanel),
  },
  {
    id: 'comparison',
    title: 'Buffered vs streamed',
    Panel: laterPanel(
      async () => (await import('../panels/comparison/comparison-panel.tsx')).ComparisonPanel,
    ),
  },
  {
    id: 'inspector',
    title: 'Inspector',
    Panel: laterPanel(async () => (await import('../panels/inspector/inspector-panel.tsx')).InspectorPanel),
  },
];

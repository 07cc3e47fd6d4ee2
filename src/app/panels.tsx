import { type ComponentType, lazy } from 'react';
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

/** Every panel, in reading order. The grid places them by ID (`panel-grid.module.css`). */
export const panels: readonly PanelEntry[] = [
  {
    id: 'ticker',
    title: 'Stock ticker',
    Panel: lazy(async () => ({ default: (await import('../panels/ticker/ticker-panel.tsx')).TickerPanel })),
  },
  {
    id: 'logs',
    title: 'Live logs',
    Panel: lazy(async () => ({ default: (await import('../panels/logs/logs-panel.tsx')).LogsPanel })),
  },
  {
    id: 'chat',
    title: 'AI chat',
    Panel: lazy(async () => ({ default: (await import('../panels/chat/chat-panel.tsx')).ChatPanel })),
  },
  {
    id: 'jobs',
    title: 'Job progress',
    Panel: lazy(async () => ({ default: (await import('../panels/jobs/jobs-panel.tsx')).JobsPanel })),
  },
  {
    id: 'downloads',
    title: 'File download',
    Panel: lazy(async () => ({
      default: (await import('../panels/downloads/downloads-panel.tsx')).DownloadsPanel,
    })),
  },
  {
    id: 'exports',
    title: 'Data export',
    Panel: lazy(async () => ({
      default: (await import('../panels/exports/exports-panel.tsx')).ExportsPanel,
    })),
  },
  {
    id: 'comparison',
    title: 'Buffered vs streamed',
    Panel: lazy(async () => ({
      default: (await import('../panels/comparison/comparison-panel.tsx')).ComparisonPanel,
    })),
  },
  {
    id: 'inspector',
    title: 'Inspector',
    Panel: lazy(async () => ({
      default: (await import('../panels/inspector/inspector-panel.tsx')).InspectorPanel,
    })),
  },
];

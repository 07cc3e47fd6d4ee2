import { IconChartLine } from '@tabler/icons-react';
import type { ConnectionStatus } from '../../streams/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

interface Words {
  readonly title: string;
  readonly advice: string;
}

/** What is said names a button only where that button is. */
const words: Record<ConnectionStatus, Words> = {
  idle: { title: 'No prices yet', advice: 'Start the feed to see prices here.' },
  connecting: { title: 'Waiting for the first price', advice: 'The connection is being opened.' },
  live: { title: 'Waiting for the first price', advice: 'The connection is open, and brought none so far.' },
  stalled: {
    title: 'Waiting for the first price',
    advice: 'The connection is open, and the feed is silent.',
  },
  reconnecting: {
    title: 'No prices yet',
    advice: 'The connection is gone. Prices come once it is open again.',
  },
  paused: { title: 'Paused before the first price', advice: 'Resume to see what came since.' },
  ended: { title: 'No prices came', advice: 'The feed has ended. Start it to see prices here.' },
  failed: { title: 'No prices came', advice: 'The feed failed. Start it to try again.' },
};

export function NoPrices({ status }: { status: ConnectionStatus }) {
  const { title, advice } = words[status];
  return (
    <EmptyState icon={<IconChartLine size={36} stroke={1.25} />} title={title}>
      {advice}
    </EmptyState>
  );
}

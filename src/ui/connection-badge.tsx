import { memo } from 'react';
import classes from './connection-badge.module.css';
import type { ConnectionStatus, ReconnectWait } from './readings.ts';
import { useNow } from './use-now.ts';

const words: Record<ConnectionStatus, string> = {
  idle: 'Idle',
  connecting: 'Connecting',
  live: 'Live',
  stalled: 'Stalled',
  reconnecting: 'Reconnecting',
  paused: 'Paused',
  ended: 'Ended',
  failed: 'Failed',
};

/** The status word of a connection, and beside it what the next try waits for. */
export const ConnectionBadge = memo(function ConnectionBadge({
  status,
  retryAtMs,
  waitingFor,
}: {
  status: ConnectionStatus;
  retryAtMs?: number | undefined;
  waitingFor?: ReconnectWait | undefined;
}) {
  return (
    <span className={classes.badge} data-status={status}>
      <span className={classes.dot} aria-hidden="true" />
      <span role="status" aria-label="Connection">
        {words[status]}
      </span>
      {status === 'reconnecting' && <Wait retryAtMs={retryAtMs} waitingFor={waitingFor} />}
    </span>
  );
});

interface WaitProps {
  readonly retryAtMs: number | undefined;
  readonly waitingFor: ReconnectWait | undefined;
}

function Wait({ retryAtMs, waitingFor }: WaitProps) {
  if (waitingFor === 'network') return <span className={classes.countdown}>when online</span>;
  if (retryAtMs === undefined || waitingFor === 'page') return null;
  return <Countdown toMs={retryAtMs} byBrowser={waitingFor === 'browser'} />;
}

/** A browser that reconnects by itself does not say when: it is what it took the last time, or nothing. */
function Countdown({ toMs, byBrowser }: { toMs: number; byBrowser: boolean }) {
  const nowMs = useNow(250);
  const seconds = Math.max(0, Math.ceil((toMs - nowMs) / 1_000));
  const due = byBrowser ? 'by the browser' : 'now';
  const wait = byBrowser ? `by the browser, in about ${seconds} s` : `in ${seconds} s`;
  return <span className={classes.countdown}>{seconds === 0 ? due : wait}</span>;
}

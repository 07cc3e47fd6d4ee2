import { IconPlugConnected } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { pageConnections } from '../streams/connection-slots.ts';
import { Flyout } from '../ui/flyout.tsx';
import { formatDuration } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import classes from './connections-held.module.css';

/** HTTP/1.1 gives a browser six connections per origin: which long-lived ones all its tabs hold, and what waits for one. */
export function ConnectionsHeld() {
  const { held, waiting, limit } = useSyncExternalStore(pageConnections.subscribe, pageConnections.snapshot);
  return (
    <Flyout
      label={`Connections: ${held.length} of ${limit} held, ${waiting.length} waiting`}
      title="Long-lived connections that this browser holds"
      width={280}
      buttonClassName={classes.button}
      face={
        <>
          <IconPlugConnected size={15} aria-hidden="true" />
          {held.length}/{limit}
          {waiting.length > 0 && <span className={classes.waiting}>+{waiting.length}</span>}
        </>
      }
    >
      {() => <HeldList held={held} waiting={waiting} limit={limit} />}
    </Flyout>
  );
}

function HeldList({ held, waiting, limit }: ReturnType<typeof pageConnections.snapshot>) {
  const nowMs = useNow(1_000);
  return (
    <>
      <p className={classes.words}>
        A browser opens six connections to one HTTP/1.1 server, over all its tabs. All tabs of this page
        together hold at most {limit}; further ones wait.
      </p>
      <ul className={classes.rows} aria-label="Long-lived connections">
        {held.map(({ label, sinceMs, tabs }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one holder may have two places of one time
          <li key={`${label} ${sinceMs} ${index}`}>
            <span>{tabs > 1 ? `${label} · shared by ${tabs} tabs` : label}</span>
            <span>{formatDuration(Math.max(0, Math.floor((nowMs - sinceMs) / 1_000) * 1_000))}</span>
          </li>
        ))}
        {waiting.map(({ label }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the queue's place is what tells two waiters of one name apart
          <li key={`${label} waiting ${index}`} className={classes.waiting}>
            <span>{label}</span>
            <span>waits</span>
          </li>
        ))}
        {held.length + waiting.length === 0 && <li>No long-lived connection</li>}
      </ul>
    </>
  );
}

import { useMemo } from 'react';
import { formatCount, formatDuration } from '../ui/format.ts';
import classes from './backend-status.module.css';
import { useHealth } from './health-queries.ts';
import { backendTarget, useSettings } from './settings-store.ts';

/** Which backend the page stands on, and whether it answers. */
export function BackendStatus({ onOpenSettings }: { onOpenSettings: () => void }) {
  const backendUrl = useSettings((settings) => settings.backendUrl);
  const token = useSettings((settings) => settings.token);
  const target = useMemo(() => backendTarget({ backendUrl, token }), [backendUrl, token]);
  const health = useHealth(target);
  const status = health.isError ? 'down' : health.isSuccess ? 'up' : 'asking';
  return (
    <button
      type="button"
      className={classes.backend}
      data-status={status}
      title={health.error?.message ?? 'Change the backend'}
      onClick={onOpenSettings}
    >
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.name}>{backendUrl === null ? 'This server' : new URL(backendUrl).host}</span>
      <span className={classes.detail}>{health.isError ? 'not answering' : summary(health.data)}</span>
    </button>
  );
}

function summary(
  health: { uptimeSeconds?: number | undefined; activeStreams?: number | undefined } | undefined,
): string {
  if (!health) return 'asking…';
  const parts = [];
  if (health.uptimeSeconds !== undefined) parts.push(`up ${formatUptime(health.uptimeSeconds)}`);
  if (health.activeStreams !== undefined) {
    parts.push(`${formatCount(health.activeStreams)} ${health.activeStreams === 1 ? 'stream' : 'streams'}`);
  }
  return parts.length > 0 ? parts.join(' · ') : 'up';
}

const formatUptime = (seconds: number) =>
  seconds < 60
    ? `${Math.floor(seconds)} s`
    : formatDuration(Math.floor(seconds) * 1_000).replace(/ \d+ s$/, '');

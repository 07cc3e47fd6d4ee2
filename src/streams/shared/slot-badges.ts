import type { HeldSlot, SlotsSnapshot } from './slots.ts';
import { holdLock, type WebLocks } from './web-lock.ts';

/**
 * What everybody may know of one who holds or waits. It is the name of a lock that nobody else asks for: `query()` shows it to
 * every tab, and the browser takes it away with its holder, however that ends.
 */
export interface Badge {
  readonly id: string;
  readonly revision: number;
  readonly status: 'held' | 'waiting';
  readonly label: string;
  readonly places: number;
  readonly tabs: number;
  /** Milliseconds since 1970: each context counts `performance.now()` from another moment. */
  readonly sinceEpochMs: number;
}

const PREFIX = 'streamscope-connection:';

export async function wearBadge(locks: WebLocks, badge: Badge): Promise<() => void> {
  const release = await holdLock(locks, PREFIX + JSON.stringify(badge));
  return release ?? (() => undefined);
}

/** Reads all badges that are worn. One who changes wears two for a moment: the later counts. */
export async function readBadges(locks: WebLocks): Promise<readonly Badge[]> {
  const { held = [] } = await locks.query();
  const badges = new Map<string, Badge>();
  for (const { name } of held) {
    const badge = readBadge(name);
    if (badge && (badges.get(badge.id)?.revision ?? -1) < badge.revision) badges.set(badge.id, badge);
  }
  return [...badges.values()].sort((a, b) => a.sinceEpochMs - b.sinceEpochMs);
}

/** A page of another build may name its badges otherwise: what can't be read is not shown. */
function readBadge(name: string | undefined): Badge | null {
  if (!name?.startsWith(PREFIX)) return null;
  try {
    const badge: Partial<Badge> = JSON.parse(name.slice(PREFIX.length));
    const isWhole = typeof badge.id === 'string' && typeof badge.label === 'string';
    return isWhole && typeof badge.sinceEpochMs === 'number' ? (badge as Badge) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function snapshotOf(badges: readonly Badge[], limit: number, originMs: number): SlotsSnapshot {
  return {
    limit,
    held: badges.filter(({ status }) => status === 'held').flatMap((badge) => slotsOf(badge, originMs)),
    waiting: badges.filter(({ status }) => status === 'waiting').map(({ label }) => ({ label })),
  };
}

function slotsOf({ label, places, tabs, sinceEpochMs }: Badge, originMs: number): readonly HeldSlot[] {
  const sinceMs = sinceEpochMs - originMs;
  return Array.from({ length: places }, () => ({ label, sinceMs, tabs }));
}

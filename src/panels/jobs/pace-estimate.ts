/** How fast a task goes, from the progress it tells. */
export interface Pace {
  /** The last progress and when it came. */
  readonly last: { readonly percent: number; readonly atMs: number } | null;
  /** Milliseconds a percent, smoothed. Null until two events tell of progress. */
  readonly msPerPercent: number | null;
}

export const initialPace: Pace = { last: null, msPerPercent: null };

/** The weight of the newest stretch: about the last five count. */
const SMOOTHING = 0.3;

/** The pace once `percent` came at `atMs`. Progress that stands still or goes back begins a new stretch. */
export function paceWith({ last, msPerPercent }: Pace, percent: number, atMs: number): Pace {
  const next = { percent, atMs };
  if (last === null) return { last: next, msPerPercent };
  if (percent === last.percent) return { last, msPerPercent };
  if (percent < last.percent) return { last: next, msPerPercent: null };
  const sample = (atMs - last.atMs) / (percent - last.percent);
  const smoothed = msPerPercent === null ? sample : msPerPercent * (1 - SMOOTHING) + sample * SMOOTHING;
  return { last: next, msPerPercent: smoothed };
}

/** An estimate of the time to 100 %, at `nowMs`; null where nothing supports one. */
export function timeLeftMs({ last, msPerPercent }: Pace, nowMs: number): number | null {
  if (last === null || msPerPercent === null || last.percent >= 100) return null;
  const left = (100 - last.percent) * msPerPercent - (nowMs - last.atMs);
  // Later than thought: nobody knows by how much.
  return left >= 0 ? left : null;
}

/** An estimate has no use for hundredths. */
export function aboutTime(ms: number): string {
  if (ms < 1_000) return 'less than 1 s left';
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `about ${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `about ${minutes} min left`
    : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

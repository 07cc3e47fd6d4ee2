import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';

/** More bins with lines than this are merged two by two, and no more are shown. */
export const MAX_BINS = 160;
/** The share of all lines that is shown at least: a slow log is not left out, and a few lines of another year don't flatten it. */
const MIN_SHOWN = 0.95;
/** Fewer than this, in bins that were merged, and finer ones would show more. */
const FEW_BINS = 20;
const MIN_WIDTH_MS = 250;
const SIX_LEVELS_AND_OTHER = LEVEL_KEYS.length;

const placeOfLevel = new Map(LEVEL_KEYS.map((key, place) => [key, place] as const));

/** A stretch of time with how many lines of each level it holds, in the order of `LEVEL_KEYS`. */
export interface HistogramBin {
  readonly fromMs: number;
  readonly counts: readonly number[];
}

/** What is drawn: bins that follow one another, each so wide. */
export interface ShownBins {
  readonly widthMs: number;
  readonly bins: readonly HistogramBin[];
}

/**
 * Counts by level over time, in bins as wide as it takes to have few. Only bins with lines are held, so that one line
 * from another year costs one bin. How wide those are that are shown is decided when they are: lines may be far apart.
 */
export class LogHistogram {
  #widthMs = MIN_WIDTH_MS;
  #bins = new Map<number, number[]>();
  #lostBin = false;

  /** True when the lines held lie so close together that narrower bins should be counted, after `refine`. */
  get tooCoarse(): boolean {
    const is = this.#lostBin && this.#widthMs > MIN_WIDTH_MS && this.#bins.size < FEW_BINS;
    this.#lostBin = false;
    return is;
  }

  count(timeMs: number, level: LevelKey, by: 1 | -1): void {
    const key = Math.floor(timeMs / this.#widthMs);
    let bin = this.#bins.get(key);
    if (bin === undefined) {
      if (by === -1) return;
      bin = Array.from({ length: SIX_LEVELS_AND_OTHER }, () => 0);
      this.#bins.set(key, bin);
    }
    const place = placeOfLevel.get(level) ?? 0;
    const count = (bin[place] ?? 0) + by;
    bin[place] = count;
    if (by === -1 && count === 0) this.#deleteIfEmpty(key, bin);
    else while (this.#bins.size > MAX_BINS) this.#widen();
  }

  /** Counts what another one has counted, too. */
  add(other: LogHistogram): void {
    let bins: Bins = other.#bins;
    for (let widthMs = other.#widthMs; widthMs < this.#widthMs; widthMs *= 2) bins = mergedByTwo(bins);
    while (this.#widthMs < other.#widthMs) this.#widen();
    for (const [key, bin] of bins) addTo(this.#bins, key, bin);
    while (this.#bins.size > MAX_BINS) this.#widen();
  }

  /**
   * The bins from the first with lines to the last, empty ones between them as well: the last `MAX_BINS` of them, in bins so wide
   * that these hold nearly all lines.
   */
  shown(): ShownBins {
    let widthMs = this.#widthMs;
    let bins: Bins = this.#bins;
    while (shareShown(bins) < MIN_SHOWN) {
      bins = mergedByTwo(bins);
      widthMs *= 2;
    }
    const last = Math.max(...bins.keys());
    if (!Number.isFinite(last)) return { widthMs, bins: [] };
    const first = Math.min(...[...bins.keys()].filter((key) => key > last - MAX_BINS));
    const shown = Array.from({ length: last - first + 1 }, (_, offset) => ({
      fromMs: (first + offset) * widthMs,
      counts: bins.get(first + offset) ?? [],
    }));
    return { widthMs, bins: shown };
  }

  clear(): void {
    this.#bins.clear();
    this.#widthMs = MIN_WIDTH_MS;
  }

  /** Empties it, for bins a few times as narrow. */
  refine(): void {
    this.#bins.clear();
    this.#widthMs = Math.max(MIN_WIDTH_MS, this.#widthMs / 8);
  }

  #deleteIfEmpty(key: number, bin: readonly number[]): void {
    if (bin.some((count) => count > 0)) return;
    this.#bins.delete(key);
    this.#lostBin = true;
  }

  #widen(): void {
    this.#bins = mergedByTwo(this.#bins);
    this.#widthMs *= 2;
  }
}

type Bins = ReadonlyMap<number, readonly number[]>;

function mergedByTwo(bins: Bins): Map<number, number[]> {
  const merged = new Map<number, number[]>();
  for (const [key, bin] of bins) addTo(merged, Math.floor(key / 2), bin);
  return merged;
}

function addTo(bins: Map<number, number[]>, key: number, counts: readonly number[]): void {
  const into = bins.get(key);
  if (into === undefined) bins.set(key, [...counts]);
  else for (const [place, count] of counts.entries()) into[place] = (into[place] ?? 0) + count;
}

/** Which share of the lines is in the last `MAX_BINS`; all where there are none. */
function shareShown(bins: Bins): number {
  const least = Math.max(...bins.keys()) - MAX_BINS;
  let all = 0;
  let shown = 0;
  for (const [key, counts] of bins) {
    const lines = counts.reduce((sum, count) => sum + count, 0);
    all += lines;
    if (key > least) shown += lines;
  }
  return all === 0 ? 1 : shown / all;
}

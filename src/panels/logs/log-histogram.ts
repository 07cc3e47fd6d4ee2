import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';

/** More bins than this are merged two by two. */
export const MAX_BINS = 160;
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

/**
 * Counts by level over time, in bins as wide as it takes to have few. Only bins with lines are held, so that one line
 * from another year costs one bin.
 */
export class LogHistogram {
  #widthMs = MIN_WIDTH_MS;
  #bins = new Map<number, number[]>();
  #lostBin = false;

  get widthMs(): number {
    return this.#widthMs;
  }

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
    else if (this.#bins.size > MAX_BINS) this.#merge();
  }

  /** The bins from the first with lines to the last, empty ones between them as well; the last `MAX_BINS` of them. */
  bins(): readonly HistogramBin[] {
    const last = Math.max(...this.#bins.keys());
    const first = Math.max(last - MAX_BINS + 1, this.#firstFrom(last - MAX_BINS + 1));
    if (!Number.isFinite(last)) return [];
    return Array.from({ length: last - first + 1 }, (_, offset) => ({
      fromMs: (first + offset) * this.#widthMs,
      counts: this.#bins.get(first + offset) ?? [],
    }));
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

  #firstFrom(least: number): number {
    let first = Number.POSITIVE_INFINITY;
    for (const key of this.#bins.keys()) if (key >= least && key < first) first = key;
    return first;
  }

  #deleteIfEmpty(key: number, bin: readonly number[]): void {
    if (bin.some((count) => count > 0)) return;
    this.#bins.delete(key);
    this.#lostBin = true;
  }

  #merge(): void {
    const merged = new Map<number, number[]>();
    this.#widthMs *= 2;
    for (const [key, bin] of this.#bins) {
      const into = merged.get(Math.floor(key / 2));
      if (into === undefined) merged.set(Math.floor(key / 2), bin);
      else for (const [place, count] of bin.entries()) into[place] = (into[place] ?? 0) + count;
    }
    this.#bins = merged;
    if (merged.size > MAX_BINS) this.#merge();
  }
}

export interface CurvePoint {
  readonly atMs: number;
  readonly total: number;
}

const MAX_POINTS = 1_000;

/** How much had arrived at which time, in so few points that they can be drawn every frame. */
export class ArrivalCurve {
  #points: CurvePoint[] = [];
  #total = 0;
  /** Points closer than this to the one before are merged into it. */
  #resolutionMs = 0;
  longestGap: { readonly fromMs: number; readonly toMs: number } | null = null;

  add(atMs: number, amount: number): void {
    this.#total += amount;
    const last = this.#points.at(-1);
    this.#measureGap(last?.atMs ?? null, atMs);
    if (last && this.#points.length > 1 && atMs - (this.#points.at(-2)?.atMs ?? 0) < this.#resolutionMs) {
      this.#points[this.#points.length - 1] = { atMs, total: this.#total };
      return;
    }
    this.#points.push({ atMs, total: this.#total });
    if (this.#points.length > MAX_POINTS) this.#thin();
  }

  get points(): readonly CurvePoint[] {
    return this.#points;
  }

  get total(): number {
    return this.#total;
  }

  #measureGap(fromMs: number | null, toMs: number): void {
    if (fromMs === null) return;
    const before = this.longestGap ? this.longestGap.toMs - this.longestGap.fromMs : 0;
    if (toMs - fromMs > before) this.longestGap = { fromMs, toMs };
  }

  /** Half the points for the same time, from now on. */
  #thin(): void {
    const lastIndex = this.#points.length - 1;
    this.#points = this.#points.filter((_, index) => index % 2 === 0 || index === lastIndex);
    const first = this.#points[0]?.atMs ?? 0;
    const last = this.#points.at(-1)?.atMs ?? 0;
    this.#resolutionMs = (last - first) / (MAX_POINTS / 2);
  }
}

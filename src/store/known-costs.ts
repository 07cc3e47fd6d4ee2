/** One that waits to be drawn. */
export interface Waiting {
  readonly callback: () => void;
  readonly askedAtMs: number;
}

/** What a callback is taken to cost at least, and at first: one of no share in what a frame cost could never get one. */
const LEAST_COST_MS = 1;

/** What each callback cost when it was last drawn, in milliseconds; and what of them there is room for in a frame. */
export class KnownCosts {
  readonly #roomMs: number;
  readonly #costs = new WeakMap<() => void, number>();

  constructor(roomMs: number) {
    this.#roomMs = roomMs;
  }

  /** The first of those that wait, as many as there is room for in a frame; one at least. */
  thatFit(waiting: readonly Waiting[]): readonly Waiting[] {
    let sumMs = 0;
    const tooMany = waiting.findIndex((each) => {
      sumMs += this.#costOf(each);
      return sumMs > this.#roomMs;
    });
    return tooMany === -1 ? waiting : waiting.slice(0, Math.max(1, tooMany));
  }

  /** How many frames those take that cost more than this, each drawn once, whichever waits twice; one at least. */
  framesOf(waiting: readonly Waiting[], aboveMs: number): number {
    const each = new Map(waiting.map((one) => [one.callback, one]));
    let left = [...each.values()].filter((one) => this.#costOf(one) > aboveMs);
    let frames = 0;
    for (; left.length > 0; frames += 1) left = left.slice(this.thatFit(left).length);
    return Math.max(1, frames);
  }

  /** Shares out what a frame cost in the proportion of what was known. */
  learn(drawn: readonly Waiting[], costMs: number): void {
    const costs = drawn.map((each) => this.#costOf(each));
    const sumMs = costs.reduce((sum, cost) => sum + cost, 0);
    for (const [index, { callback }] of drawn.entries())
      this.#costs.set(callback, (costMs * (costs[index] ?? 0)) / sumMs);
  }

  #costOf({ callback }: Waiting): number {
    return Math.max(LEAST_COST_MS, this.#costs.get(callback) ?? 0);
  }
}

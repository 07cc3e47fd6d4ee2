import type { Clock } from '../../src/backend/pace.ts';

/** A clock that a test moves by hand. Callbacks run at their time, in order, inside `advance`. */
export class HeldClock implements Clock {
  #nowMs = 0;
  readonly #scheduled = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  /** How many callbacks are waiting. */
  get pending(): number {
    return this.#scheduled.size;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const entry = { atMs: this.#nowMs + delayMs, callback };
    this.#scheduled.add(entry);
    return () => {
      this.#scheduled.delete(entry);
    };
  }

  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (let next = this.#nextBy(untilMs); next !== undefined; next = this.#nextBy(untilMs)) {
      this.#scheduled.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.callback();
    }
    this.#nowMs = untilMs;
  }

  /** Time passes while nothing runs, as when the event loop is blocked or the machine sleeps. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
  }

  /** Runs what is due at this moment, but not what that schedules in turn. */
  runDue(): void {
    for (const entry of [...this.#scheduled].filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#scheduled.delete(entry);
      entry.callback();
    }
  }

  #nextBy(untilMs: number) {
    let earliest: { readonly atMs: number; readonly callback: () => void } | undefined;
    for (const entry of this.#scheduled) {
      if (entry.atMs <= untilMs && (earliest === undefined || entry.atMs < earliest.atMs)) earliest = entry;
    }
    return earliest;
  }
}

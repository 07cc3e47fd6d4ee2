import { type Backoff, createBackoff, MAX_SERVER_DELAY_MS } from './backoff.ts';
import type { Clock } from './clock.ts';

/** The wait before the next try: how long it is, and when it is over. */
export class RetryTimer {
  readonly backoff: Backoff;
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #cancel: (() => void) | null = null;
  #due = false;

  constructor(clock: Clock, random: (() => number) | undefined, onDue: () => void) {
    this.backoff = createBackoff(random);
    this.#clock = clock;
    this.#onDue = onDue;
  }

  get due(): boolean {
    return this.#due;
  }

  /** `retryAfterMs` is what the server asked for with its refusal. */
  start(retryAfterMs: number | null): { attempt: number; retryAtMs: number } {
    this.stop();
    const nowMs = this.#clock.nowMs();
    const { attempt, delayMs } = this.backoff.next(nowMs, retryAfterMs);
    this.#wait(delayMs);
    return { attempt, retryAtMs: nowMs + delayMs };
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#cancel = null;
      this.#due = true;
      this.#onDue();
    });
  }

  /** Whether nothing failed since the last good spell. */
  get isFirstOfRow(): boolean {
    return this.backoff.isFirstOfRow(this.#clock.nowMs());
  }

  /** The next try is somebody else's, and it counts. It is due here as well, should it not come in the longest time there is. */
  leave(): { attempt: number } {
    this.stop();
    const { attempt } = this.backoff.next(this.#clock.nowMs(), null);
    this.#wait(MAX_SERVER_DELAY_MS);
    return { attempt };
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#due = false;
  }
}

import type { RetryTimer } from './retry-timer.ts';
import type { SubscribeOptions } from './subscribe-options.ts';
import { isLoopback, ownSurroundings, type Surroundings } from './surroundings.ts';

type RuleOptions = Pick<
  SubscribeOptions<never>,
  'request' | 'reconnect' | 'lifetime' | 'pauseGate' | 'surroundings'
>;

/** Whether a lost connection may be made anew, by whom, and what the next try waits for. */
export class ReconnectRules {
  /** A request whose effect must not happen twice is not sent again after it. */
  firstByteSeen = false;
  readonly surroundings: Surroundings;
  /** Whether this URL can be reached without a network. */
  readonly needsNoNetwork: boolean;
  readonly #options: RuleOptions;
  readonly #retry: RetryTimer;

  constructor(options: RuleOptions, retry: RetryTimer) {
    this.surroundings = options.surroundings ?? ownSurroundings;
    this.needsNoNetwork = isLoopback(options.request.url);
    this.#options = options;
    this.#retry = retry;
  }

  get mayReconnect(): boolean {
    const { reconnect } = this.#options;
    return reconnect === 'before-first-byte' ? !this.firstByteSeen : reconnect === 'always';
  }

  /** Whether a clean close is the end, and not one connection of many. */
  get endsAtClose(): boolean {
    return this.#options.lifetime === 'finite' || !this.mayReconnect;
  }

  get isPaused(): boolean {
    return this.#options.pauseGate?.paused ?? false;
  }

  get isOffline(): boolean {
    return !this.surroundings.online && !this.needsNoNetwork;
  }

  /**
   * The first time in a row: the browser keeps to the server's reconnection time, which a page can't see, and sends the
   * last event ID in its header. What fails after that needs a backoff, which a browser has not.
   */
  get mayBrowserReconnect(): boolean {
    return !this.endsAtClose && !this.isPaused && !this.isOffline && this.#retry.isFirstOfRow;
  }

  /** Begins the wait before the next try. */
  scheduleRetry(retryAfterMs: number | null) {
    const wait = this.#retry.start(retryAfterMs);
    return this.isOffline ? { ...wait, waitingFor: 'network' as const } : wait;
  }
}

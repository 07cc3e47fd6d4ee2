import { HEARTBEAT_MS } from '../contract/endpoint.ts';
import type { Clock } from './clock.ts';
import { createInactivityTimer, type InactivityTimer } from './inactivity.ts';
import type { SubscribeOptions } from './subscribe-options.ts';

/**
 * A silence past its time. `overdue`: heartbeats are known to come on this stream, and none did, so the connection is
 * dead. `unproven`: none came after a sleep or a change of network either, but nobody knows whether any should have.
 * `quiet`: there may be nothing to send.
 */
export interface Silence {
  readonly meaning: 'overdue' | 'unproven' | 'quiet';
  readonly sinceMs: number;
}

/** A comment that ends a silence this long was sent for the silence's sake. The first thing to come is a greeting. */
const SHORTEST_HEARTBEAT_MS = 1_000;
/** A backend whose heartbeats are slower than ours gets twice the time that they take. */
const PATIENCE = 2;
/** After a sleep or a change of network, a connection that has heartbeats is heard again within this time. */
const CHECK_MS = HEARTBEAT_MS + 2_000;

const DEFAULT_TIMEOUT_MS = 20_000;

/** @throws RangeError where a backend that sends its heartbeats in time would be called silent. */
export function checkInactivityTimeout(timeoutMs: number | null | undefined): void {
  if (timeoutMs === null || timeoutMs === undefined || timeoutMs > HEARTBEAT_MS) return;
  throw new RangeError(
    `An inactivity timeout of ${timeoutMs} ms is not longer than the interval of heartbeats (${HEARTBEAT_MS} ms).`,
  );
}

/** Listens for nothing. What it learns of a backend's heartbeats outlives the single connection. */
export class SilenceWatch {
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #timer: InactivityTimer;
  #heartbeatMs: number | null = null;
  #lastMs = 0;
  #running = false;
  #greeted = false;
  #checking = false;
  #armedMs = 0;
  #silence: Silence | null = null;

  constructor(timeoutMs: number, clock: Clock, onSilence: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#timer = createInactivityTimer(clock, (sinceMs) => {
      this.#silence = { meaning: this.#meaning, sinceMs };
      this.#checking = false;
      onSilence();
    });
  }

  /** A connection was opened. */
  start(): void {
    this.#running = true;
    this.#greeted = false;
    this.#listenFor(this.#patienceMs);
  }

  /** Something came. */
  touch(comments: number): void {
    if (!this.#running) return;
    const silentMs = this.#clock.nowMs() - this.#lastMs;
    const isHeartbeat = this.#greeted && comments > 0 && silentMs >= SHORTEST_HEARTBEAT_MS;
    this.#greeted = true;
    const knownMs = this.#heartbeatMs ?? 0;
    if (isHeartbeat && silentMs > knownMs) this.#heartbeatMs = silentMs;
    this.#checking = false;
    if (this.#armedMs === this.#patienceMs) this.#hear();
    else this.#listenFor(this.#patienceMs);
  }

  /** What was silent until now was the reader, not the wire. */
  forgive(): void {
    if (this.#running) this.#hear();
  }

  /** The connection may have died unnoticed: it must be heard soon. */
  check(): void {
    if (!this.#running) return;
    this.#checking = true;
    this.#listenFor(CHECK_MS);
  }

  stop(): void {
    this.#running = false;
    this.#checking = false;
    this.#silence = null;
    this.#timer.stop();
  }

  /** The silence that was noticed, once. */
  take(): Silence | null {
    const silence = this.#silence;
    this.#silence = null;
    return silence;
  }

  get #patienceMs(): number {
    return Math.max(this.#timeoutMs, PATIENCE * (this.#heartbeatMs ?? 0));
  }

  get #meaning(): Silence['meaning'] {
    if (this.#heartbeatMs !== null) return 'overdue';
    return this.#checking ? 'unproven' : 'quiet';
  }

  #listenFor(timeoutMs: number): void {
    this.#silence = null;
    this.#armedMs = timeoutMs;
    this.#lastMs = this.#clock.nowMs();
    this.#timer.start(timeoutMs);
  }

  #hear(): void {
    this.#silence = null;
    this.#lastMs = this.#clock.nowMs();
    this.#timer.touch();
  }
}

/** Null where silences are not looked at. */
export function createSilenceWatch(
  { inactivityTimeoutMs }: Pick<SubscribeOptions<unknown>, 'inactivityTimeoutMs'>,
  clock: Clock,
  onSilence: () => void,
): SilenceWatch | null {
  const timeoutMs = inactivityTimeoutMs === undefined ? DEFAULT_TIMEOUT_MS : inactivityTimeoutMs;
  return timeoutMs === null ? null : new SilenceWatch(timeoutMs, clock, onSilence);
}

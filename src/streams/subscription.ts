import { type Backoff, createBackoff } from './backoff.ts';
import { type Clock, systemClock } from './clock.ts';
import { type ConnectionEvent, initialConnectionState, transition } from './connection.ts';
import { type HeldConnection, holdConnection } from './held-connection.ts';
import { createInactivityTimer, type InactivityTimer } from './inactivity.ts';
import { parseChunk } from './parse-chunk.ts';
import type { PullOutcome } from './pull.ts';
import { failureOf, isRetryable, toStreamError } from './retry-policy.ts';
import type { SubscribeOptions } from './subscribe-options.ts';
import type { ConnectionState, StreamError, StreamEvent, TransportEvent } from './types.ts';
import { createWakeup } from './wakeup.ts';

type EventOf<E extends TransportEvent['type']> = Extract<TransportEvent, { type: E }>;

const DEFAULT_INACTIVITY_TIMEOUT_MS = 20_000;

/** What `subscribe` drives, one step a pull: `advance`, tell `takeEvents`, then `confirmTaken`. */
export class Subscription<T> {
  readonly #options: SubscribeOptions<T>;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #wakeup = createWakeup();
  readonly #inactivity: InactivityTimer | null;
  readonly #leavePauseGate: (() => void) | undefined;
  #state: ConnectionState = initialConnectionState;
  #events: StreamEvent<T>[] = [];
  #connection: HeldConnection | null = null;
  #cancelRetry: (() => void) | null = null;
  #silentSinceMs: number | null = null;
  #firstByteSeen = false;
  #handedId: string | null = null;
  #takenId: string | null = null;

  constructor(options: SubscribeOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#backoff = createBackoff(options.random);
    this.#inactivity = this.#createInactivityTimer();
    this.#leavePauseGate = options.pauseGate?.subscribe(this.#wakeup.wake);
    options.signal.addEventListener('abort', this.#wakeup.wake, { once: true });
  }

  get isOver(): boolean {
    return this.#state.status === 'ended' || this.#state.status === 'failed';
  }

  /** Waits until something happened, and no longer. */
  async advance(): Promise<void> {
    if (this.#state.status === 'idle') {
      this.#move({ type: 'connect' });
      this.#notePause();
    } else if (this.#connection !== null) await this.#read(this.#connection);
    else if (this.#state.status === 'connecting') await this.#connect();
    else await this.#rest();
  }

  takeEvents(): readonly StreamEvent<T>[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** The consumer has everything that was told: a new connection resumes from there. */
  confirmTaken(): void {
    // A server takes an ID back with an empty one.
    this.#takenId = this.#handedId === '' ? null : this.#handedId;
  }

  close(): void {
    this.#options.signal.removeEventListener('abort', this.#wakeup.wake);
    this.#leavePauseGate?.();
    this.#cancelRetry?.();
    this.#closeConnection();
  }

  #createInactivityTimer(): InactivityTimer | null {
    const { lifetime, inactivityTimeoutMs } = this.#options;
    const byDefault = lifetime === 'endless' ? DEFAULT_INACTIVITY_TIMEOUT_MS : null;
    const timeoutMs = inactivityTimeoutMs === undefined ? byDefault : inactivityTimeoutMs;
    if (timeoutMs === null) return null;
    return createInactivityTimer(timeoutMs, this.#clock, (sinceMs) => {
      this.#silentSinceMs = sinceMs;
      this.#wakeup.wake();
    });
  }

  #move(event: ConnectionEvent): void {
    const next = transition(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#events.push({ type: 'status', state: next, atMs: this.#clock.nowMs() });
  }

  get #isPaused(): boolean {
    return this.#options.pauseGate?.paused ?? false;
  }

  async #sleep(): Promise<void> {
    await this.#wakeup.sleep();
    if (this.#options.signal.aborted) return;
    this.#notePause();
    this.#noteSilence();
  }

  #notePause(): void {
    if (this.#isPaused) this.#move({ type: 'pause' });
    else if (this.#state.status === 'paused') {
      this.#inactivity?.touch();
      this.#move({ type: 'resume', connection: this.#connection?.opened ? 'open' : 'none' });
    }
  }

  #noteSilence(): void {
    const sinceMs = this.#silentSinceMs;
    this.#silentSinceMs = null;
    if (sinceMs !== null && this.#connection?.pull.asked) this.#move({ type: 'silence', sinceMs });
  }

  async #connect(): Promise<void> {
    const { slots, signal, request, transport, label = request.url } = this.#options;
    const release = slots ? await slots.acquire(label, signal) : () => undefined;
    if (release === null) return;
    const { name, seesBytes } = transport;
    this.#events.push({ type: 'request', transport: name, seesBytes, atMs: this.#clock.nowMs() });
    this.#connection = holdConnection(transport, request, {
      lastEventId: this.#takenId,
      signal,
      release,
      onAnswer: this.#wakeup.wake,
    });
  }

  #closeConnection(): void {
    this.#inactivity?.stop();
    this.#silentSinceMs = null;
    this.#connection?.close();
    this.#connection = null;
  }

  async #read(connection: HeldConnection): Promise<void> {
    const { pull } = connection;
    while (this.#events.length === 0 && this.#connection === connection) {
      if (!this.#isPaused) {
        const outcome = pull.take();
        if (outcome !== null) this.#settle(connection, outcome);
        else if (!pull.asked) this.#ask(connection);
        if (outcome !== null) continue;
      }
      await this.#sleep();
      if (this.#options.signal.aborted) return;
    }
  }

  #ask({ pull }: HeldConnection): void {
    // While nobody pulled, the silence was the reader's and not the wire's.
    this.#silentSinceMs = null;
    this.#inactivity?.touch();
    pull.ask();
  }

  /** Between two connections: the wait before the next try, or a pause. */
  async #rest(): Promise<void> {
    while (this.#events.length === 0 && !this.#options.signal.aborted) {
      if (this.#state.status === 'reconnecting' && this.#cancelRetry === null)
        this.#move({ type: 'retry-due' });
      else await this.#sleep();
    }
  }

  #settle(connection: HeldConnection, outcome: PullOutcome<TransportEvent>): void {
    if (outcome.type === 'event') this.#receive(connection, outcome.event);
    else if (outcome.type === 'end') this.#endConnection();
    else this.#failConnection(toStreamError(outcome.error));
  }

  #receive(connection: HeldConnection, event: TransportEvent): void {
    switch (event.type) {
      case 'response':
        this.#receiveResponse(connection, event);
        break;
      case 'chunk':
        this.#receiveChunk(connection, event);
        break;
      case 'reconnection-time':
        this.#backoff.setReconnectionTime(event.delayMs);
        break;
      case 'dropped':
        this.#events.push(event);
    }
  }

  #receiveResponse(connection: HeldConnection, event: EventOf<'response'>): void {
    this.#events.push(event);
    if (event.response?.status === 204) {
      this.#complete('no-content');
      return;
    }
    connection.opened = true;
    this.#backoff.opened(this.#clock.nowMs());
    this.#inactivity?.start();
    this.#move({ type: 'open' });
  }

  #receiveChunk(connection: HeldConnection, chunk: EventOf<'chunk'>): void {
    const { parse, isEnd } = this.#options;
    this.#firstByteSeen = true;
    this.#inactivity?.touch();
    this.#move({ type: 'activity' });
    const { events, lastEventId, ended } = parseChunk(chunk, parse, isEnd, connection.resumedAfter);
    for (const event of events) this.#events.push(event);
    if (lastEventId !== null) {
      this.#handedId = lastEventId;
      connection.resumedAfter = null;
    }
    if (ended) this.#complete('complete');
  }

  #complete(reason: 'complete' | 'no-content'): void {
    this.#closeConnection();
    this.#move({ type: 'complete', reason });
  }

  get #mayReconnect(): boolean {
    const { reconnect } = this.#options;
    return reconnect === 'before-first-byte' ? !this.#firstByteSeen : reconnect === 'always';
  }

  #endConnection(): void {
    if (this.#options.lifetime === 'finite' || !this.#mayReconnect) {
      this.#complete('complete');
      return;
    }
    this.#closeConnection();
    this.#move({ type: 'close', ...this.#scheduleRetry(null) });
  }

  #failConnection(error: StreamError): void {
    this.#closeConnection();
    const failure = failureOf(error);
    if (isRetryable(error) && this.#mayReconnect)
      this.#move({ type: 'fail', failure, ...this.#scheduleRetry(error.retryAfterMs) });
    else this.#move({ type: 'fail-for-good', failure });
  }

  #scheduleRetry(retryAfterMs: number | null): { attempt: number; retryAtMs: number } {
    const nowMs = this.#clock.nowMs();
    const { attempt, delayMs } = this.#backoff.next(nowMs, retryAfterMs);
    this.#cancelRetry = this.#clock.after(delayMs, () => {
      this.#cancelRetry = null;
      this.#wakeup.wake();
    });
    return { attempt, retryAtMs: nowMs + delayMs };
  }
}

import { type Clock, systemClock } from './clock.ts';
import { type ConnectionEvent, initialConnectionState, transition } from './connection.ts';
import { Continuity } from './continuity.ts';
import { type HeldConnection, holdConnection } from './held-connection.ts';
import { parseChunk } from './parse-chunk.ts';
import type { PullOutcome } from './pull.ts';
import { ReconnectRules } from './reconnect-rules.ts';
import { ResumePoint } from './resume-point.ts';
import { deadConnection, failureOf, isRetryable, putAwayConnection, toStreamError } from './retry-policy.ts';
import { RetryTimer } from './retry-timer.ts';
import { createSilenceWatch, type Silence, type SilenceWatch } from './silence-watch.ts';
import type { SubscribeOptions } from './subscribe-options.ts';
import type { SurroundingsChange } from './surroundings.ts';
import type { ConnectionState, StreamError, StreamEvent, TransportEvent } from './types.ts';
import { createWakeup } from './wakeup.ts';

type EventOf<E extends TransportEvent['type']> = Extract<TransportEvent, { type: E }>;

/** What `subscribe` drives, one step a pull: `advance`, tell `takeEvents`, then `confirmTaken`. */
export class Subscription<T> {
  readonly #options: SubscribeOptions<T>;
  readonly #clock: Clock;
  readonly #wakeup = createWakeup();
  readonly #retry: RetryTimer;
  readonly #silence: SilenceWatch | null;
  readonly #resumePoint: ResumePoint;
  readonly #continuity = new Continuity();
  readonly #rules: ReconnectRules;
  readonly #leave: readonly ((() => void) | undefined)[];
  #state: ConnectionState = initialConnectionState;
  #events: StreamEvent<T>[] = [];
  #connection: HeldConnection | null = null;

  constructor(options: SubscribeOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#resumePoint = new ResumePoint(options.lastEventId ?? null);
    this.#retry = new RetryTimer(this.#clock, options.random, this.#wakeup.wake);
    this.#silence = createSilenceWatch(options, this.#clock, this.#wakeup.wake);
    this.#rules = new ReconnectRules(options, this.#retry);
    this.#leave = [
      options.pauseGate?.subscribe(this.#wakeup.wake),
      options.reconnectTrigger?.subscribe(() => this.#reconnectNow()),
      this.#rules.surroundings.subscribe((change) => this.#meet(change)),
    ];
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
    this.#resumePoint.confirmTaken();
  }

  /** A defect is the end: what it left half done can't be gone on with. */
  breakDown(error: unknown): void {
    this.#closeConnection();
    this.#move({ type: 'fail-for-good', failure: failureOf(toStreamError(error), false) });
  }

  close(): void {
    this.#options.signal.removeEventListener('abort', this.#wakeup.wake);
    for (const leave of this.#leave) leave?.();
    this.#retry.stop();
    this.#closeConnection();
  }

  /** At once, whatever is being waited for: a page that is put away runs nothing more. */
  #meet(change: SurroundingsChange): void {
    switch (change) {
      case 'offline':
        if (this.#rules.needsNoNetwork) break;
        this.#takeFromBrowser();
        this.#move({ type: 'offline' });
        break;
      case 'online':
        this.#takeFromBrowser();
        this.#move({ type: 'online' });
        this.#silence?.check();
        break;
      case 'wake':
        this.#takeFromBrowser();
        if (this.#state.status === 'reconnecting') this.#move({ type: 'reconnect-now' });
        this.#silence?.check();
        break;
      case 'suspend':
        this.#putAway();
        break;
      case 'restore':
        this.#move({ type: 'restore' });
    }
    this.#wakeup.wake();
  }

  /** A page in the back/forward cache holds no connection; what must not be asked for twice is over with it. */
  #putAway(): void {
    if (this.#connection !== null && !this.#rules.mayReconnect) this.#failConnection(putAwayConnection());
    this.#closeConnection();
    this.#move({ type: 'suspend', atMs: this.#clock.nowMs() });
  }

  #reconnectNow(): void {
    if (this.#state.status === 'stalled') {
      // Its request may have had its effect: it must not be sent again.
      if (!this.#rules.mayReconnect) return;
      this.#closeConnection();
    }
    this.#takeFromBrowser();
    this.#move({ type: 'reconnect-now' });
    this.#wakeup.wake();
  }

  /** A connection that waits for the browser to reconnect it waits no longer: the next one is ours. */
  #takeFromBrowser(): void {
    if (this.#state.status === 'reconnecting') this.#closeConnection();
  }

  #move(event: ConnectionEvent): void {
    const next = transition(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    // The wait belongs to this one state.
    if (next.status !== 'reconnecting' || !hasTimer(next)) this.#retry.stop();
    this.#events.push({ type: 'status', state: next, atMs: this.#clock.nowMs() });
  }

  async #sleep(): Promise<void> {
    await this.#wakeup.sleep();
    if (this.#options.signal.aborted) return;
    this.#notePause();
    this.#noteSilence();
    if (this.#retry.due && this.#connection !== null) this.#reconnectNow();
  }

  #notePause(): void {
    if (this.#rules.isPaused) {
      this.#takeFromBrowser();
      this.#move({ type: 'pause' });
    } else if (this.#state.status === 'paused') {
      this.#silence?.forgive();
      this.#move({ type: 'resume', connection: this.#connection?.opened ? 'open' : 'none' });
    }
  }

  #noteSilence(): void {
    const silence = this.#silence?.take() ?? null;
    if (silence === null || !this.#connection?.pull.asked || this.#rules.isPaused) return;
    if (this.#isDead(silence)) this.#failConnection(deadConnection(this.#clock.nowMs() - silence.sinceMs));
    else this.#move({ type: 'silence', sinceMs: silence.sinceMs });
  }

  /** Whether a new connection is right: it can't do harm where heartbeats are missing, or where it resumes. */
  #isDead({ meaning }: Silence): boolean {
    if (!this.#rules.mayReconnect) return false;
    return meaning === 'overdue' || (meaning === 'unproven' && this.#resumePoint.lastEventId !== null);
  }

  async #connect(): Promise<void> {
    const { slots, signal, request, transport, label = request.url } = this.#options;
    const release = slots ? await slots.acquire(label, signal) : () => undefined;
    if (release === null) return;
    if (this.#state.status !== 'connecting') {
      // The page was put away meanwhile.
      release();
      return;
    }
    const { name, seesBytes } = transport;
    this.#events.push({ type: 'request', transport: name, seesBytes, atMs: this.#clock.nowMs() });
    this.#connection = holdConnection(transport, request, {
      resumePoint: this.#resumePoint,
      signal,
      release,
      onAnswer: this.#wakeup.wake,
      mayBrowserReconnect: () => this.#rules.mayBrowserReconnect,
    });
  }

  #closeConnection(): void {
    this.#silence?.stop();
    this.#connection?.close();
    this.#connection = null;
  }

  async #read(connection: HeldConnection): Promise<void> {
    const { pull } = connection;
    while (this.#events.length === 0 && this.#connection === connection) {
      if (!this.#rules.isPaused) {
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
    this.#silence?.forgive();
    pull.ask();
  }

  /** Between two connections: the wait before the next try, or a pause. */
  async #rest(): Promise<void> {
    while (this.#events.length === 0 && !this.#options.signal.aborted) {
      if (this.#state.status === 'connecting') return;
      if (this.#retry.due) this.#move({ type: 'retry-due' });
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
        this.#retry.backoff.setReconnectionTime(event.delayMs);
        break;
      case 'interrupted':
        this.#leaveToBrowser(connection, event);
        break;
      case 'dropped':
        // What is missing is known.
        this.#continuity.expect(null, { inHeader: true });
        this.#events.push(event);
    }
  }

  #receiveResponse(connection: HeldConnection, event: EventOf<'response'>): void {
    const byBrowser = this.#state.status === 'reconnecting';
    if (byBrowser) this.#noteBrowserRequest(connection, event.atMs);
    const inHeader = byBrowser || this.#options.transport.name !== 'EventSource';
    this.#continuity.expect(this.#resumePoint.lastEventId, { inHeader });
    this.#events.push(event);
    if (event.response?.status === 204) {
      this.#complete('no-content');
      return;
    }
    connection.opened = true;
    this.#retry.backoff.opened(this.#clock.nowMs());
    this.#silence?.start();
    this.#move({ type: 'open' });
  }

  #noteBrowserRequest(connection: HeldConnection, atMs: number): void {
    const { name, seesBytes } = this.#options.transport;
    this.#events.push({ type: 'request', transport: name, seesBytes, atMs, byBrowser: true });
    connection.isRepeated = this.#resumePoint.startConnection();
  }

  #receiveChunk(connection: HeldConnection, chunk: EventOf<'chunk'>): void {
    const { parse, isEnd } = this.#options;
    this.#rules.firstByteSeen = true;
    this.#silence?.touch(chunk.comments ?? 0);
    this.#move({ type: 'activity' });
    const { events, lastEventId, ended } = parseChunk(chunk, parse, isEnd, connection.isRepeated);
    for (const event of this.#continuity.told(chunk.messages, events)) this.#events.push(event);
    this.#resumePoint.hand(chunk.messages, lastEventId);
    if (ended) this.#complete('complete');
  }

  #complete(reason: 'complete' | 'no-content'): void {
    this.#closeConnection();
    this.#move({ type: 'complete', reason });
  }

  #leaveToBrowser(connection: HeldConnection, { expectedAtMs, atMs }: EventOf<'interrupted'>): void {
    if (this.#rules.isOffline) {
      this.#endConnection();
      return;
    }
    connection.opened = false;
    this.#silence?.stop();
    const { attempt } = this.#retry.leave();
    this.#move({ type: 'close', attempt, retryAtMs: expectedAtMs ?? atMs, waitingFor: 'browser' });
  }

  #endConnection(): void {
    if (this.#rules.endsAtClose) {
      this.#complete('complete');
      return;
    }
    this.#closeConnection();
    this.#move({ type: 'close', ...this.#rules.scheduleRetry(null) });
  }

  #failConnection(error: StreamError): void {
    const failure = failureOf(error, this.#connection?.opened ?? false);
    this.#closeConnection();
    if (isRetryable(error) && this.#rules.mayReconnect)
      this.#move({ type: 'fail', failure, ...this.#rules.scheduleRetry(error.retryAfterMs) });
    else this.#move({ type: 'fail-for-good', failure });
  }
}

const hasTimer = ({ waitingFor }: Extract<ConnectionState, { status: 'reconnecting' }>): boolean =>
  waitingFor === undefined || waitingFor === 'browser';

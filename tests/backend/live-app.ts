import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { type App, type AppOptions, createApp } from '../../src/backend/app.ts';
import { HeldClock } from '../fixtures/held-clock.ts';
import { settled } from './feed-client.ts';

export const START_MS = Date.UTC(2026, 10, 21, 12);

/** The whole app in process, its time in the test's hand. */
export class LiveApp {
  readonly clock = new HeldClock();
  readonly app: App;

  constructor(options: Partial<AppOptions> = {}) {
    this.app = createApp({
      dataDir: 'unused',
      logFile: null,
      apiToken: null,
      corsOrigins: [],
      version: 'test',
      clock: this.clock,
      now: () => START_MS + this.clock.now(),
      ...options,
    });
  }

  async open(path: string, headers: Record<string, string> = {}): Promise<OpenStream> {
    const stream = new OpenStream(await this.app.request(path, { headers }));
    await settled();
    return stream;
  }

  async pass(byMs: number): Promise<void> {
    this.clock.advance(byMs);
    await settled();
  }

  async json(path: string): Promise<Record<string, unknown>> {
    return (await (await this.app.request(path)).json()) as Record<string, unknown>;
  }
}

/** A response that is being read. */
export class OpenStream {
  readonly response: Response;
  readonly events: EventSourceMessage[] = [];
  text = '';
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #onText: () => void = () => undefined;

  constructor(response: Response) {
    if (response.body === null) throw new Error('a stream has a body');
    this.response = response;
    this.#reader = response.body.getReader();
    void this.#read();
  }

  async #read(): Promise<void> {
    const parser = createParser({ onEvent: (event) => this.events.push(event) });
    const decoder = new TextDecoder();
    for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) {
      const text = decoder.decode(next.value, { stream: true });
      this.text += text;
      parser.feed(text);
      this.#onText();
    }
  }

  /** What the data of each event says, gaps left out. */
  values<T>(): T[] {
    return this.events.filter(({ event }) => event !== 'gap').map(({ data }) => JSON.parse(data) as T);
  }

  get ids(): string[] {
    return this.events.map(({ id }) => id ?? '');
  }

  /** Waits for what no held clock can bring: a file being read. */
  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.#onText = resolve;
      });
    }
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
    await settled();
  }
}

import type { App } from '../../src/backend/app.ts';
import { ManualClock, settled } from '../fixtures/manual-clock.ts';
import { openApp } from '../fixtures/open-app.ts';

/** A body that is being read as fast as it comes. */
export class FaultReader {
  readonly response: Response;
  readonly chunks: Buffer[] = [];
  /** How the body ended, so far as it has. */
  end: 'open' | 'clean' | 'broken' = 'open';
  readonly ended: Promise<void>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | null;

  constructor(response: Response) {
    this.response = response;
    this.#reader = response.body?.getReader() ?? null;
    this.ended = this.#read();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.bytes.toString();
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#reader?.read();
        if (next === undefined || next.done) break;
        this.chunks.push(Buffer.from(next.value));
      }
      this.end = 'clean';
    } catch {
      // The reader of a test is told so by `end`.
      this.end = 'broken';
    }
  }

  async leave(): Promise<void> {
    await this.#reader?.cancel();
    await settled();
  }
}

export async function openFault(app: App, path: string, init: RequestInit = {}): Promise<FaultReader> {
  const reader = new FaultReader(await app.request(path, init));
  await settled();
  return reader;
}

/** The backend, its time in the test's hand. */
export function heldApp(): { clock: ManualClock; app: App } {
  const clock = new ManualClock();
  return { clock, app: openApp({ clock }) };
}

/** A request whose headers may not be there yet. */
export function askFault(app: App, path: string, init: RequestInit = {}) {
  const state: { response: Response | null } = { response: null };
  const answered = Promise.resolve(app.request(path, init)).then((response) => {
    state.response = response;
    return response;
  });
  return { state, answered };
}

/** Reads a stream that ends to its end. */
export async function readFault(app: App, path: string, init: RequestInit = {}): Promise<FaultReader> {
  const reader = await openFault(app, path, init);
  await reader.ended;
  return reader;
}

/** One stream of each kind, five units or more, at full speed. Event streams have a preamble before their units. */
export const KINDS = [
  { kind: 'SSE', path: '/stream/sse?count=5&delay=0', slow: '/stream/sse?count=5&delay=1000', before: 1 },
  {
    kind: 'NDJSON',
    path: '/stream/json?count=5&delay=0',
    slow: '/stream/json?count=5&delay=1000',
    before: 0,
  },
  { kind: 'text', path: '/stream/async-text?delay=0', slow: '/stream/async-text?delay=1000', before: 0 },
  {
    kind: 'bytes',
    path: '/download/large-file?size=300000',
    slow: '/download/large-file?size=300&rate=60',
    before: 0,
  },
] as const;

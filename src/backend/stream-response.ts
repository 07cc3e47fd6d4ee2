import { Buffer } from 'node:buffer';
import type { StreamOutcome } from './active-streams.ts';
import type { BackendRequestContext, StreamSetting } from './context.ts';
import { misbehave } from './fault-body.ts';
import { FaultCutError } from './fault-pieces.ts';

export interface StreamInit {
  readonly mediaType: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the length of the whole body is known. */
  readonly contentLength?: number;
  readonly status?: number;
}

/**
 * Makes what a body is made of. Nothing runs before the first pull. The signal is aborted when the reader leaves or
 * the server closes; a producer passes it to every wait, and unwinds by whatever that wait throws.
 */
export type Produce = (signal: AbortSignal) => AsyncIterable<string | Uint8Array>;

/** Answers with a body that is made as it is read: the rules of every stream live here. */
export function streamResponse(c: BackendRequestContext, init: StreamInit, produce: Produce): Response {
  const headers = new Headers({
    'Content-Type': init.mediaType,
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
    'X-Content-Type-Options': 'nosniff',
    ...init.headers,
  });
  if (init.contentLength !== undefined) headers.set('Content-Length', String(init.contentLength));
  const { backend, faults } = c.var;
  const made = faults === undefined ? produce : misbehave(c, faults, headers, produce);
  const body = new ProducedBody(backend, { method: c.req.method, path: c.req.path }, made);
  return new Response(body.stream(), { status: init.status ?? 200, headers });
}

/** What a body throws at a reader that is still there when the server closes. */
class ServerClosedError extends Error {
  override readonly name = 'ServerClosedError';

  constructor() {
    super('The server is closing');
  }
}

/** One body: a producer behind a `ReadableStream` that holds nothing in advance. */
class ProducedBody {
  readonly #setting: StreamSetting;
  readonly #request: { readonly method: string; readonly path: string };
  readonly #produce: Produce;
  readonly #abort = new AbortController();
  #iterator: AsyncIterator<string | Uint8Array> | null = null;
  #leave: (() => void) | null = null;
  #startedAtMs = 0;
  #byteLength = 0;

  constructor(
    setting: StreamSetting,
    request: { readonly method: string; readonly path: string },
    produce: Produce,
  ) {
    this.#setting = setting;
    this.#request = request;
    this.#produce = produce;
  }

  /** A high-water mark of 0: no pull before somebody reads, so that HEAD and abandoned responses start nothing. */
  stream(): ReadableStream<Uint8Array<ArrayBufferLike>> {
    return new ReadableStream<Uint8Array<ArrayBufferLike>>(
      {
        pull: (controller) => this.#pull(controller),
        cancel: () => this.#end('reader-left'),
      },
      { highWaterMark: 0 },
    );
  }

  #start(controller: ReadableStreamDefaultController<Uint8Array>): AsyncIterator<string | Uint8Array> {
    this.#startedAtMs = this.#setting.clock.now();
    this.#leave = this.#setting.streams.open(() => {
      // A clean end would tell the reader of a finite body that it has all of it.
      controller.error(new ServerClosedError());
      this.#end('server-closed');
    });
    return this.#produce(this.#abort.signal)[Symbol.asyncIterator]();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      this.#iterator ??= this.#start(controller);
      // An empty chunk would not fulfil the read that asked for it, and a byte stream refuses it.
      let next = await this.#iterator.next();
      while (!next.done && next.value.length === 0) next = await this.#iterator.next();
      if (this.#abort.signal.aborted) return;
      if (next.done) {
        controller.close();
        this.#end('complete');
        return;
      }
      const bytes = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
      this.#byteLength += bytes.byteLength;
      controller.enqueue(bytes);
    } catch (error) {
      this.#fail(controller, error);
    }
  }

  #fail(controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void {
    // What a producer throws while it is being stopped is the stop itself.
    if (this.#abort.signal.aborted) return;
    const isOnPurpose = error instanceof FaultCutError;
    if (!isOnPurpose) this.#setting.log?.error({ err: error, ...this.#request }, 'stream failed');
    controller.error(error);
    this.#end(isOnPurpose ? 'cut-on-purpose' : 'failed');
  }

  #end(outcome: StreamOutcome): void {
    if (this.#leave === null) return;
    this.#leave();
    this.#leave = null;
    this.#abort.abort();
    // Not awaited: a generator in the middle of a wait returns only once that wait has been thrown out of.
    this.#iterator?.return?.().catch((error: unknown) => {
      if (!isAbort(error))
        this.#setting.log?.warn({ err: error, ...this.#request }, 'producer failed to stop');
    });
    this.#setting.streams.reportEnd({
      ...this.#request,
      outcome,
      byteLength: this.#byteLength,
      durationMs: this.#setting.clock.now() - this.#startedAtMs,
    });
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

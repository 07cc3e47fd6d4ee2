import { HEARTBEAT_MS, RECONNECTION_TIME_MS } from '../contract/endpoint.ts';
import type { BackendRequestContext, StreamSetting } from './context.ts';
import type { Clock } from './pace.ts';
import { streamResponse } from './stream-response.ts';

/** One or more complete events as `encodeEvent` writes them: each ends with its blank line. */
export type EventBlock = string;

export interface EventFields {
  readonly id?: string | number;
  /** The event type; left out for `message`. */
  readonly event?: string;
  /** Any text; its line breaks become several `data` fields. */
  readonly data: string;
}

const LINE_BREAK = /\r\n|\r|\n/;

/** HTML standard, section 9.2.6: fields, then the blank line that dispatches the event. */
export function encodeEvent({ id, event, data }: EventFields): EventBlock {
  let block = '';
  if (id !== undefined) block += `id: ${id}\n`;
  if (event !== undefined) block += `event: ${event}\n`;
  if (!data.includes('\n') && !data.includes('\r')) return `${block}data: ${data}\n\n`;
  for (const line of data.split(LINE_BREAK)) block += `data: ${line}\n`;
  return `${block}\n`;
}

/** The first bytes of every event stream, sent before its producer is asked for anything. */
export const EVENT_STREAM_PREAMBLE = `retry: ${RECONNECTION_TIME_MS}\n: streamscope\n\n`;
export const HEARTBEAT = ': heartbeat\n\n';

export type ProduceEvents = (signal: AbortSignal) => AsyncIterable<EventBlock>;

/** Answers with an event stream: preamble at once, heartbeats while the producer is silent, failures in band. */
export function eventStreamResponse(c: BackendRequestContext, produce: ProduceEvents): Response {
  const setting = c.var.backend;
  return streamResponse(c, { mediaType: 'text/event-stream' }, (signal) =>
    withHeartbeats(inBandFailure(produce(signal), signal, setting), signal, setting.clock),
  );
}

/** After the first byte the status is gone: the failure becomes the last event. */
async function* inBandFailure(
  blocks: AsyncIterable<EventBlock>,
  signal: AbortSignal,
  setting: StreamSetting,
): AsyncGenerator<EventBlock> {
  try {
    yield* blocks;
  } catch (error) {
    if (signal.aborted) return;
    setting.log?.error({ err: error }, 'event stream failed');
    yield encodeEvent({
      event: 'error',
      data: JSON.stringify({ message: 'The stream failed on the server and ends here.' }),
    });
  }
}

/**
 * Puts a heartbeat wherever the producer is silent for `HEARTBEAT_MS`. The block that was asked for stays asked for
 * meanwhile, so neither is lost.
 */
async function* withHeartbeats(
  blocks: AsyncIterable<EventBlock>,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<EventBlock> {
  yield EVENT_STREAM_PREAMBLE;
  const iterator = blocks[Symbol.asyncIterator]();
  try {
    let pending = iterator.next();
    while (!signal.aborted) {
      const next = await unlessSilent(pending, signal, clock);
      if (next === 'silent') {
        yield HEARTBEAT;
        continue;
      }
      if (next.done) return;
      yield next.value;
      pending = iterator.next();
    }
  } finally {
    // Rejections are the stop that the producer was just given.
    iterator.return?.().catch(() => undefined);
  }
}

/** The producer's next block, or `'silent'` when it takes longer than `HEARTBEAT_MS`, or when the signal is aborted. */
function unlessSilent<T>(
  pending: Promise<IteratorResult<T>>,
  signal: AbortSignal,
  clock: Clock,
): Promise<IteratorResult<T> | 'silent'> {
  return new Promise((resolve, reject) => {
    const settle = <V>(how: (value: V) => void) => {
      return (value: V) => {
        callOff();
        signal.removeEventListener('abort', stop);
        how(value);
      };
    };
    const stop = settle(() => resolve('silent'));
    const callOff = clock.schedule(settle(() => resolve('silent')) as () => void, HEARTBEAT_MS);
    signal.addEventListener('abort', stop, { once: true });
    pending.then(settle(resolve), settle(reject));
  });
}

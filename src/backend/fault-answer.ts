import type { Endpoint } from '../contract/endpoint.ts';
import { type Fault, type FaultName, readFaults } from '../contract/faults.ts';
import type { BackendRequestContext } from './context.ts';
import { wait } from './pace.ts';
import { problemResponse } from './problem.ts';

const RETRY_AFTER_SECONDS = '2';
/** nginx's: the client closed its request before there was an answer. Only the request log sees it. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Answers as `fault` asks: `delay` and `status` here, the rest in the body, which `streamResponse` makes.
 *
 * `buffer` holds the headers too, as a proxy does that sends nothing before its first buffer is passed on.
 */
export async function answerWithFaults(
  c: BackendRequestContext,
  { format }: Pick<Endpoint, 'format'>,
  text: string,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  const faults = faultsOf(text);
  const of = (name: FaultName) => faults.find((fault) => fault.name === name);
  const delayMs = of('delay')?.value ?? 0;
  if (delayMs > 0) {
    const end = await waitForHeaders(c, delayMs);
    if (end !== 'over') return end;
  }
  const status = of('status')?.value ?? null;
  if (status !== null) return statusResponse(status);
  c.set('faults', { faults, format });
  const response = await answer();
  if (of('buffer') === undefined || c.req.method === 'HEAD') return response;
  return withHeadersHeld(response, c.req.raw.signal);
}

function faultsOf(text: string): readonly Fault[] {
  const reading = readFaults(text);
  // The contract's schema has let it pass.
  if (reading.status === 'wrong') throw new RangeError(reading.reason);
  return reading.faults;
}

/** Counts as a stream meanwhile: it is a connection that is held. */
async function waitForHeaders(c: BackendRequestContext, delayMs: number): Promise<'over' | Response> {
  const { streams, clock } = c.var.backend;
  const request = c.req.raw.signal;
  const stop = new AbortController();
  const leave = () => stop.abort();
  const release = streams.open(leave);
  request.addEventListener('abort', leave, { once: true });
  if (request.aborted) leave();
  try {
    await wait(delayMs, stop.signal, clock);
    return 'over';
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (request.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
    return problemResponse(503, { detail: 'The server is closing.' });
  } finally {
    request.removeEventListener('abort', leave);
    release();
  }
}

function statusResponse(status: number): Response {
  if (status === 204) return new Response(null, { status });
  return problemResponse(status, {
    detail: `fault=status:${status} asks for this answer.`,
    headers: STATUS_HEADERS[status] ?? {},
  });
}

/** What RFC 9110 and RFC 6585 want or suggest beside these statuses. */
const STATUS_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Bearer' },
  405: { Allow: 'GET, HEAD, OPTIONS' },
  429: { 'Retry-After': RETRY_AFTER_SECONDS },
  503: { 'Retry-After': RETRY_AFTER_SECONDS },
};

/** The same response once the first of its body is there, or its end. A client that leaves stops it. */
async function withHeadersHeld(response: Response, request: AbortSignal): Promise<Response> {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  // A body that is broken can't be cancelled, and need not be.
  const leave = () => void reader.cancel().catch(() => undefined);
  request.addEventListener('abort', leave, { once: true });
  if (request.aborted) leave();
  const first = reader.read();
  await first.catch(() => undefined);
  request.removeEventListener('abort', leave);
  let next: ReturnType<typeof reader.read> | null = first;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await (next ?? reader.read());
        next = null;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

import { PROBLEM_MEDIA_TYPE, problemSchema } from '../contract/problem.ts';
import { untilAborted } from './abort.ts';
import { type ResponseFacts, StreamError, type StreamRequest } from './types.ts';

/** What a response must be to be read as the stream that was asked for. */
export interface Expectation {
  /** `200` where the standard wants no other success (event streams, section 9.2.3); `any` where a failure is to be read as well; else any 2xx. */
  readonly statuses: '200' | '2xx' | 'any';
  /** Media types without parameters, in lower case. Null takes any. */
  readonly mediaTypes: readonly string[] | null;
  /** Media types that are refused where any other is taken. */
  readonly refusedTypes?: readonly string[];
  /** What the reader wanted, for the sentence that says it is not: "an event stream". */
  readonly what: string;
}

export const EVENT_STREAM: Expectation = {
  statuses: '200',
  mediaTypes: ['text/event-stream'],
  what: 'an event stream',
};

const SAMPLE_BYTES = 8_192;
const SAMPLE_CHARACTERS = 200;
/** A failure's body that never ends is not waited for. */
const SAMPLE_TIMEOUT_MS = 2_000;

/**
 * Sends a request and looks at the status line and headers alone.
 *
 * @returns null when the signal aborts first.
 * @throws StreamError `request`, `network`, `status` or `content-type`.
 */
export async function fetchChecked(
  request: StreamRequest,
  expectation: Expectation,
  options: { fetch: typeof fetch; signal: AbortSignal; headers: Record<string, string> },
): Promise<{ response: Response; facts: ResponseFacts } | null> {
  const init: RequestInit = {
    method: request.method ?? 'GET',
    headers: options.headers,
    cache: 'no-store',
    signal: options.signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  };
  checkRequest(request.url, init);
  const response = await untilAborted(options.fetch(request.url, init), options.signal).catch((cause) => {
    throw new StreamError('network', noAnswer(request.url), { cause });
  });
  if (response === null) return null;
  await checkResponse(response, expectation, options.signal);
  return { response, facts: responseFacts(response, request.url) };
}

/** Header names in lower case, so that none is sent twice. */
export function lowerCaseHeaders(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A header's value is bytes: text beyond ASCII goes as UTF-8 (HTML, section 9.2.4, for Last-Event-ID). */
export function utf8HeaderValue(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function responseFacts(response: Response, requestedUrl: string): ResponseFacts {
  const length = response.headers.get('content-length');
  const encoding = response.headers.get('content-encoding');
  return {
    status: response.status,
    url: response.url || requestedUrl,
    contentType: response.headers.get('content-type'),
    contentLength: length !== null && encoding === null && /^\d+$/.test(length) ? Number(length) : null,
    headers: [...response.headers],
  };
}

/** The media type without its parameters, in lower case. */
function essence(contentType: string | null): string | null {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() || null;
}

/** A request that no `fetch` can make is told apart here: `fetch` reports it as it reports a dead network. */
function checkRequest(url: string, init: RequestInit): void {
  try {
    new Request(url, { ...init, signal: null });
  } catch (cause) {
    throw new StreamError('request', `This request can't be made: ${reasonOf(cause)}`, { cause });
  }
}

async function checkResponse(
  response: Response,
  expectation: Expectation,
  signal: AbortSignal,
): Promise<void> {
  const { status } = response;
  if (status === 204) return;
  if (!accepts(expectation.statuses, response)) {
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
    throw new StreamError('status', await statusMessage(response, signal), {
      status,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  const type = essence(response.headers.get('content-type'));
  if (takesType(expectation, type)) return;
  await response.body?.cancel();
  throw new StreamError('content-type', wrongTypeMessage(type, expectation.what, response.url));
}

function takesType({ mediaTypes, refusedTypes = [] }: Expectation, type: string | null): boolean {
  if (mediaTypes === null) return type === null || !refusedTypes.includes(type);
  return type !== null && mediaTypes.includes(type);
}

function accepts(statuses: Expectation['statuses'], { status, ok }: Response): boolean {
  if (statuses === 'any') return true;
  return statuses === '200' ? status === 200 : ok;
}

function wrongTypeMessage(type: string | null, what: string, url: string): string {
  if (type === 'text/html')
    return `The backend answered an HTML page, not ${what}: is ${url || 'this'} the right URL?`;
  return `The backend answered ${type ?? 'a body with no content type'}, not ${what}.`;
}

async function statusMessage(response: Response, signal: AbortSignal): Promise<string> {
  const line = `${response.status} ${response.statusText}`.trim();
  const type = essence(response.headers.get('content-type'));
  if (type === 'text/html') {
    await response.body?.cancel();
    return `${line}, with an HTML page`;
  }
  const text = await readSample(response, signal);
  const said = type === PROBLEM_MEDIA_TYPE || type === 'application/json' ? jsonReason(text) : null;
  if (said !== null) return said;
  const sample = text.trim().replace(/\s+/g, ' ').slice(0, SAMPLE_CHARACTERS);
  return sample === '' ? line : `${line}: ${sample}`;
}

/** Problem details, or the `detail` text that FastAPI sends; null where the body is neither. */
function jsonReason(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut short or no JSON after all: the caller shows it as text.
    return null;
  }
  const problem = problemSchema.safeParse(value);
  if (problem.success) {
    const { title, detail, errors = [] } = problem.data;
    const wrong = errors.map(({ name, reason }) => `${name} ${reason}`).join('; ');
    return [title, detail, wrong].filter(Boolean).join(': ');
  }
  if (typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string')
    return value.detail;
  return null;
}

async function readSample(response: Response, signal: AbortSignal): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const patience = AbortSignal.any([signal, AbortSignal.timeout(SAMPLE_TIMEOUT_MS)]);
  let text = '';
  let byteLength = 0;
  try {
    while (byteLength < SAMPLE_BYTES) {
      const result = await untilAborted(reader.read(), patience);
      if (result === null || result.done) break;
      byteLength += result.value.byteLength;
      text += decoder.decode(result.value, { stream: true });
    }
    await reader.cancel();
  } catch {
    // The status is the failure to report; that its body broke as well adds nothing.
    return text;
  }
  return text;
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3), as milliseconds from now. */
export function parseRetryAfter(value: string | null, nowMs: number = Date.now()): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1_000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}

function noAnswer(url: string): string {
  return `No answer from ${new URL(url).origin}: it is not running, not reachable, or does not let this page call it (CORS).`;
}

/** What a body that breaks in the middle is called. */
export function brokenBody(cause: unknown): StreamError {
  if (cause instanceof StreamError) return cause;
  return new StreamError(
    'network',
    `The connection broke in the middle of the stream (${reasonOf(cause)}).`,
    {
      cause,
    },
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface SentRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

export interface FakeFetch {
  readonly fetch: typeof fetch;
  readonly requests: readonly SentRequest[];
}

type Answer = (request: SentRequest, count: number) => Response | Promise<Response>;

/** A `fetch` that answers from memory, notes what was asked, and fails as the real one does when it is aborted. */
export function createFakeFetch(answer: Answer): FakeFetch {
  const requests: SentRequest[] = [];
  return {
    requests,
    async fetch(input, init) {
      const request = new Request(input, init);
      const sent: SentRequest = {
        url: request.url,
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: typeof init?.body === 'string' ? init.body : null,
        signal: init?.signal ?? request.signal,
      };
      requests.push(sent);
      const response = await answer(sent, requests.length);
      sent.signal.throwIfAborted();
      return response;
    },
  };
}

export function eventStream(body: BodyInit | null, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } });
}

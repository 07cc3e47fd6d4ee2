import type { KnowledgeEntry } from './entry.ts';

export const browserEntries: readonly KnowledgeEntry[] = [
  {
    id: 'eventsource-limits',
    title: 'The limits of EventSource',
    questions: [
      'What are the limits of EventSource?',
      'Can EventSource send headers or POST?',
      'Why does EventSource only support GET?',
    ],
    keywords:
      'EventSource limits limitations headers POST GET body authorization custom header status code hidden polyfill native',
    comparison: {
      strength: 'built in, parses and reconnects by itself, very little code',
      weakness: 'GET only, no headers, no status, no backpressure',
    },
    related: ['fetch-clients', 'sse-auth'],
    body: `\`EventSource\` is three lines of code and does a lot, but its interface is closed:

| you want | with \`EventSource\` |
|---|---|
| \`POST\`, a request body | no: \`GET\` only |
| request headers (\`Authorization\`) | no: cookies with \`withCredentials\`, or the query |
| status and headers of the response | not shown; \`onerror\` carries no reason |
| comments, bytes, arrival of chunks | not shown |
| slow down a fast server | no: events queue in the page |
| own backoff | no: constant reconnection time, from \`retry:\` |
| start with a last event ID | no: only its own reconnects send one |
| more than six on HTTP/1.1 | no: the browser's limit per origin |

Two behaviours surprise people:

- **It gives up for good** on any status but 200, and on a wrong content type; \`readyState\` is then 2, and nothing happens any more. A 503 during a deployment is enough. Watch for it, and make a new one.
- **It does not understand the end.** When a finite stream closes, it reconnects and the whole thing starts again. Close it on your last event:

\`\`\`js
const source = new EventSource('/process/long-task');
source.onmessage = (event) => draw(JSON.parse(event.data));
source.addEventListener('complete', () => source.close());
source.onerror = () => {
  if (source.readyState === EventSource.CLOSED) tryAgainLater();
};
\`\`\`

When one of the rows of the table hurts, read the event stream with \`fetch\` and a parser; the server stays as it is.`,
  },
  {
    id: 'fetch-clients',
    title: 'Reading a stream with fetch',
    questions: [
      'How do I read an event stream with fetch?',
      'How do I consume SSE with POST?',
      'How do I read a streaming response in JavaScript?',
      'What is fetch-event-source?',
    ],
    keywords:
      'fetch getReader eventsource-parser fetch-event-source POST SSE client JavaScript read stream response.body headers',
    comparison: {
      strength: 'any method, body and headers; status and bytes are visible; backpressure',
      weakness: 'reconnecting and resuming are yours to write',
    },
    related: ['eventsource-limits', 'abort'],
    body: `\`fetch\` gives what \`EventSource\` hides: method, body, headers, status, bytes and backpressure. The format is left to you; take a parser, not a \`split\`.

\`\`\`ts
import { EventSourceParserStream } from 'eventsource-parser/stream';

const response = await fetch('/ai/chat', {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  body: JSON.stringify({ messages }),
  signal,
});
if (!response.ok) throw new Error(\`\${response.status}: \${await response.text()}\`);
if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
  throw new Error('not an event stream');
}

const reader = response.body
  .pipeThrough(new TextDecoderStream())
  .pipeThrough(new EventSourceParserStream())
  .getReader();
for (;;) {
  const { value, done } = await reader.read();
  if (done) break;
  apply(value); // { id, event, data }
}
\`\`\`

\`@microsoft/fetch-event-source\` wraps the same idea with retries. It is popular but no longer maintained, so know its habits:

- it aborts and **sends the request again** when the tab is hidden and shown, unless \`openWhenHidden: true\`;
- its default \`onopen\` looks at the content type only; check the status yourself, and throw to stop;
- it retries at a constant interval; return a delay from \`onerror\`, and throw there to give up;
- a clean close does nothing; decide in \`onclose\`.

For plain text skip the second \`pipeThrough\` and append each value as it is.`,
  },
  {
    id: 'six-connections',
    title: 'Six connections per origin',
    questions: [
      'Why does the browser only allow six connections?',
      'Why does my page hang with many tabs open?',
      'How do I share one SSE connection between tabs?',
    ],
    keywords:
      'six 6 connections limit per origin per host HTTP/1.1 tabs pending SharedWorker BroadcastChannel HTTP/2 multiplex hang',
    related: ['sse', 'load-balancers'],
    body: `Over HTTP/1.1 browsers open at most **six connections to an origin, counted over all tabs**. Each open stream holds one. With two feeds in each of three tabs the seventh request, perhaps a picture or a form, stays *pending* in the browser and never appears in the server's log.

The ways out, best first:

1. **HTTP/2 or 3.** All requests share one connection; servers commonly allow a hundred streams or more on it. Browsers speak it only over TLS. Behind nginx: \`listen 443 ssl; http2 on;\`. The application behind the proxy may stay on HTTP/1.1.
2. **One connection for all tabs.** A \`SharedWorker\` holds the feed, the tabs subscribe to it:

\`\`\`js
// feed-worker.js
const ports = new Set();
const source = new EventSource('/stream/stock-ticker');
source.onmessage = (event) => ports.forEach((port) => port.postMessage(event.data));
onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => { if (data === 'leave') ports.delete(port); };
};
\`\`\`

   Where \`SharedWorker\` is missing, elect one tab with the Web Locks API and pass the events on through a \`BroadcastChannel\`.
3. **One stream for several feeds**, told apart by event type.
4. **A second host name** for the streams: six more, at the price of CORS.

A good client also bounds itself: Streamscope never holds more than four long-lived connections, and its header shows which.

To see it: open the network tools, look for *Stalled* in a request's timing, and count the open streams.`,
  },
  {
    id: 'sse-auth',
    title: 'Authentication for streams',
    questions: [
      'How do I authenticate an SSE connection?',
      'How do I send a bearer token with EventSource?',
      'How do I secure a stream with a token?',
    ],
    keywords:
      'auth authentication authorization bearer token JWT cookie login expired 401 withCredentials query string ticket',
    related: ['eventsource-limits', 'cors'],
    body: `\`EventSource\` cannot set an \`Authorization\` header, so choose among these:

| way | good | mind |
|---|---|---|
| **cookie** (\`HttpOnly\`, \`Secure\`, \`SameSite=Lax\`) | works with \`EventSource\`, also across origins with \`withCredentials\` | ordinary protection against cross-site requests |
| **header**, stream read by \`fetch\` | the same bearer token as the rest of the API | write the reconnecting yourself |
| **one-time ticket** in the query | works with \`EventSource\`, without cookies | valid for seconds, once |
| the real token in the query | – | ends up in logs, history and \`Referer\`: **don't** |

\`\`\`js
const { ticket } = await (await fetch('/stream-tickets', { method: 'POST', headers })).json();
const source = new EventSource(\`/stream/live-logs?ticket=\${encodeURIComponent(ticket)}\`);
\`\`\`

A ticket is used up by the first connection, so the automatic reconnect fails with 401, which ends an \`EventSource\`. On \`CLOSED\`, fetch a new ticket and make a new source with the last event ID.

What else belongs to it:

- **Expiry.** A stream opened with a token that ends at noon goes on after noon unless the server looks again. Close it at the expiry; the client reconnects with a fresh token.
- **Revocation.** Close open streams on logout and on changed rights, or check with each event.
- Answer 401 and 403 *before* the first byte, and do not retry those in the client.
- Set the token when a request is **made**, not once at the start, so that a reconnect carries the new one.

In Streamscope the token of *Settings* stays in the tab's memory and is sent only as a header.`,
  },
  {
    id: 'cors',
    title: 'CORS for streams',
    questions: [
      'How do I enable CORS for SSE?',
      'Why does my cross-origin stream fail?',
      'Which CORS headers does a stream need?',
    ],
    keywords:
      'CORS cross-origin Access-Control-Allow-Origin preflight OPTIONS credentials expose headers origin blocked',
    related: ['sse-auth', 'fetch-clients'],
    body: `A stream is a response like any other: when page and backend have different origins (a different port is enough), the backend has to allow the page.

\`\`\`http
Access-Control-Allow-Origin: https://app.example.org
Access-Control-Allow-Credentials: true
Access-Control-Expose-Headers: Content-Encoding, ETag, Content-Range
Vary: Origin
\`\`\`

- The headers must be on the **stream's own** response; an error page without them looks like a network failure, and hides the real status.
- With credentials, \`*\` is not accepted; name the origin.
- A \`GET\` with only simple headers needs no preflight. \`Authorization\`, \`Content-Type: application/json\` and \`Last-Event-ID\` do: answer \`OPTIONS\` and list them.
- **Works first, dies at the first reconnect** is the mark of a forbidden \`Last-Event-ID\`.
- Without \`Expose-Headers\` a page reads only a few response headers, among them \`Content-Length\` and \`Content-Type\`. \`Content-Encoding\` and \`ETag\` are hidden.

\`\`\`python
from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(
    CORSMiddleware,
    allow_origins=["http://localhost:5173"],
    allow_methods=["GET", "POST", "DELETE"],
    allow_headers=["Authorization", "Content-Type", "Last-Event-ID", "Range"],
    expose_headers=["Content-Encoding", "ETag", "Content-Range"],
)
\`\`\`

In development a proxy avoids the question: the page asks its own origin, and the dev server passes it on. Streamscope does that with \`BACKEND_URL\`; the URL in *Settings*, on the other hand, is called directly and needs CORS.`,
  },
  {
    id: 'abort',
    title: 'Cancelling a stream with AbortController',
    questions: [
      'How do I cancel a stream?',
      'How do I stop a fetch stream with AbortController?',
      'How do I close a stream when a component unmounts?',
    ],
    keywords:
      'cancel abort stop AbortController AbortSignal signal unmount cleanup React useEffect close timeout',
    related: ['server-cancel', 'fetch-clients'],
    body: `One signal for one stream, handed to everything that waits:

\`\`\`ts
const controller = new AbortController();

async function run(signal: AbortSignal) {
  const response = await fetch('/ai/chat-stream?prompt=hello', { signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      append(value);
    }
  } finally {
    reader.releaseLock();
  }
}

run(controller.signal).catch((error) => {
  if (controller.signal.aborted) return; // we wanted that: not an error
  showFailure(error);
});
stopButton.onclick = () => controller.abort();
\`\`\`

- \`abort()\` closes the connection (HTTP/2: resets the stream), and a pending \`read()\` rejects with an \`AbortError\`.
- **Ask the signal, not the error's name**, when deciding whether it was wanted; the reason may be anything.
- Combine causes: \`AbortSignal.any([unmounted, AbortSignal.timeout(30_000)])\`. A timeout on a stream should be one of *silence*, renewed with each chunk, not one of total age.
- \`EventSource\` has no signal: \`signal.addEventListener('abort', () => source.close(), { once: true })\`.
- In React, abort in the effect's cleanup. Strict Mode mounts twice in development, and a stream without cleanup is then read twice.
- A chunk may already be on its way when you abort; check \`signal.aborted\` before applying it.

What the server does next is the other half: it has to notice, and to stop the work.`,
  },
];

import type { KnowledgeEntry } from './entry.ts';

export const transportEntries: readonly KnowledgeEntry[] = [
  {
    id: 'http-streaming',
    title: 'What HTTP streaming is',
    questions: [
      'What is HTTP streaming?',
      'How does chunked transfer encoding work?',
      'How does HTTP/2 send a stream?',
      'What is a streaming response?',
    ],
    keywords:
      'chunked transfer-encoding DATA frames HTTP/1.1 HTTP/2 HTTP/3 stream response body basics definition explain',
    comparison: {
      strength: 'text, files, exports and anything read by a plain HTTP client',
      weakness: 'no framing of its own: the format has to say where one item ends',
    },
    related: ['choosing', 'arrives-at-once'],
    body: `HTTP streaming means that a server sends parts of a response body **as it produces them**, and the client reads them as they arrive, instead of both waiting for the whole body. It is ordinary HTTP: one request, one response, a body whose end comes later.

How the parts travel depends on the version:

| version | framing | how the end is known |
|---|---|---|
| HTTP/1.1 | \`Transfer-Encoding: chunked\`: a size in hex, the bytes, repeated | a chunk of size 0 |
| HTTP/2 | DATA frames on one stream of a shared connection | the END_STREAM flag |
| HTTP/3 | DATA frames on a QUIC stream | the QUIC stream is finished |

A body of known length (\`Content-Length\`) can be streamed as well; only its framing differs. Chunked encoding does not exist in HTTP/2 and 3.

\`\`\`http
HTTP/1.1 200 OK
Content-Type: text/plain; charset=utf-8
Transfer-Encoding: chunked

6
Hello 
5
world
0

\`\`\`

Three things to remember:

- **Chunks are not messages.** Proxies and the network join and split them, so a \`read()\` can end in the middle of a line or of a UTF-8 character. The *format* (event stream, NDJSON, CSV) marks the items.
- **The status is sent first.** Once the body has begun, a failure can no longer become a 500.
- **Every hop has to pass the parts on.** One buffering proxy turns a stream into a slow ordinary response.`,
  },
  {
    id: 'choosing',
    title: 'Choosing: SSE, plain stream, NDJSON, WebSocket, long polling or WebTransport',
    questions: [
      'When should I use SSE, a plain stream or WebSockets?',
      'Which streaming transport should I choose?',
      'What is the best way to push live updates to a browser?',
    ],
    keywords:
      'choose choosing decide which transport technology pick push realtime real-time live updates notifications',
    related: ['sse', 'websocket'],
    body: `Start from the direction of the traffic and from what the reader needs after a lost connection:

| need | choose | why |
|---|---|---|
| server to browser, live, for a long time | **SSE** | framing, event types, reconnecting and resuming are part of the standard |
| one answer that grows (a reply, a log of one command) | **plain text stream** | nothing to parse; ends when it ends |
| one answer made of records | **NDJSON** | each line is parsed by itself; any tool can read it |
| both directions, often, low delay (games, shared editing) | **WebSocket** | one connection for both ways, binary too |
| unreliable or many parallel flows (media, telemetry) | **WebTransport** | datagrams and streams with no head-of-line blocking |
| only very old networks or clients | **long polling** | works wherever a request works |

A rule of thumb: if the client speaks *seldom* and the server speaks *often*, use an ordinary \`POST\` for the first and SSE for the second. That keeps status codes, cookies, caches, logs and load balancers working as they do for the rest of the API.

Take a WebSocket when messages from the client are as frequent as those from the server. You then write yourself what SSE brings along: reconnecting, resuming, heartbeats and a message format.

For a finite answer that needs a method, a body or headers (a chat reply after a \`POST\`), read the response of \`fetch()\` in parts. It can carry plain text, NDJSON or an event stream.`,
  },
  {
    id: 'sse',
    title: 'Server-sent events (SSE)',
    questions: ['What are server-sent events?', 'When should I use SSE?', 'How does SSE work?'],
    keywords: 'SSE server-sent events EventSource text/event-stream one-way push',
    comparison: {
      strength: 'live feeds to browsers: reconnecting, resuming and event types are in the standard',
      weakness: 'text only, one direction, six connections per origin on HTTP/1.1',
    },
    related: ['event-fields', 'eventsource-limits'],
    body: `Server-sent events are a stream of small text blocks in one HTTP response of type \`text/event-stream\`. The browser has a client built in, \`EventSource\`, which parses the blocks, reconnects after a loss and tells the server where it stopped.

\`\`\`text
retry: 1000
: a comment, ignored by the client

id: 41
data: {"stock":"AAPL","price":231.4}

event: alert
id: 42
data: first line
data: second line

\`\`\`

\`\`\`js
const source = new EventSource('/stream/stock-ticker?symbols=AAPL,MSFT');
source.onmessage = (event) => show(JSON.parse(event.data));
source.addEventListener('alert', (event) => warn(event.data));
source.onerror = () => console.log('state', source.readyState); // 0: it reconnects by itself, 2: it gave up
\`\`\`

Good for prices, logs, progress, notifications and model tokens: the server speaks, the client listens.

What to know before you start:

- It is **text** (UTF-8); binary has to be encoded, or sent another way.
- It is **one-way**; the client answers by ordinary requests.
- A response other than 200 with the right content type ends an \`EventSource\` for good. Status 204 is the standard way to say *do not come back*.
- A finite stream must be closed **by the client** when it has seen the last event, otherwise \`EventSource\` takes the end for a lost connection and asks again.`,
  },
  {
    id: 'websocket',
    title: 'WebSocket',
    questions: [
      'When should I use WebSockets?',
      'What does a WebSocket do better than SSE?',
      'What is a WebSocket?',
    ],
    keywords: 'websockets websocket ws wss bidirectional full-duplex socket.io RFC 6455',
    comparison: {
      strength: 'frequent messages both ways, binary, low delay',
      weakness: 'no reconnect, resume or HTTP semantics: all of it is yours to write',
    },
    related: ['choosing', 'webtransport'],
    body: `A WebSocket (RFC 6455) starts as an HTTP request with \`Upgrade: websocket\` and then becomes its own protocol: framed messages, text or binary, **both ways**, on one connection.

\`\`\`js
const socket = new WebSocket('wss://example.org/room/7');
socket.binaryType = 'arraybuffer';
socket.onmessage = (event) => handle(event.data);
socket.onopen = () => socket.send(JSON.stringify({ type: 'join' }));
\`\`\`

Take it when the client sends as often as the server: shared editing, games, remote control, voice signalling.

What it does *not* bring, and SSE over HTTP does:

- **Reconnecting and resuming.** Write backoff, a message ID and a replay of what was missed.
- **Backpressure.** The browser API has no way to stop reading; a fast server fills the page's memory. (\`WebSocketStream\` mends that, in Chromium only.)
- **HTTP's tools.** No status per message, no caching, no ordinary access log; proxies must allow the upgrade; a page cannot set headers on the opening request, so authentication goes through a cookie, a subprotocol or a first message.
- **Same-origin protection.** CORS does not apply: the server has to check the \`Origin\` header itself, or any site can connect with the user's cookies.

Idle connections are cut by the same proxies that cut event streams, so send pings. Over HTTP/2 a WebSocket can share a connection (RFC 8441) where both ends support it.`,
  },
  {
    id: 'long-polling',
    title: 'Long polling',
    questions: [
      'What is long polling?',
      'When is long polling still useful?',
      'Should I poll instead of streaming?',
    ],
    keywords: 'polling poll comet interval setInterval repeated requests',
    comparison: {
      strength: 'works through any proxy, simplest server',
      weakness: 'a request per message, higher delay, gaps between requests',
    },
    related: ['choosing', 'sse'],
    body: `With long polling the client asks, the server **holds the request until there is something to say** (or a time limit passes), answers, and the client asks again at once. Short polling is the same without holding: ask every few seconds whether anything is new.

\`\`\`js
let cursor = 0;
while (!signal.aborted) {
  const response = await fetch(\`/messages?after=\${cursor}&wait=25\`, { signal });
  if (response.status === 204) continue; // nothing new within 25 s
  const page = await response.json();
  cursor = page.cursor; // resume exactly here
  page.messages.forEach(show);
}
\`\`\`

When it is right:

- a network in the way buffers every response whole, so that no stream survives;
- the platform bills or limits open connections (many serverless functions);
- updates are rare, or a delay of some seconds does not matter. Then plain polling with \`ETag\` and 304 is simplest of all.

What it costs: a whole request with headers for each batch, delay while the next request travels, and an open connection anyway. The cursor is not optional: without it everything that happens between two requests is lost.

SSE is long polling done once: the same held request, but the answer may go on, and the cursor is called \`Last-Event-ID\`.`,
  },
  {
    id: 'webtransport',
    title: 'WebTransport',
    questions: [
      'What is WebTransport?',
      'Is WebTransport better than WebSocket?',
      'Can a browser use QUIC datagrams?',
    ],
    keywords: 'QUIC HTTP/3 datagrams UDP unreliable',
    comparison: {
      strength: 'many independent streams, datagrams, backpressure by design',
      weakness: 'needs an HTTP/3 server and UDP all the way; little infrastructure yet',
    },
    related: ['websocket', 'choosing'],
    body: `WebTransport opens a session over HTTP/3 (QUIC). Inside it both sides can open any number of **streams** (reliable, ordered, one-way or two-way) and send **datagrams** (may be lost or reordered, never delayed by another message).

\`\`\`js
const session = new WebTransport('https://example.org:4433/telemetry');
await session.ready;
const reader = session.datagrams.readable.getReader();
for (;;) {
  const { value, done } = await reader.read();
  if (done) break;
  draw(value); // a Uint8Array
}
\`\`\`

What it gives over a WebSocket:

- a lost packet holds up only the stream that it belongs to;
- datagrams for data that is worthless when late (positions, media);
- streams of the Streams API, so **backpressure** works;
- a changed network (Wi-Fi to mobile) need not end the session, as QUIC can migrate.

What it asks for: an HTTP/3 server with WebTransport support, UDP open on every network in between, and your own load balancing. All large browser engines have it (Safari was the last, in 2026), but users behind firewalls that drop UDP still need a fallback.

For prices, logs, progress and chat replies an event stream is enough, is far easier to run, and passes every proxy that passes HTTP.`,
  },
  {
    id: 'ndjson',
    title: 'NDJSON and JSON Lines',
    questions: [
      'What is NDJSON?',
      'How do I stream JSON objects line by line?',
      'What is the difference between JSON Lines and a JSON array?',
    ],
    keywords: 'ndjson jsonl JSON Lines newline delimited application/x-ndjson records export',
    comparison: {
      strength: 'records of any size, readable by every tool, an error can be a last line',
      weakness: 'no event types, IDs or reconnecting; not one valid JSON document',
    },
    related: ['json-array', 'exports'],
    body: `NDJSON (also called JSON Lines) is one JSON value a line, each line ended by \`\\n\`. Nothing encloses them, so a reader can parse each line the moment it is complete, and a writer never has to know whether another one follows.

\`\`\`text
{"id":1,"message":"first"}
{"id":2,"message":"second"}
\`\`\`

\`\`\`js
const response = await fetch('/stream/json');
let rest = '';
for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split('\\n');
  rest = lines.pop(); // perhaps half a line
  for (const line of lines) if (line !== '') handle(JSON.parse(line));
}
if (rest !== '') handle(JSON.parse(rest)); // the last line may have no newline
\`\`\`

Rules that save trouble:

- Serialise without indentation: a line break inside a value must be written \`\\n\`, which \`JSON.stringify\` does.
- Send the type \`application/x-ndjson\` (or \`application/jsonl\`); neither is registered, both are understood.
- Give each line a kind of its own (\`{"type":"row",…}\`, \`{"type":"error",…}\`, \`{"type":"end","rows":120}\`): so a failure in the middle and a complete end can be told apart.
- Bound the length of a line that your parser accepts.

Prefer it to a JSON array for anything large: an array is valid only when its last bracket has arrived.`,
  },
];

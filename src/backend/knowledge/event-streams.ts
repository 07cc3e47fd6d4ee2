import type { KnowledgeEntry } from './entry.ts';

export const eventStreamEntries: readonly KnowledgeEntry[] = [
  {
    id: 'event-fields',
    title: 'The fields of an event stream: data, event, id, retry and comments',
    questions: [
      'What do id, retry, event and data do in SSE?',
      'What is the format of an event stream?',
      'What does a line starting with a colon mean in SSE?',
      'What does the retry field do?',
    ],
    keywords:
      'fields id retry event data comment colon format syntax text/event-stream parse parser SSE client specification multi-line newline blank line',
    related: ['last-event-id', 'heartbeat'],
    body: `An event stream is UTF-8 text. Each line is \`field: value\` (one space after the colon is dropped), and **a blank line dispatches the event**.

| field | what it does |
|---|---|
| \`data\` | the payload; several \`data\` lines are joined by line breaks |
| \`event\` | the event type, \`message\` when absent; the page listens by that name |
| \`id\` | sets the *last event ID*, sent back when the client reconnects |
| \`retry\` | sets the reconnection time in milliseconds; digits only, otherwise ignored |
| \`:\` | a comment: ignored, which makes it a good heartbeat |
| any other | ignored |

\`\`\`text
retry: 2000
: nothing to see here

event: price
id: 7
data: {"stock":"AAPL",
data:  "price":231.4}

\`\`\`

Details that break clients and servers:

- Lines end with LF, CR or CRLF, and may be cut anywhere between two chunks.
- An event with **no \`data\` line is not dispatched**, though its \`id\` still counts.
- An event without its blank line at the end of the body is dropped.
- \`id\` stays in force for later events without one; an empty \`id\` resets it; one that contains NUL is ignored.
- A line break in a payload would start a new field. Send JSON, or one \`data:\` line for each line of text.
- A leading BOM is skipped.
- \`event: error\` reaches the same listener as connection errors in \`EventSource\`; many teams choose another name.

Parse it with a library (\`eventsource-parser\` in JavaScript); a \`split('\\n\\n')\` misses half of this list.`,
  },
  {
    id: 'heartbeat',
    title: 'Heartbeats',
    questions: [
      'Why do I need a heartbeat on a stream?',
      'How do I keep an SSE connection alive?',
      'How often should I send a ping?',
    ],
    keywords: 'heartbeat keep-alive keepalive ping comment interval idle silent stalled',
    related: ['idle-timeouts', 'reconnect'],
    body: `A heartbeat is something small sent when there is nothing to say. On an event stream it is a comment line, which every client ignores:

\`\`\`text
: heartbeat

\`\`\`

It does three jobs:

1. **Proxies** that cut silent connections see traffic.
2. **The server** finds out that a reader is gone, because the write fails.
3. **The client** can tell a quiet feed from a dead one: silence of three intervals means *stalled*, so reconnect.

How often? Below the shortest idle limit on the way. Streamscope's backend sends one every 8 s, because the strictest common layers cut after 10 s; 15 s is enough behind nginx or an AWS load balancer (60 s).

\`\`\`ts
async function* withHeartbeat(events, intervalMs) {
  const iterator = events[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const winner = await Promise.race([next, delay(intervalMs, 'silent')]);
    if (winner === 'silent') { yield ': heartbeat\\n\\n'; continue; }
    if (winner.done) return;
    yield winner.value;
    next = iterator.next();
  }
}
\`\`\`

Note that the pending \`next()\` is **kept** when the timer wins; calling it again would lose an event.

The browser's \`EventSource\` shows comments to nobody, so a page on it cannot watch for heartbeats. If the client needs to know, send a small named event (\`event: ping\`), or read the stream with \`fetch\`.

Other formats: an empty line in NDJSON, a newline in text where it does no harm, and nothing at all in CSV or binary.`,
  },
  {
    id: 'last-event-id',
    title: 'Last-Event-ID and resuming',
    questions: [
      'What is Last-Event-ID?',
      'How do I resume an SSE stream without losing events?',
      'How do I avoid missing events after a reconnect?',
    ],
    keywords:
      'Last-Event-ID resume replay missed lost events id lastEventId query gap buffer exactly once duplicate',
    related: ['reconnect', 'event-fields'],
    body: `When an event carries an \`id\`, the browser remembers it. After a lost connection \`EventSource\` sends it back, and the server goes on **after** it:

\`\`\`http
GET /stream/live-logs HTTP/1.1
Accept: text/event-stream
Last-Event-ID: 1041
\`\`\`

On the server this takes a number for each event, and a bounded memory of the last ones:

\`\`\`python
async def feed(last_id: int | None):
    if last_id is not None and last_id + 1 < history.first_id:
        missed = history.first_id - last_id - 1
        yield f'event: gap\\ndata: {{"missed": {missed}}}\\n\\n'
    async for item in history.after(last_id):      # replay, then live
        yield f"id: {item.id}\\ndata: {item.json}\\n\\n"
\`\`\`

What makes it right:

- **Subscribe before you replay**, or events fall between the two.
- IDs from an earlier run of the server mean nothing in this one. Put the run into the ID (\`a1b2-1041\`), and answer a foreign one with a gap rather than with silence.
- When the ID is too old, *say so*. A visible "missed 312" is far better than a list that looks complete.
- On the client, move the ID on only **after** the message was taken, and skip IDs already seen.
- A new \`EventSource\` object starts with no ID and cannot set headers, so accept the ID in the query too. Streamscope's backend takes \`lastEventId\`.
- Across origins the header has to be allowed by CORS.

A stream without IDs still reconnects, but whatever happened meanwhile is lost, and nobody can tell how much it was.`,
  },
  {
    id: 'reconnect',
    title: 'Reconnecting: backoff and jitter',
    questions: [
      'How should a client reconnect to a stream?',
      'How does EventSource reconnect?',
      'Why do I need exponential backoff with jitter?',
    ],
    keywords:
      'reconnect reconnection retry backoff jitter exponential thundering herd lost connection offline online delay Retry-After',
    related: ['last-event-id', 'heartbeat'],
    body: `\`EventSource\` reconnects by itself after a lost connection or an ended body, after the *reconnection time*: a few seconds, or what the server's \`retry:\` says. It gives up for good when a response is not a 200 of type \`text/event-stream\`. A client of your own has to decide all of that:

\`\`\`ts
function delayMs(attempt: number, random = Math.random): number {
  const ceiling = Math.min(30_000, 1_000 * 2 ** attempt);
  return random() * ceiling; // full jitter
}
\`\`\`

- **Exponential**, so that a server in trouble is left alone; **bounded**, so that the page recovers soon after it does.
- **Jitter**, because after a restart every client comes back in the same second; spread over the interval they come as a trickle.
- **Reset** the attempt count after a good spell (say 30 s live), not at the moment of connecting: a server that accepts and dies at once would otherwise be hammered.
- Respect \`Retry-After\` on 429 and 503. Try again on 408, 425, 429, 500, 502, 503, 504; never on 401, 403 or 404.
- \`retry: 0\` must not become a hot loop; set a floor.
- Wait while \`navigator.onLine\` is false, and try at once on the \`online\` event.
- Show it: *reconnecting in 4 s*, and a button to do it now.

Three words that are often mixed up: *reconnect* is a new connection, *retry* the same request after a failure, *resume* going on after the last event ID. Only resuming prevents loss; only IDs make it possible.`,
  },
  {
    id: 'errors-after-first-byte',
    title: 'Errors after the first byte',
    questions: [
      'What happens when an error occurs after the first byte?',
      'How do I report an error in the middle of a stream?',
      'Can I send a 500 after streaming has started?',
    ],
    keywords:
      'error errors failure fail exception midway middle after first byte status code 200 trailer truncated broken body incomplete',
    related: ['exports', 'reconnect'],
    body: `The status line leaves with the first byte. If the database dies in the middle of row 5,000, the client has already read \`200 OK\`, and there is no way to take it back. Two things are left: **say it in the stream**, or **break the body**.

In band, where the format has room:

\`\`\`text
event: failed
data: {"message":"the database went away","code":"db-lost"}

\`\`\`

\`\`\`text
{"type":"row","id":4999}
{"type":"error","message":"the database went away"}
\`\`\`

Where it has none (CSV, a file, a picture), **do not end cleanly**: destroy the connection. On HTTP/1.1 the final zero-size chunk is then missing, on HTTP/2 the stream is reset, and every decent client reports an error instead of a short but seemingly complete file.

\`\`\`js
try {
  for await (const row of rows) response.write(toCsv(row));
  response.end();
} catch (error) {
  log.error(error);
  response.destroy(error); // not end()
}
\`\`\`

On the way there:

- **Check before you start.** Validate the parameters, open the cursor and fetch the first row *before* sending headers; most failures then still get a proper 4xx or 5xx.
- **Mark the end.** A last event (\`done\`, a row count) tells "complete" from "cut off", even through proxies that tidy up broken bodies.
- HTTP trailers exist, but \`fetch\` does not show them to a page.
- Never send stack traces; the message is for a reader.

In the client, a body that breaks makes \`reader.read()\` reject. Keep what arrived, and say that it is incomplete.`,
  },
];

import type { KnowledgeEntry } from './entry.ts';

export const otherServerEntries: readonly KnowledgeEntry[] = [
  {
    id: 'node',
    title: 'Streaming with Node and Express',
    questions: [
      'How do I stream with Node.js?',
      'How do I do SSE in Express?',
      'How do I stream a response in Express?',
    ],
    keywords: 'Node.js Express res.write drain pipeline flushHeaders http server JavaScript highWaterMark',
    related: ['hono', 'server-backpressure'],
    body: `A Node response is a writable stream: \`write\` sends a part, \`end\` finishes. Express adds nothing to that.

\`\`\`js
app.get('/events', (request, response) => {
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write('retry: 1000\\n: open\\n\\n'); // headers and first bytes at once
  const beat = setInterval(() => response.write(': beat\\n\\n'), 8000);
  const unsubscribe = feed.subscribe((item) => {
    response.write(\`id: \${item.id}\\ndata: \${JSON.stringify(item)}\\n\\n\`);
  });
  response.on('close', () => {
    clearInterval(beat);
    unsubscribe();
  });
});
\`\`\`

For finite data let \`pipeline\` do the work. It respects backpressure, and destroys the source when the client leaves:

\`\`\`js
import { pipeline } from 'node:stream/promises';

app.get('/export', async (request, response) => {
  response.type('application/x-ndjson');
  await pipeline(async function* () {
    for await (const row of cursor) yield \`\${JSON.stringify(row)}\\n\`;
  }, response);
});
\`\`\`

The traps:

- \`response.write()\` returns **false** when the socket's buffer is full. Ignoring that keeps everything in memory; wait for \`drain\`, or drop.
- The \`compression\` middleware holds small parts: \`no-transform\`, or \`response.flush()\`.
- Listen to \`close\` on the *response*; a request's \`end\` only says that its body was read.
- An error after the first byte: \`response.destroy(error)\`, so that the client sees a broken body, not a clean end.`,
  },
  {
    id: 'hono',
    title: 'Streaming with Hono',
    questions: [
      'How do I stream with Hono?',
      'How do I use streamSSE in Hono?',
      'How do I stream from a Cloudflare Worker?',
    ],
    keywords:
      'Hono streamSSE streamText writeSSE Cloudflare Workers Deno Bun edge web standard Response ReadableStream',
    related: ['node', 'server-backpressure'],
    body: `Hono has three functions for streams, \`stream\`, \`streamText\` and \`streamSSE\`. The same code runs on Node, Bun, Deno and workers, because all of it is web-standard \`Request\` and \`Response\`.

\`\`\`ts
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

const app = new Hono();

app.get('/events', (c) => {
  c.header('Cache-Control', 'no-cache, no-transform');
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    for (let id = 0; !stream.aborted; id++) {
      await stream.writeSSE({ id: String(id), event: 'tick', data: JSON.stringify({ id }) });
      await stream.sleep(1000);
    }
  });
});
\`\`\`

Or make the body yourself, pulled by the reader:

\`\`\`ts
app.get('/rows', () => {
  const rows = readRows(); // an async iterator
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await rows.next();
      if (next.done) controller.close();
      else controller.enqueue(new TextEncoder().encode(\`\${JSON.stringify(next.value)}\\n\`));
    },
    cancel: () => rows.return?.(),
  });
  return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson' } });
});
\`\`\`

- \`pull\` is called only when there is room, so memory stays bounded whatever the reader does.
- \`cancel\` runs when the client leaves: stop the producer there.
- In \`streamSSE\`, \`await\` each write; a loop that does not await fills the queue.
- The \`compress\` middleware must leave streams out.`,
  },
  {
    id: 'go',
    title: 'Streaming with Go',
    questions: [
      'How do I stream with Go?',
      'How do I do SSE in Golang?',
      'Why does my Go handler not flush?',
    ],
    keywords: 'Go golang net/http Flusher ResponseController Flush context Done WriteTimeout',
    related: ['node', 'server-cancel'],
    body: `\`net/http\` buffers what a handler writes. A stream needs a **flush** after each item, and the request's context to know when the reader has left.

\`\`\`go
func events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	control.SetWriteDeadline(time.Time{}) // no WriteTimeout for this one
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache, no-transform")
	w.Header().Set("X-Accel-Buffering", "no")

	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for id := 0; ; id++ {
		fmt.Fprintf(w, "id: %d\\ndata: {\\"n\\": %d}\\n\\n", id, id)
		if err := control.Flush(); err != nil {
			return // the connection is gone, or cannot stream
		}
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
	}
}
\`\`\`

What goes wrong most often:

- **No flush**, or middleware that wraps the writer without an \`Unwrap\` or \`Flush\` method. \`ResponseController\` (Go 1.20) finds the inner writer where a type assertion to \`http.Flusher\` does not.
- **\`http.Server.WriteTimeout\`** cuts every response at that age. Clear the deadline for streams, or move it on before each write.
- **A producer goroutine that outlives the request**: select on \`r.Context().Done()\` wherever it sends.
- **\`ReverseProxy\`** flushes event streams and bodies of unknown length at once; for others set \`FlushInterval: -1\`.
- Writes block when the reader is slow: that is the backpressure. Put a bounded channel between a shared feed and each client, and drop or disconnect when it is full.`,
  },
  {
    id: 'server-cancel',
    title: 'How the server notices that the client has left',
    questions: [
      'How does a server notice that the client disconnected?',
      'Why does my generator go on running after the tab is closed?',
      'How do I stop work when a client leaves?',
    ],
    keywords:
      'disconnect disconnected leave closed tab cancel abort cleanup is_disconnected CancelledError leak generator keeps running server side',
    related: ['abort', 'idle-timeouts'],
    body: `A closing tab closes its connection (HTTP/2 and 3: resets the stream). The server learns of it in one of two ways: its event loop sees the close, or its **next write fails**. Work that writes nothing for ten minutes may run for ten minutes more.

| server | the sign |
|---|---|
| fetch-style (Hono, workers) | \`cancel()\` of the \`ReadableStream\`, \`request.signal\` |
| Node | \`response.on('close')\` |
| FastAPI/Starlette | the async generator is cancelled; \`await request.is_disconnected()\` |
| Django on ASGI | \`asyncio.CancelledError\` in the generator |
| Flask and other WSGI | a write fails, then \`GeneratorExit\` |
| Go | \`r.Context().Done()\` |

Clean up in **one** place, so that a normal end, an error and a leaving client all pass it:

\`\`\`python
async def produce():
    connection = await pool.acquire()
    try:
        async for row in connection.cursor("select …"):
            yield encode(row)
    finally:
        await pool.release(connection)
\`\`\`

Two habits:

- Send a **heartbeat** on quiet streams. It keeps proxies content, and it makes a dead reader visible within seconds. A phone that lost its network sends no close at all.
- Pass the signal **down**: to the database query, to the model's API, to the child process. A chat reply that nobody reads still costs tokens.

A proxy in between hides the leaving if it goes on reading for a cache; nginx then needs \`proxy_ignore_client_abort off\`, its default.`,
  },
];

import type { KnowledgeEntry } from './entry.ts';

export const streamscopeEntries: readonly KnowledgeEntry[] = [
  {
    id: 'streamscope',
    title: 'What Streamscope shows',
    questions: [
      'What is Streamscope?',
      'What do the panels of this dashboard show?',
      'What can I do with this dashboard?',
    ],
    keywords:
      'Streamscope dashboard panels app page ticker logs chat jobs downloads exports comparison inspector wire view',
    related: ['streamscope-paths', 'streamscope-backend'],
    body: `Streamscope shows every stream **twice**: the data that it carries, and the wire that it came on.

| panel | data | kind of stream |
|---|---|---|
| Stock ticker | prices, change, a chart | live event stream |
| Live logs | lines by level, following the end | live event stream |
| AI chat | a reply as it is typed | text or event stream |
| Job progress | bar, step, time left | finite event stream |
| File download | bytes, speed, a picture building up | bytes |
| Data export | rows as they arrive | CSV, JSON Lines, JSON array |
| Buffered vs streamed | the same rows, both ways, on one time axis | JSON and NDJSON |
| Inspector | raw chunks of any path or URL, with arrival times | any |

Under each panel is its *wire*: TTFB, first event, events, bytes, rate, longest gap, reconnects, last event ID, and the transport. What a transport cannot know is shown as not visible: \`EventSource\`, for one, hides bytes and headers.

Each panel has one status word: *idle, connecting, live, stalled, reconnecting, paused, ended* or *failed*.

Things to try:

- Start *Buffered vs streamed*, and compare the first rows, then the last ones.
- Stop the backend, and watch the panels say so and come back by themselves.
- Open the *Inspector* on one of your own URLs, to see how its chunks really arrive.
- Ask the same path from a terminal:

\`\`\`bash
curl -N 'http://localhost:8000/stream/stock-ticker?symbols=AAPL,MSFT'
\`\`\``,
  },
  {
    id: 'streamscope-paths',
    title: 'The paths of the built-in backend',
    questions: [
      'Which endpoints does the backend have?',
      'Which paths can I try with curl?',
      'Where is the API documentation?',
    ],
    keywords: 'endpoints paths API routes openapi docs redoc curl parameters built-in backend list',
    related: ['streamscope', 'curl'],
    body: `Everything is at the root, so it can be asked from a terminal. Add \`curl -N\` before each.

| path | gives |
|---|---|
| \`/stream/stock-ticker?symbols=AAPL,MSFT&rate=10\` | live prices, resumable |
| \`/stream/live-logs?source=demo\` | live log lines; \`source=requests\` is this server's own request log |
| \`/logs\` | log lines as plain text |
| \`/ai/chat-stream?prompt=…\`, \`/ai/chat-stream-sse?prompt=…\` | a reply, as text or as events |
| \`/process/long-task?steps=10&delay=500\` | the progress of a task |
| \`/progress\` | the same, short |
| \`/download/large-file?size=…\`, \`/download/image/1\` | bytes, a picture |
| \`/export/users/csv?rows=…\`, \`/export/data/jsonl?rows=…\` | users from the database |
| \`/stream/database-results?rows=…\` | the same, as one JSON array |
| \`/demo/comparison/buffered\`, \`/demo/comparison/streamed\` | the same rows, both ways |
| \`/stream/text\`, \`/stream/json\`, \`/sse\`, \`/stream\`, \`/dummy-events\` | small samples |
| \`/health\` | version, uptime and the streams being read now |

\`\`\`bash
curl -N 'http://localhost:8000/ai/chat-stream?prompt=What+is+backpressure'
\`\`\`

All parameters have bounds and defaults. A bad one is answered with status 422 and \`application/problem+json\`, which names the parameter and the reason.

The complete list with all parameters is at \`/docs\` (Swagger UI, *Try it out* streams), at \`/redoc\`, and as a document at \`/openapi.json\`. Live feeds send IDs and accept \`Last-Event-ID\` or \`lastEventId\`; every event stream sends a comment every 8 seconds when it is quiet. \`fault=\` makes any of them misbehave on purpose, such as \`fault=drop@20\`.`,
  },
  {
    id: 'streamscope-backend',
    title: 'Using Streamscope with your own backend',
    questions: [
      'How do I use this dashboard with my own backend?',
      'How do I connect Streamscope to a FastAPI backend?',
      'What does BACKEND_URL do?',
    ],
    keywords:
      'own backend BACKEND_URL FastAPI connect settings another backend proxy plain forms API_TOKEN LOG_FILE configure environment variable',
    related: ['fastapi', 'cors'],
    body: `There are two ways:

1. **Through Streamscope's server**: set \`BACKEND_URL\`, and all API paths go there. Streams pass untouched, the browser sees one origin, and no CORS is needed.

\`\`\`bash
BACKEND_URL=http://127.0.0.1:8001 npm run dev
\`\`\`

2. **Directly from the page**: enter the URL in *Settings*. The backend then has to allow the page's origin (CORS). A bearer token can be given there too; it stays in the tab's memory.

Your backend need not have everything. The panels read the **plain forms** that a FastAPI \`StreamingResponse\` gives:

| panel | plain form that is enough |
|---|---|
| ticker | \`data: {"stock": …, "price": …, "change": …}\` |
| logs | JSON, or text such as \`data: [ERROR] Something failed\` |
| chat | \`{token}\`, \`{content}\`, \`{delta}\`, \`{text}\` or bare text, and \`[DONE]\` |
| progress | \`data: {"progress": 40}\` |
| exports, downloads | CSV, JSON Lines, a JSON array, bytes without a length |

\`\`\`python
@app.get("/stream/stock-ticker")
async def ticker():
    return StreamingResponse(prices(), media_type="text/event-stream")
\`\`\`

Without event IDs a reconnect can lose events, and the wire view says so. Other settings of the built-in backend: \`LOG_FILE\` (followed by \`source=file\`), \`DATA_DIR\`, \`API_TOKEN\`, \`CORS_ORIGIN\`, and \`HOST\` and \`PORT\`.`,
  },
  {
    id: 'streamscope-faults',
    title: 'Making a stream misbehave: fault=',
    questions: [
      'How do I test my client against a bad connection?',
      'What does fault= do?',
      'How do I simulate a dropped connection, a stall or a buffering proxy?',
    ],
    keywords:
      'fault faults simulate inject test bench client chaos drop cut stall truncate garble broken event buffer buffering proxy one-behind first-kb gzip delay status idle timeout age limit flaky unreliable network misbehave',
    related: ['reconnect', 'testing'],
    body: `Add \`fault=\` to any stream of the built-in backend, and it **misbehaves on purpose**, the same way each time. So you can see what your client does about it.

| value | what happens |
|---|---|
| \`delay:3000\` | the headers come 3 s late |
| \`status:503\` | that status instead of a stream (400 to 599, or 204), with \`Retry-After\` for 429 and 503 |
| \`garble@3\` | event 3 cannot be parsed; the others can |
| \`stall@5:20000\` | silence for 20 s after 5 events, without heartbeats |
| \`drop@20\` | the socket is cut after 20 events |
| \`one-behind\` | each chunk waits for the next |
| \`first-kb\` | the first 1,024 bytes are held back |
| \`buffer\` | a proxy that holds everything until the end, headers too |
| \`gzip\` | a proxy that compresses and holds back, for clients that accept gzip |
| \`truncate@2000\` | 2,000 bytes, then the end |
| \`idle:5000\` | a proxy that cuts after 5 s of silence; heartbeats come every 8 s |
| \`age:30000\` | a proxy that cuts after 30 s whatever happens |

Several are joined by commas. Numbers count events where there are events, and chunks elsewhere.

\`\`\`bash
curl -N 'http://localhost:8000/stream/stock-ticker?fault=drop@5'
curl -N 'http://localhost:8000/stream/json?fault=delay:2000,one-behind'
\`\`\`

The first ends with curl's error 18: the connection was closed in the middle of the body. A client that resumes with \`Last-Event-ID\` is cut again after five events and still misses none, because each connection counts anew.

Things worth seeing:

- \`drop@20\` on the ticker: *Reconnects* goes up, and the last event ID has no hole.
- \`idle:5000\` on a quiet stream: why heartbeats must be more frequent than the shortest timeout on the way.
- \`buffer\` on a live feed: nothing at all, which is what an unconfigured proxy looks like.
- \`truncate@2000\` on NDJSON: an end that looks right, with half a row before it.`,
  },
];

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

The complete list with all parameters is at \`/docs\` (Swagger UI, *Try it out* streams), at \`/redoc\`, and as a document at \`/openapi.json\`. Live feeds send IDs and accept \`Last-Event-ID\` or \`lastEventId\`; every event stream sends a comment every 8 seconds when it is quiet.`,
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
      'own backend BACKEND_URL FastAPI connect settings another backend proxy plain forms OPENAI_BASE_URL API_TOKEN LOG_FILE configure environment variable',
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
];

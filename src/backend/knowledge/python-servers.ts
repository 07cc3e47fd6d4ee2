import type { KnowledgeEntry } from './entry.ts';

export const pythonServerEntries: readonly KnowledgeEntry[] = [
  {
    id: 'fastapi',
    title: 'Streaming with FastAPI',
    questions: [
      'How do I stream with FastAPI?',
      'How do I use StreamingResponse?',
      'Why does my FastAPI stream block?',
    ],
    keywords: 'FastAPI Starlette uvicorn Python async generator StreamingResponse media_type yield asgi',
    related: ['event-source-response', 'memory-low'],
    body: `Give \`StreamingResponse\` a generator and a media type. Each \`yield\` is sent at once.

\`\`\`python
import asyncio
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

app = FastAPI()

async def ticks(request: Request):
    for step in range(100):
        if await request.is_disconnected():
            break
        yield f"data: {step}\\n\\n"
        await asyncio.sleep(0.5)

@app.get("/sse")
async def sse(request: Request):
    return StreamingResponse(
        ticks(request),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )
\`\`\`

The traps:

- **\`time.sleep\` or a slow query in an \`async def\` generator** blocks the event loop: every client of that worker waits. Use \`await asyncio.sleep\`, an async driver, or a plain \`def\` generator, which Starlette runs in a thread pool.
- **A generator that never awaits** sends a few huge batches. \`await asyncio.sleep(0)\` gives the loop a turn.
- **The final blank line**: an event is complete only after \`\\n\\n\`.
- **A \`yield\` per byte or per character** costs a full round through the server; join small pieces.
- **Resources**: open the session *inside* the generator (\`async with\`), and close it in \`finally\`. A client that leaves cancels an async generator.
- Middleware that reads bodies turns the stream back into a buffered response.

Run it with \`uvicorn main:app --port 8000\`, then \`curl -N localhost:8000/sse\`.`,
  },
  {
    id: 'event-source-response',
    title: 'EventSourceResponse in FastAPI and Starlette',
    questions: [
      'What is EventSourceResponse?',
      'How do I send server-sent events from FastAPI?',
      'Should I use sse-starlette?',
    ],
    keywords: 'EventSourceResponse sse-starlette ServerSentEvent FastAPI Python ping fastapi.sse',
    related: ['fastapi', 'event-fields'],
    body: `\`EventSourceResponse\` writes the event-stream format for you: field names, several lines of data, the blank line, and a ping so that idle proxies keep the connection. There are two of that name.

From the package \`sse-starlette\`, for any version:

\`\`\`python
from sse_starlette import EventSourceResponse

async def events():
    for number in range(10):
        yield {"id": str(number), "event": "tick", "data": f'{{"n": {number}}}'}
        await asyncio.sleep(1)

@app.get("/events")
async def stream():
    return EventSourceResponse(events(), ping=15)
\`\`\`

From FastAPI itself, since 0.135: the path operation yields, and the class is named in the decorator.

\`\`\`python
from collections.abc import AsyncIterable
from fastapi.sse import EventSourceResponse, ServerSentEvent

@app.get("/events", response_class=EventSourceResponse)
async def stream() -> AsyncIterable[ServerSentEvent]:
    for number in range(10):
        yield ServerSentEvent(data={"n": number}, id=str(number))
        await asyncio.sleep(1)
\`\`\`

With neither at hand, a \`StreamingResponse\` whose generator yields \`f"data: {json.dumps(row)}\\n\\n"\` is a correct event stream, as long as a text with line breaks is sent as JSON or as one \`data:\` line for each of its lines.

What none of them can do for you: **resume**. Read the \`Last-Event-ID\` header, and start after it:

\`\`\`python
async def stream(last_event_id: str | None = Header(default=None)): ...
\`\`\``,
  },
  {
    id: 'django',
    title: 'Streaming with Django',
    questions: [
      'How do I stream a response in Django?',
      'How do I use StreamingHttpResponse?',
      'Does Django support SSE?',
    ],
    keywords: 'Django StreamingHttpResponse ASGI WSGI async iterator Python queryset iterator daphne',
    related: ['flask', 'memory-low'],
    body: `Django streams with \`StreamingHttpResponse\`. Which kind of generator to give it depends on how Django is served:

| served by | give it | the other kind |
|---|---|---|
| WSGI (gunicorn) | an ordinary generator | an async one is read whole first |
| ASGI (uvicorn, daphne), Django 4.2 and later | an async generator | an ordinary one is read whole first, with a warning |

\`\`\`python
import asyncio, json
from django.http import StreamingHttpResponse

async def events():
    try:
        for number in range(10):
            yield f"id: {number}\\ndata: {json.dumps({'n': number})}\\n\\n"
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        # the client has left
        raise

async def stream(request):
    response = StreamingHttpResponse(events(), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response
\`\`\`

For large exports keep memory low with a server-side cursor:

\`\`\`python
def rows():
    yield "id,name\\n"
    for user in User.objects.order_by("pk").iterator(chunk_size=2000):
        yield f"{user.pk},{user.name}\\n"   # quote with the csv module in real code
\`\`\`

Things that undo it: \`GZipMiddleware\` with small parts, middleware that touches \`response.content\` (a streaming response has none), \`ATOMIC_REQUESTS\`, which ends before the body is read, and a sync gunicorn worker, which serves one stream and nothing else.`,
  },
  {
    id: 'flask',
    title: 'Streaming with Flask',
    questions: [
      'How do I stream a response in Flask?',
      'How do I do SSE in Flask?',
      'What does stream_with_context do?',
    ],
    keywords: 'Flask stream_with_context generator Response mimetype WSGI gunicorn gevent Werkzeug Python',
    related: ['django', 'fastapi'],
    body: `Return a generator. Flask sends every \`yield\` as it comes.

\`\`\`python
import json, time
from flask import Flask, Response, stream_with_context

app = Flask(__name__)

@app.get("/events")
def events():
    @stream_with_context            # keeps request and session usable inside
    def produce():
        try:
            for number in range(10):
                yield f"data: {json.dumps({'n': number})}\\n\\n"
                time.sleep(1)
        finally:
            release()               # runs when the client leaves, too
    return Response(
        produce(),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )
\`\`\`

What to mind:

- Flask is WSGI: **one stream takes one worker or thread for its whole life.** A sync gunicorn worker with four processes serves four readers, and then nobody else. Use \`gunicorn -k gthread --threads 100\` or \`-k gevent\`.
- gunicorn's \`--timeout\` (30 s) kills *sync* workers in the middle of a long stream; threaded and gevent ones report themselves alive.
- Set headers and cookies in the view. Inside the generator the head of the response is already on its way.
- Leaving is noticed only **when the next write fails**. A heartbeat every few seconds bounds how long a dead reader holds a thread.
- Anything that calls \`response.get_data()\` (some debug toolbars and caches) collects the whole body.

If streams are the main thing, a framework on ASGI holds thousands of them with one process.`,
  },
];

import type { KnowledgeEntry } from './entry.ts';

export const pageEntries: readonly KnowledgeEntry[] = [
  {
    id: 'fast-rendering',
    title: 'Rendering fast streams: batches, ring buffers, virtual lists',
    questions: [
      'How do I render a fast stream without freezing the page?',
      'Why does my page get slow with many events?',
      'How do I show thousands of log lines?',
    ],
    keywords:
      'requestAnimationFrame batch batching ring buffer virtual list virtualized slow freeze jank React setState performance render frame throttle conflate',
    related: ['browser-backpressure', 'markdown-streaming'],
    body: `A screen shows 60 frames a second; a feed may bring 10,000 events. So **collect events, and draw once a frame**.

\`\`\`ts
const pending: LogLine[] = [];
let scheduled = false;

function onLine(line: LogLine) {
  pending.push(line);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    buffer.pushAll(pending.splice(0)); // one change of state for the whole batch
    notify();
  });
}
\`\`\`

The four parts of it:

1. **A batch a frame.** \`requestAnimationFrame\` does not run in a hidden tab: add a timer and a bound, or the batch grows for as long as the tab is away.
2. **A ring buffer**, not \`[...lines, line]\`. Copying a list of 40,000 lines for each event takes seconds; overwriting the oldest slot takes nothing. Count what was dropped, and show it.
3. **A virtual list.** Only the forty visible rows exist in the DOM; scrolling moves them.
4. **The right policy for the data**: prices are *conflated* (the latest per symbol wins), logs are kept and bounded, a chat reply is joined.

Then the smaller ones:

- Store outside React, and select narrowly, so that a price redraws its row and not the table.
- Charts on a canvas (uPlot) redraw every frame; SVG charts a few times a second.
- Parse in a worker, and post one batch a frame, not one message an event.
- Fixed widths and tabular figures, so that nothing jumps.

Check with the performance tools: no task above 50 ms, and memory flat after ten minutes.`,
  },
  {
    id: 'ttfb',
    title: 'TTFB, time to first event and other measures',
    questions: [
      'What is the difference between TTFB and time to first event?',
      'How do I measure a stream?',
      'Which metrics matter for streaming?',
    ],
    keywords:
      'TTFB time to first byte time to first token first event latency measure metrics gap rate throughput p95 performance.now Server-Timing',
    related: ['curl', 'testing'],
    body: `One number cannot describe a stream. Streamscope's wire view shows these:

| measure | from … to | says |
|---|---|---|
| **TTFB** | request start to first byte of the body | the server began (it may be only a comment) |
| **time to first event** (token, row) | request start to the first *message* | when people see something |
| **longest gap** | between two arrivals | stalls, buffering, cut risk |
| **rate** | events or bytes a second, over some seconds | throughput |
| **total** | request start to the end | the same for buffered and streamed, roughly |

Streaming improves the first three, and hardly the last. That is the whole point of *Buffered vs streamed*: the last row comes at the same time, the first one seconds earlier.

\`\`\`ts
const start = performance.now();
const response = await fetch(url, { signal });
const headersMs = performance.now() - start;
let ttfbMs: number | null = null;
for await (const chunk of response.body) {
  ttfbMs ??= performance.now() - start;
  arrivals.push({ atMs: performance.now() - start, bytes: chunk.byteLength });
}
\`\`\`

- **Headers are not the first byte.** Some servers send headers at once and the body a second later, some withhold the headers until there is a body.
- To tell a slow server from a slow path, stamp each row with the server's time (\`producedAt\`), and look at the *change* of the difference: clocks differ, but a constant offset does no harm.
- Report medians and the 95th percentile of several runs; one run proves little.
- A chunk is what one \`read()\` gave, not what the server wrote.
- \`EventSource\` hides bytes and headers, so some of these cannot be known there.`,
  },
  {
    id: 'testing',
    title: 'Testing streams',
    questions: [
      'How do I test a streaming endpoint?',
      'How do I unit test SSE?',
      'How do I mock a stream in a test?',
    ],
    keywords:
      'test testing unit test vitest pytest playwright mock fake timers fixture split chunks fast-check flaky TestClient',
    related: ['ttfb', 'errors-after-first-byte'],
    body: `Test the layers apart, and let nothing wait for real time.

**The parser.** Feed the same bytes whole, one by one, and cut in two at every point. The result has to be the same each time:

\`\`\`ts
test.each(cutsOf(bytes))('reads the events, cut at %i', (at) => {
  expect(parse([bytes.slice(0, at), bytes.slice(at)])).toEqual(expected);
});
\`\`\`

**The handler**, in process, without a port:

\`\`\`ts
const response = await app.request('/stream/sse?count=3&delay=0');
expect(response.headers.get('content-type')).toContain('text/event-stream');
expect(events(await response.text())).toHaveLength(3);
\`\`\`

**Streaming itself**: that the first item arrives *before* the last is made. Let the producer wait for the test:

\`\`\`ts
const reader = response.body.getReader();
await reader.read();            // the first is here…
expect(gate.released).toBe(1);  // …and only one was let through
await reader.cancel();
await expect.poll(() => activeStreams()).toBe(0); // the producer stopped
\`\`\`

**The page**: a controlled stream behind a fake \`fetch\`, and what a person sees (roles and names).

**The way through proxies**, over a real socket with \`curl -N\` or Playwright: that chunks arrive spread out, not in one burst.

- Python: \`httpx.stream()\` with a *running* server. Test clients in process often collect the whole body, and hang on an endless stream (Starlette's \`TestClient\` streams from 1.9 on).
- Inject clock and randomness; a \`sleep(100)\` in a test is a flaky test.
- Try the bad weather: a cut in the middle of a character, a stall, broken JSON, an empty body, HTML instead of events.`,
  },
];

import type { KnowledgeEntry } from './entry.ts';

export const operationEntries: readonly KnowledgeEntry[] = [
  {
    id: 'idle-timeouts',
    title: 'Proxies and idle timeouts',
    questions: [
      'Why is my stream cut after 60 seconds?',
      'What are the idle timeouts of common proxies?',
      'Why does my connection drop after a minute?',
    ],
    keywords:
      'timeout idle cut dropped disconnects 30 seconds 60 seconds 100 seconds proxy_read_timeout ALB Heroku Cloudflare Envoy 504 524',
    related: ['heartbeat', 'load-balancers'],
    body: `Look at *when* the cut comes. A constant time after the **last byte** is an idle limit; a constant time after the **start** is a limit of age.

Idle limits, where a heartbeat below the number helps:

| layer | cut after silence of |
|---|---|
| Bun's server, Fastly | about 10 s |
| Azure App Gateway | 20 s |
| CloudFront, Azure Front Door | 30 s |
| Heroku | 55 s |
| nginx, Apache, AWS ALB | 60 s |
| Cloudflare | 100 to 120 s, status 524 |
| Azure Load Balancer | 240 s |
| Envoy | 5 min |
| AWS NLB | 350 s |

Limits of age, where only reconnecting (or the configuration) helps:

| layer | cut at an age of |
|---|---|
| Envoy route | 15 s |
| AWS API Gateway | 29 s |
| Google Cloud load balancer | 30 s |
| Cloud Run | 300 s, can be raised |
| Railway | 15 min |

These are defaults; most can be changed. Measure yours:

\`\`\`bash
time curl -sN http://localhost:8000/dummy-events > /dev/null
\`\`\`

So build for it, whatever the number is:

- a heartbeat every 8 to 15 s;
- event IDs and \`Last-Event-ID\`, so that a cut costs nothing;
- where the age is limited, let the **server** end the stream a little earlier, between two events; a clean end is easier on the client than a broken one;
- NAT routers and mobile networks forget idle connections without telling either side. Only traffic, or its absence, shows it.`,
  },
  {
    id: 'load-balancers',
    title: 'Load balancing and scaling streams',
    questions: [
      'How do I load balance SSE connections?',
      'How many SSE connections can one server hold?',
      'How do I scale streaming to many clients?',
    ],
    keywords:
      'load balancer scaling scale many clients concurrent connections sticky sessions Redis pub/sub deploy drain file descriptors horizontally',
    related: ['idle-timeouts', 'serverless'],
    body: `Long connections change what "balanced" means: they stay where they were opened.

- **Choose by least connections**, not round robin. After a restart of one server, round robin leaves it nearly empty for hours.
- **Sticky sessions are not needed** if any server can resume any client: keep the history outside the process (Redis Streams, NATS JetStream, a table), and use *its* IDs as event IDs.
- **Deployments**: stop accepting, let streams end over some seconds with jitter, then exit. If everything closes at once, all clients return at once.
- **Limit** the streams per user and per address, and answer 429 with \`Retry-After\` beyond that.

What one server can hold depends on the model: an event loop (Node, Go, ASGI) holds tens of thousands of quiet streams, at some tens of kilobytes each; a thread-per-request server holds as many as it has threads. Raise the limits that come first:

\`\`\`bash
ulimit -n 65535        # a file descriptor for each connection
\`\`\`

A fan-out is cheaper than it looks if you do it once: **encode the event one time** and write the same bytes to every client.

\`\`\`js
const block = Buffer.from(\`id: \${id}\\ndata: \${JSON.stringify(item)}\\n\\n\`);
for (const client of clients) client.write(block);
\`\`\`

Behind a proxy, remember its own limits: each stream needs two connections there, and about 28,000 local ports are available towards one upstream address.

Count what matters: open streams, events a second, queue length of the slowest client, reconnects a minute. A rising reconnect rate is the first sign of a timeout somewhere.`,
  },
  {
    id: 'serverless',
    title: 'Streams on serverless platforms',
    questions: [
      'Can I stream from AWS Lambda?',
      'Does streaming work on serverless?',
      'How do I stream from Vercel or Cloud Run?',
    ],
    keywords:
      'serverless Lambda API Gateway Vercel Cloud Run Workers functions edge Firebase Azure Functions streamifyResponse',
    related: ['load-balancers', 'idle-timeouts'],
    body: `A function that runs for one request *can* stream, but only if the whole way allows it, and it is billed for the time the stream stays open.

| platform | streams? |
|---|---|
| Cloudflare Workers, Deno Deploy | yes: return a \`Response\` with a \`ReadableStream\`; billed by CPU time |
| Vercel functions | yes, within the function's maximum duration |
| AWS Lambda | with response streaming (\`awslambda.streamifyResponse\`) and a function URL; API Gateway only in its response streaming mode, otherwise whole responses and 29 s |
| Google Cloud Run | yes; the request timeout (300 s by default) is the limit of age |
| Firebase Hosting, Azure Static Web Apps in front of functions | collect the response: call the function's own address |

\`\`\`js
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream = awslambda.HttpResponseStream.from(stream, {
    statusCode: 200,
    headers: { 'Content-Type': 'text/event-stream' },
  });
  for await (const token of reply(event)) stream.write(\`data: \${JSON.stringify({ token })}\\n\\n\`);
  stream.end();
});
\`\`\`

What fits: **finite** streams, such as a model's reply, an export, the progress of one task.

What does not: live feeds that stay open for hours. Each reader holds one instance, memory in the process is not shared between instances, and the limit of age forces reconnects. Use a service that runs all the time, or a managed push service, and let functions only publish to it.

In either case send a last event, so that a client can tell the end from the time limit.`,
  },
  {
    id: 'security',
    title: 'Security of streams',
    questions: [
      'How do I secure a streaming endpoint?',
      'Is it safe to render streamed text as HTML?',
      'How do I protect a stream from abuse?',
    ],
    keywords:
      'security XSS innerHTML HTML injection CSV formula injection denial of service limits rate limit origin nosniff sanitize',
    related: ['sse-auth', 'exports'],
    body: `A stream is input, and it lasts. Both have consequences.

**In the page**

- Streamed text is *text*: \`element.append(token)\` or a React child, never \`innerHTML\`. A tag may be split over two chunks, so cleaning chunk by chunk does not work.
- Markdown from a model can hold HTML, \`javascript:\` links and pictures that carry data away in their URL. Render with raw HTML off, and allow only \`http(s)\` links.
- Check each message with a schema; a wrong one is counted and shown, not thrown.
- Bound what you keep: lines, rows, the length of one line. A server (or somebody in between) can send without end.

**On the server**

- Validate parameters and rights before the first byte. Bound sizes and rates (\`size\`, \`rows\`, \`rate\`).
- Limit open streams per user and address, and the time that a stuck reader may hold one.
- Use \`X-Content-Type-Options: nosniff\` and an exact \`Content-Type\`: a text stream that a browser takes for HTML is a script.
- **Header and field injection**: a line break in an event's \`data\`, \`id\` or \`event\` begins a new field. Encode as JSON.
- **CSV formulas**: a cell that begins with \`=\`, \`+\`, \`-\`, \`@\`, a tab or a carriage return may run in a spreadsheet. Put an apostrophe before text cells of that kind, when people open the file by hand.
- WebSockets ignore CORS, so check \`Origin\`; event streams with cookies across origins need an exact \`Access-Control-Allow-Origin\`.
- No stack traces, tokens or internal names in error events or in logs that are streamed to a page.

\`\`\`js
const cell = (text) => (/^[=+\\-@\\t\\r]/.test(text) ? \`'\${text}\` : text);
\`\`\``,
  },
];

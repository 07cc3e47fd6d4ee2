import type { KnowledgeEntry } from './entry.ts';

export const delayEntries: readonly KnowledgeEntry[] = [
  {
    id: 'arrives-at-once',
    title: 'Why a stream arrives all at once',
    questions: [
      'Why does my stream arrive all at once?',
      'Why is my stream buffered?',
      'Why do I get nothing and then everything at the end?',
      'Why does streaming not work?',
    ],
    keywords:
      'all at once buffering buffered burst chunks together end delayed not streaming stuck batch why late first kilobyte sniffing nosniff',
    related: ['curl', 'nginx'],
    body: `Something between the line that writes and the line that reads collects the parts. Look in this order:

1. **The producer.** Does it make the items over time, or is the list ready before the first is sent? An \`async\` generator that never awaits, or calls \`time.sleep\`, also blocks the server's own sending.
2. **The framework.** Middleware that reads the whole body (logging, ETag, response caches), or compression that waits for a full block. A \`Content-Length\` on a stream is a sign of this.
3. **The development server.** Some compress or collect proxied responses; ask the backend directly.
4. **Proxies and CDNs.** nginx buffers by default; API gateways and serverless platforms often send only whole responses.
5. **The browser.** Chrome may hold the first 1,024 bytes of \`text/plain\` to guess the type. \`X-Content-Type-Options: nosniff\` stops that.
6. **The client's code.** \`await response.text()\` and \`.json()\` wait for the end, always; read \`response.body\` instead.

What the pattern says:

| seen | likely |
|---|---|
| silence, then everything | a buffer as large as the response, or compression |
| steps of 4 to 64 KB | a proxy with a fixed buffer |
| each event comes with the next one | a layer that holds the last chunk |
| only the first kilobyte is late | type sniffing |

Find the guilty hop by asking each one with \`curl -N\`, from the innermost outwards. These headers rule out most of the list:

\`\`\`http
Cache-Control: no-cache, no-transform
X-Accel-Buffering: no
X-Content-Type-Options: nosniff
\`\`\``,
  },
  {
    id: 'curl',
    title: 'Finding out with curl -N where a stream is held',
    questions: [
      'How do I test a stream with curl?',
      'How do I find out which hop buffers my stream?',
      'What does curl -N do?',
    ],
    keywords: 'curl -N no-buffer debug diagnose hop command line terminal timestamps',
    related: ['arrives-at-once', 'ttfb'],
    body: `\`curl -N\` (\`--no-buffer\`) prints what arrives at once instead of collecting it. Run it against every hop, the innermost first; the first one that is late is the culprit.

\`\`\`bash
curl -N http://localhost:8000/stream/stock-ticker      # the backend itself
curl -N http://localhost:8080/stream/stock-ticker      # through nginx
curl -N https://app.example.org/stream/stock-ticker    # through everything
\`\`\`

Add the time of each line, without any extra tool:

\`\`\`bash
curl -sN http://localhost:8000/demo/comparison/streamed |
  while IFS= read -r line; do printf '%s %s\\n' "$(date +%T.%3N)" "$line"; done
\`\`\`

And the rest of what is worth knowing:

\`\`\`bash
curl -N -D - -o /dev/null http://localhost:8000/download       # the response headers
curl -N --raw http://localhost:8000/stream/text                # chunk sizes of HTTP/1.1 as sent
curl -N -H 'Accept-Encoding: gzip' -D - URL                    # does somebody compress it?
curl -sN -o /dev/null -w '%{time_starttransfer} %{time_total}\\n' URL
\`\`\`

How to read it:

- first byte and end at nearly the same time: it was **buffered**;
- smooth with curl, late in the browser: look at sniffing, a service worker, or the page's own code;
- smooth without \`Accept-Encoding\`, late with it: **compression**;
- in a pipe, remember that the next program buffers as well (\`grep --line-buffered\`, \`sed -u\`).`,
  },
  {
    id: 'nginx',
    title: 'Streams behind nginx',
    questions: [
      'How do I configure nginx for SSE?',
      'Why does nginx buffer my stream?',
      'What does X-Accel-Buffering do?',
    ],
    keywords: 'nginx proxy_buffering X-Accel-Buffering reverse proxy proxy_read_timeout gzip ingress',
    related: ['arrives-at-once', 'idle-timeouts'],
    body: `nginx collects a proxied response into buffers by default (\`proxy_buffering on\`), which is right for slow clients and wrong for streams. Either side can turn it off.

In the application, per response, with no change to nginx:

\`\`\`http
X-Accel-Buffering: no
\`\`\`

nginx obeys that header and removes it, so its absence in the browser proves nothing. Or in the configuration:

\`\`\`nginx
location /stream/ {
    proxy_pass http://127.0.0.1:8000;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_buffering off;
    proxy_cache off;
    gzip off;
    proxy_read_timeout 1h;   # default 60s: the longest silence between two reads
}
\`\`\`

- \`proxy_read_timeout\` counts **silence**, not total age. A heartbeat comment every 8 to 15 seconds keeps a quiet stream open without raising it.
- \`gzip\` holds data until a block is full. Leave the stream's type out of \`gzip_types\`; \`text/event-stream\` is not in the default list, but many copied configurations use \`gzip_types *\`.
- \`proxy_request_buffering off\` matters only for streamed *uploads*.
- For many readers raise \`worker_connections\`: each stream takes two connections, one on either side.
- With \`listen … ssl\` and \`http2 on\`, all streams of a browser share one connection, so the limit of six disappears.

A Kubernetes ingress based on nginx takes the same settings as annotations.`,
  },
  {
    id: 'compression',
    title: 'Compression and streams',
    questions: [
      'Does gzip break streaming?',
      'Why does compression delay my events?',
      'Can a stream be compressed?',
    ],
    keywords: 'gzip brotli br deflate compress middleware no-transform Content-Encoding GZipMiddleware flush',
    related: ['arrives-at-once', 'download-progress'],
    body: `A compressor collects input until it has a block worth writing. On a stream of small events that can mean *nothing until the end*. Compression is not forbidden, but each event has to be **flushed**.

Turn it off where events are small:

| layer | how |
|---|---|
| any well-behaved one | \`Cache-Control: no-transform\` on the response |
| Express \`compression\` | the same header, or \`res.flush()\` after each event |
| Starlette/FastAPI \`GZipMiddleware\` | from Starlette 1.5 on it flushes each streamed part, and takes \`exclude_content_types\`; older ones hold about 32 KiB of any type but \`text/event-stream\`, and the oldest that too |
| nginx | keep the type out of \`gzip_types\` |
| Vite preview, some dev servers | ignore \`no-transform\`; \`Content-Encoding: identity\` helps, or ask the backend directly |

Flush by hand where it pays (long text, large records):

\`\`\`js
import { constants, createGzip } from 'node:zlib';

const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH }); // each write comes out at once
gzip.pipe(response);
gzip.write(\`data: \${JSON.stringify(row)}\\n\\n\`);
\`\`\`

How to see it: \`Content-Encoding: gzip\` or \`br\` on the response, and events that come in bursts. A check from outside:

\`\`\`bash
curl -sN -H 'Accept-Encoding: gzip, br' -D - -o /dev/null http://localhost:8000/stream/json
\`\`\`

Mind progress bars as well: with compression \`Content-Length\` counts the compressed bytes, while the page reads the decompressed ones.`,
  },
  {
    id: 'dev-servers-and-cdns',
    title: 'Development servers, CDNs and other layers that hold a stream',
    questions: [
      'Why does streaming work in production but not in development?',
      'Why does Cloudflare or another CDN buffer my stream?',
      'Does Cloudflare support SSE?',
      'Why does the stream work locally but not when deployed?',
    ],
    keywords:
      'CDN Cloudflare buffers cloudflared CloudFront Fastly Vite webpack Next.js dev server proxy antivirus Kaspersky service worker deployed production locally',
    related: ['arrives-at-once', 'serverless'],
    body: `A stream that is smooth at its source and late in the page has met a layer that you did not think of:

| layer | what it does | what helps |
|---|---|---|
| webpack-dev-server | compresses by default | \`compress: false\`, or \`no-transform\` |
| Vite preview | compresses responses behind its own middleware | mount the API before it, or \`Content-Encoding: identity\` |
| Next.js rewrites | compress, and send at the end | \`no-transform\`, or a route handler instead of a rewrite |
| Cloudflare | passes event streams; cuts after about 100 s of silence (status 524) | heartbeats |
| cloudflared quick tunnels | may hold a \`GET\`, not a \`POST\` | a named tunnel, or \`POST\` |
| CloudFront, Front Door, Fastly | pass streams; cut after 10 to 30 s of silence | heartbeats below that |
| API gateways, hosting of static sites with functions | whole responses only | response streaming mode, or call the function directly |
| antivirus, company proxies | hold plain HTTP until it closes | HTTPS |
| a service worker | passes the body through itself | \`if (url.pathname.startsWith('/stream/')) return;\` in its fetch handler |

Ask around the layer to prove it: the origin directly, then through the layer, with the same path and method. If only \`GET\` is held, a cache is at work; if only compressed responses are, a compressor is.

\`\`\`bash
curl -N http://origin.internal:8000/sse
curl -N https://www.example.org/sse
\`\`\`

A CDN must also be told not to cache: \`Cache-Control: no-cache\` alone lets it store and revalidate; \`no-store\` forbids storing.`,
  },
];

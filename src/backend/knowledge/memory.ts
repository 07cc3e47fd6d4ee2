import type { KnowledgeEntry } from './entry.ts';

export const memoryEntries: readonly KnowledgeEntry[] = [
  {
    id: 'memory-low',
    title: 'How memory stays low while streaming',
    questions: [
      'How does memory stay low when streaming?',
      'How do I stream a large file or query without loading it into memory?',
      'How do I export millions of rows?',
    ],
    keywords:
      'memory RAM low generator cursor large huge dataset fetchall out of memory OOM constant chunk size',
    related: ['server-backpressure', 'exports'],
    body: `Memory stays flat when **every step holds one piece at a time** and asks for the next only when the last one is gone. One step that collects undoes all the others.

| instead of | use |
|---|---|
| \`cursor.fetchall()\`, \`await db.query(…)\` | a server-side cursor, \`iterate()\`, \`fetchmany(1000)\` |
| \`file.read()\`, \`readFile\` | chunks of 64 KB to 1 MB |
| \`rows.map(toCsv).join('\\n')\` | a generator that yields one line |
| \`JSON.stringify(all)\` | \`[\`, element, \`,\`, element, \`]\`, or NDJSON |
| \`await response.json()\` in the page | a reader, and a bounded list on screen |

\`\`\`python
def lines(connection):
    cursor = connection.cursor(name="export")     # named: kept on the server (psycopg)
    cursor.itersize = 2000
    cursor.execute("select id, name from users order by id")
    yield "id,name\\r\\n"
    for row in cursor:
        yield to_csv_line(row)
\`\`\`

Then let the reader set the pace: a generator runs only when it is asked, and the server asks only when the socket has room. That is backpressure, and it is what keeps a slow client from filling your memory.

Numbers worth knowing:

- A piece of 16 to 64 KB costs little overhead. A \`write\` per row of 50 bytes is mostly system calls, so join some rows, but never so many that the first one waits.
- Paging with \`LIMIT … OFFSET\` gets slower page by page; page by key (\`where id > ?\`).
- A long cursor holds a transaction open. For exports of minutes, page by key instead.

Prove it: watch the process while you export ten times as many rows. The peak should not move.`,
  },
  {
    id: 'server-backpressure',
    title: 'Backpressure on the server',
    questions: [
      'What is backpressure?',
      'What happens when a client reads too slowly?',
      'How do I handle slow readers on the server?',
    ],
    keywords:
      'backpressure slow client consumer drain highWaterMark pull desiredSize queue bounded flow control',
    related: ['browser-backpressure', 'memory-low'],
    body: `Backpressure is the reader's *not so fast* travelling back to the producer. TCP and HTTP/2 carry it already: when the reader stops reading, the sender's buffers fill, and its writes stop succeeding. Your code only has to **listen**.

- **Pulled producers** (generators, \`ReadableStream.pull\`, cursors) listen by nature: nobody asks, nothing is made.
- **Pushed ones** (a feed that ticks whether or not you can keep up) need a decision, for each client, about what to do when its queue is full.

| data | when the queue is full |
|---|---|
| prices, positions | **conflate**: keep only the newest value of each key |
| logs | **drop the oldest**, count them, and say so in the stream |
| orders, chat, exports | **wait**: lossless, the producer slows down |
| a reader that is hopelessly behind | **disconnect** it, and let it resume by its last event ID |

\`\`\`js
async function* bounded(feed, limit, signal) {
  const queue = [];
  let dropped = 0;
  const stop = feed.subscribe((item) => {
    queue.push(item);
    if (queue.length > limit) { queue.shift(); dropped++; }
  });
  try {
    while (!signal.aborted) {
      if (queue.length === 0) await feed.next(signal);
      if (dropped > 0) { yield { type: 'gap', missed: dropped }; dropped = 0; }
      while (queue.length > 0) yield queue.shift();
    }
  } finally { stop(); }
}
\`\`\`

The mistake that ends servers: calling \`write\` for every client on every tick and ignoring what it returns. A single phone in a tunnel then grows your heap until the process dies.`,
  },
  {
    id: 'browser-backpressure',
    title: 'Backpressure in the browser with ReadableStream',
    questions: [
      'How does backpressure work in the browser?',
      'How do I read a ReadableStream slowly?',
      'How do I read response.body without filling memory?',
    ],
    keywords:
      'ReadableStream getReader read BYOB TextDecoderStream pipeThrough pipeTo highWaterMark tee browser fetch body',
    related: ['fetch-clients', 'server-backpressure'],
    body: `\`response.body\` is a \`ReadableStream\`. Nothing more is read from the network than its small queues hold until you call \`read()\`, so **not reading is the brake**: the window closes, and the server waits.

\`\`\`js
const response = await fetch('/export/data/jsonl?rows=100000', { signal });
const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
for (;;) {
  const { value, done } = await reader.read();
  if (done) break;
  await handle(value); // while this runs, nothing piles up
}
\`\`\`

- \`for await (const chunk of response.body)\` does the same, and cancels the stream when you leave the loop early. Where a browser lacks async iteration of streams, use the reader.
- \`TextDecoderStream\` joins characters that were cut between two chunks. \`new TextDecoder().decode(chunk)\` on each chunk alone does not.
- \`pipeThrough\` keeps the brake; a \`TransformStream\` that calls \`enqueue\` a thousand times for one chunk stretches it.
- \`tee()\` reads at the speed of the **faster** branch and keeps the rest for the slower one, without bound.
- For bytes, \`getReader({ mode: 'byob' })\` fills your own buffer again and again, with less garbage.
- \`await reader.cancel()\` closes the connection. Merely dropping the reader leaves the response hanging until it is collected.

\`EventSource\` and \`WebSocket\` have **no** brake: their messages are queued as they arrive. If the page cannot keep up there, conflate or drop in the handler, and keep the handler tiny.`,
  },
];

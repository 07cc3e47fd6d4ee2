import type { KnowledgeEntry } from './entry.ts';

export const transferEntries: readonly KnowledgeEntry[] = [
  {
    id: 'download-progress',
    title: 'Progress of a download',
    questions: [
      'How do I show download progress?',
      'Why does my progress bar go past 100 %?',
      'Why is Content-Length missing?',
    ],
    keywords: 'download progress bar percent Content-Length gzip unknown total speed time left ETA loaded',
    related: ['range-resume', 'compression'],
    body: `Count the bytes that \`read()\` gives, and compare them with the length that the server announced, **if** it can be trusted.

\`\`\`ts
const response = await fetch('/download/large-file?size=50000000', { signal });
const encoded = response.headers.get('content-encoding') !== null;
const length = response.headers.get('content-length');
const total = encoded || length === null ? null : Number(length);

let received = 0;
const reader = response.body.getReader();
for (;;) {
  const { value, done } = await reader.read();
  if (done) break;
  received += value.byteLength;
  show(received, total); // null: an indeterminate bar, and bytes only
}
if (total !== null && received !== total) throw new Error('incomplete');
\`\`\`

- **Compression.** \`Content-Length\` then counts the compressed bytes, and the page reads the decompressed ones: 300 % of nothing. Treat the total as unknown. Across origins \`Content-Encoding\` is hidden unless exposed by CORS, so never show more than 100 %.
- **Chunked** responses have no length. A server that knows the size can still send \`Content-Length\` with a streamed body; that is better for everybody.
- **Speed**: average over the last few seconds, not since the start. Time left is the rest divided by that speed, rounded, and shown only once it is stable.
- Redraw at most once a frame. A fast download gives thousands of chunks a second.
- A body that ends early on HTTP/1.1 with a length makes \`read()\` reject. With chunked framing behind a careless proxy it may look like a clean end, which is why the check at the bottom exists.

Uploads: \`fetch\` reports no progress of the request body; \`XMLHttpRequest.upload.onprogress\` does.`,
  },
  {
    id: 'range-resume',
    title: 'Resuming a download with Range',
    questions: [
      'How do I resume an interrupted download?',
      'How do Range requests work?',
      'What does If-Range do?',
    ],
    keywords:
      'Range If-Range 206 Partial Content Content-Range ETag Accept-Ranges 416 resume interrupted pause continue',
    related: ['download-progress', 'memory-low'],
    body: `A server that says \`Accept-Ranges: bytes\` can send part of a file. Ask for the rest, and name the version you have with \`If-Range\`:

\`\`\`http
GET /download/large-file HTTP/1.1
Range: bytes=1048576-
If-Range: "f3a9c1"
\`\`\`

\`\`\`http
HTTP/1.1 206 Partial Content
Content-Range: bytes 1048576-9999999/10000000
Content-Length: 8951424
ETag: "f3a9c1"
\`\`\`

| answer | meaning | do |
|---|---|---|
| 206 | the same version, from there | append, after checking the start in \`Content-Range\` |
| 200 | changed, or no ranges (or a proxy removed the header) | throw away, begin again |
| 416 | beyond the end | compare the size with \`Content-Range: bytes */10000000\` |

Rules:

- The \`ETag\` must be **strong** (no \`W/\`); a weak one does not promise the same bytes, and \`If-Range\` refuses it.
- Do not ask for ranges of something compressed on the fly: offsets count the encoded bytes. Send \`Accept-Encoding: identity\` where you can; a page cannot.
- Check the whole at the end. \`Repr-Digest: sha-256=:…:\` (RFC 9530) describes the complete file, also on a 206.
- Keep what has arrived on disk (the File System Access API, the origin private file system), not in an array of chunks.

\`\`\`bash
curl -C - -O http://localhost:8000/download        # goes on where the file ends
\`\`\`

Streams made on the fly resume only if any offset can be **reproduced**: a fixed seed, a stored file, or a key to go on after. Otherwise start again, and say so.`,
  },
  {
    id: 'exports',
    title: 'Exporting CSV, JSON Lines or a JSON array as a stream',
    questions: [
      'How do I stream a CSV export?',
      'Should an export be CSV, JSON Lines or a JSON array?',
      'How do I stream database results?',
    ],
    keywords:
      'export CSV JSONL rows database cursor RFC 4180 quoting spreadsheet Content-Disposition download table',
    comparison: {
      strength: 'opens in every spreadsheet',
      weakness: 'no types, no nesting, no place for an error',
    },
    related: ['json-array', 'memory-low'],
    body: `All three can be streamed row by row from a cursor; they differ in what the reader can do with half of it.

| | CSV | JSON Lines | JSON array |
|---|---|---|---|
| opened by | spreadsheets, databases | tools, scripts, \`jq\` | every JSON client |
| types, nesting | none | yes | yes |
| valid when cut off | looks complete | complete lines are | no |
| error in the middle | break the body | an error line | break the body |
| parse while it arrives | easy, but mind quotes | trivial | needs a streaming parser |

\`\`\`python
import csv, io

def csv_rows(cursor):
    buffer = io.StringIO()
    writer = csv.writer(buffer)              # quotes as RFC 4180 asks, ends lines with CRLF
    writer.writerow(["id", "name", "note"])
    for number, row in enumerate(cursor, 1):
        writer.writerow(row)
        if number % 200 == 0:                # some rows a chunk
            yield buffer.getvalue()
            buffer.seek(0); buffer.truncate()
    yield buffer.getvalue()
\`\`\`

- **Quote** a field with a comma, a quote or a line break, and double the quotes inside. So a line of the file is *not* always a row: use a CSV parser on the other side.
- Add \`Content-Disposition: attachment; filename="users.csv"\` when people save it.
- Read in a stable order, by key. One long transaction shows one state, but holds old rows; paging by key shows a moving one.
- Text that begins with \`=\`, \`+\`, \`-\` or \`@\` can run as a formula in a spreadsheet.
- In the page keep a bounded preview, count the rest, and write to disk instead of to an array.

Streamscope's paths: \`/export/users/csv\`, \`/export/data/jsonl\`, \`/stream/database-results\`.`,
  },
  {
    id: 'json-array',
    title: 'Parsing JSON while it streams',
    questions: [
      'How do I parse streaming JSON?',
      'How do I read a JSON array element by element?',
      'Can JSON be parsed before it is complete?',
    ],
    keywords:
      'JSON array streaming parser incremental partial JSON parse oboe streamparser ijson jq --stream element incomplete',
    comparison: {
      strength: 'one valid document for any JSON client',
      weakness: 'worthless when cut off; needs a streaming parser to be read early',
    },
    related: ['ndjson', 'exports'],
    body: `\`JSON.parse\` and \`response.json()\` need the last bracket. To use the elements of a large array while it arrives, take a **streaming parser**:

\`\`\`ts
import { JSONParser } from '@streamparser/json';

const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
parser.onValue = ({ value }) => addRow(value);

const response = await fetch('/stream/database-results?rows=10000', { signal });
for await (const chunk of response.body) parser.write(chunk);
if (!parser.isEnded) throw new Error('the array ended early');
\`\`\`

\`paths\` says what to emit (every element of the outer array), and \`keepStack: false\` lets each one go afterwards, so that memory stays flat. In Python \`ijson.items(file, 'item')\` does the same, on the command line \`jq -cn --stream 'fromstream(1 | truncate_stream(inputs))'\`.

What to know:

- A streaming parser in JavaScript is several times **slower** than \`JSON.parse\`. For many records prefer NDJSON: split lines, and give each to \`JSON.parse\`.
- Write the array in pieces on the server: \`[\`, then an element, then \`,\` **before** each further one, and \`]\` at the very end, only if all went well.
- An error in the middle has no place inside the array. Leave it unclosed, and break the body.
- **Partial objects** (a model's structured output that grows) are a different task: complete the open strings and brackets, parse, and show the result as provisional on each step. Throttle that, since it parses the whole text again each time.
- Put the parser into a worker when documents have tens of megabytes.`,
  },
];

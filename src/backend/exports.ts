import {
  csvExportEndpoint,
  databaseResultsEndpoint,
  jsonLinesExportEndpoint,
  shortExportEndpoint,
  USER_COUNT,
  type User,
} from '../contract/exports.ts';
import type { BackendContext, BackendRequestContext } from './context.ts';
import { USER_CSV_HEADER, userCsvLine } from './csv.ts';
import { DatabaseUnavailableError } from './database.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { portions } from './portions.ts';
import { problemResponse } from './problem.ts';
import { streamResponse } from './stream-response.ts';
import { Users } from './users.ts';

/** Rows of one chunk at full speed: read in a millisecond, 30 to 60 kB once encoded. */
const LARGEST_CHUNK_ROWS = 250;
const REPORT_EVERY_ROWS = 40_000;

/** How users become text: what comes before the first, between two, and after the last. */
interface RowFormat {
  readonly filename?: string;
  readonly head: string;
  readonly row: (user: User) => string;
  readonly between: string;
  readonly tail: string;
}

const CSV: RowFormat = {
  filename: 'users.csv',
  head: USER_CSV_HEADER,
  row: userCsvLine,
  between: '',
  tail: '',
};
const JSON_LINES: RowFormat = {
  filename: 'users.jsonl',
  head: '',
  row: (user) => `${JSON.stringify(user)}\n`,
  between: '',
  tail: '',
};
const JSON_ARRAY: RowFormat = {
  head: '[\n',
  row: (user) => JSON.stringify(user),
  between: ',\n',
  tail: '\n]\n',
};

const EXPORTS = [
  { endpoint: csvExportEndpoint, format: CSV },
  { endpoint: shortExportEndpoint, format: CSV },
  { endpoint: jsonLinesExportEndpoint, format: JSON_LINES },
  { endpoint: databaseResultsEndpoint, format: JSON_ARRAY },
];

interface ExportQuery {
  readonly rows: number;
  readonly rate: number;
}

export function registerExports(context: BackendContext): void {
  const users = new Users({ dataDir: context.options.dataDir, onProgress: progressReport(context) });
  context.onClose(() => users.close());
  for (const { endpoint, format } of EXPORTS) {
    registerEndpoint(context, endpoint, async (c, { query }) => {
      try {
        await users.prepare(query.rows);
      } catch (error) {
        return unavailable(context, error);
      }
      return exportResponse(c, { endpoint, format, query, users, clock: context.clock });
    });
  }
}

interface Export extends Pick<BackendContext, 'clock'> {
  readonly endpoint: { readonly mediaType: string };
  readonly format: RowFormat;
  readonly query: ExportQuery;
  readonly users: Users;
}

function exportResponse(c: BackendRequestContext, request: Export): Response {
  const { endpoint, format } = request;
  const headers: Record<string, string> =
    format.filename === undefined
      ? {}
      : { 'Content-Disposition': `attachment; filename="${format.filename}"` };
  return streamResponse(c, { mediaType: endpoint.mediaType, headers }, (signal) =>
    exportChunks(request, signal),
  );
}

/** The rows as text: a chunk a page at full speed, a chunk a row (or what is due within a timer's turn) at a pace. */
async function* exportChunks({ format, query, users, clock }: Export, signal: AbortSignal) {
  yield format.head;
  let sent = 0;
  const portioning = { total: query.rows, rate: query.rate, largest: LARGEST_CHUNK_ROWS };
  for await (const portion of portions(portioning, signal, clock)) {
    // While the table is still being filled, a read may bring fewer rows than are due.
    for (const due = sent + portion; sent < due; ) {
      const page = await users.read(sent, due - sent, signal);
      const text = page.map(format.row).join(format.between);
      yield sent === 0 ? text : format.between + text;
      sent += page.length;
    }
  }
  yield format.tail;
}

function unavailable(context: BackendContext, error: unknown): Response {
  if (!(error instanceof DatabaseUnavailableError)) throw error;
  context.log?.error({ err: error.cause, fault: error.fault }, 'database unavailable');
  context.requestLog.write({ level: 'error', service: 'database', message: error.message });
  return problemResponse(503, { detail: error.message, headers: { 'Retry-After': '5' } });
}

/** Tells the server's logs how far the making of the database is. */
function progressReport({ requestLog }: BackendContext): (seeded: number) => void {
  const total = USER_COUNT.toLocaleString('en');
  return (seeded) => {
    if (seeded % REPORT_EVERY_ROWS !== 0) return;
    const message = `Seeding users: ${seeded.toLocaleString('en')} of ${total}`;
    requestLog.write({ level: 'info', service: 'database', message });
  };
}

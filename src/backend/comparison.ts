import { bufferedEndpoint, type ComparisonRow, streamedEndpoint } from '../contract/comparison.ts';
import type { BackendContext } from './context.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { every } from './pace.ts';
import { SERVICE_MESSAGES, takeRound } from './sample-texts.ts';
import { streamResponse } from './stream-response.ts';

export function registerComparison(context: BackendContext): void {
  registerEndpoint(context, bufferedEndpoint, (c, { query }) =>
    streamResponse(c, { mediaType: bufferedEndpoint.mediaType }, (signal) =>
      buffered(rows(context, query, signal)),
    ),
  );
  registerEndpoint(context, streamedEndpoint, (c, { query }) =>
    streamResponse(c, { mediaType: streamedEndpoint.mediaType }, (signal) =>
      streamed(rows(context, query, signal)),
    ),
  );
}

/** The rows of both runs: each takes `delay` to make, the first one too. */
async function* rows(
  context: BackendContext,
  query: { rows: number; delay: number },
  signal: AbortSignal,
): AsyncGenerator<ComparisonRow> {
  const turns = every(query.delay, signal, context.clock);
  await turns.next();
  for (let id = 1; id <= query.rows; id += 1) {
    await turns.next();
    yield {
      id,
      message: takeRound(SERVICE_MESSAGES, id - 1),
      producedAt: new Date(context.now()).toISOString(),
    };
  }
}

async function* streamed(source: AsyncIterable<ComparisonRow>): AsyncGenerator<string> {
  for await (const row of source) yield `${JSON.stringify(row)}\n`;
}

/** What a handler does that returns a list: nothing leaves before the last row is there. Here that is the point. */
async function* buffered(source: AsyncIterable<ComparisonRow>): AsyncGenerator<string> {
  const all: ComparisonRow[] = [];
  for await (const row of source) all.push(row);
  yield JSON.stringify(all);
}

import { z } from 'zod';
import { bufferedEndpoint, tolerantComparisonRowSchema } from '../../contract/comparison.ts';
import { problemSchema } from '../../contract/problem.ts';
import { authorizationHeaders, endpointUrl } from '../../streams/choose-transport.ts';
import type { BackendTarget } from '../../streams/types.ts';
import type { ComparedRow } from './comparison-store.ts';

export interface ComparisonParameters {
  readonly rows: number;
  readonly delay: number;
}

export interface BufferedAnswer {
  readonly rows: readonly ComparedRow[];
  readonly headersMs: number;
  readonly endMs: number;
}

const rowsSchema = z.array(tolerantComparisonRowSchema);

/**
 * The buffered lane as any page would do it: `await response.json()`.
 *
 * @throws Error with a sentence that can be shown; the signal's reason when aborted.
 */
export async function fetchBuffered(
  target: BackendTarget,
  parameters: ComparisonParameters,
  { signal, now = () => performance.now() }: { signal: AbortSignal; now?: () => number },
): Promise<BufferedAnswer> {
  const requestedAtMs = now();
  const response = await fetch(endpointUrl(target, bufferedEndpoint.path, { ...parameters }), {
    signal,
    headers: authorizationHeaders(target),
    cache: 'no-store',
  });
  const headersMs = now() - requestedAtMs;
  if (!response.ok) throw new Error(await problemOf(response));
  const body = await response.json().catch((cause: unknown) => {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new Error('The buffered answer is not JSON.', { cause });
  });
  const endMs = now() - requestedAtMs;
  const rows = rowsSchema.safeParse(body);
  if (!rows.success) throw new Error('The buffered answer is not a JSON array of objects.');
  return { rows: rows.data, headersMs, endMs };
}

async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  const problem = problemSchema.safeParse(safeJson(text));
  const detail = problem.success ? `: ${problem.data.detail ?? problem.data.title}` : '';
  return `The buffered request was answered with status ${response.status}${detail}`;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A body that is no JSON has no problem details to show; the status is said in any case.
    return null;
  }
}

import { useQuery } from '@tanstack/react-query';
import { healthEndpoint, type TolerantHealth, tolerantHealthSchema } from '../contract/health.ts';
import type { BackendTarget } from '../streams/types.ts';

const HEALTH_INTERVAL_MS = 5_000;

/**
 * Asks a backend how it is.
 *
 * @throws Error with a sentence that can be shown.
 */
export async function fetchHealth(target: BackendTarget, signal: AbortSignal): Promise<TolerantHealth> {
  const response = await fetch(`${target.baseUrl}${healthEndpoint.path}`, {
    signal,
    headers: target.token === null ? {} : { authorization: `Bearer ${target.token}` },
  }).catch((cause: unknown) => {
    throw new Error('It does not answer, or does not allow this page to read the answer (CORS).', { cause });
  });
  if (!response.ok) throw new Error(`It answers with status ${response.status}.`);
  const health = tolerantHealthSchema.safeParse(await response.json().catch(() => null));
  if (!health.success) throw new Error('It answers, but not with the JSON of a health check.');
  return health.data;
}

export function useHealth(target: BackendTarget) {
  return useQuery({
    queryKey: ['health', target.baseUrl, target.token !== null],
    queryFn: ({ signal }) => fetchHealth(target, signal),
    refetchInterval: HEALTH_INTERVAL_MS,
  });
}

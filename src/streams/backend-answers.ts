import { healthEndpoint } from '../contract/health.ts';
import { authorizationHeaders } from './choose-transport.ts';
import type { BackendTarget } from './types.ts';

/** Whether a backend answers its health check. */
export function backendAnswers(target: BackendTarget, signal: AbortSignal): Promise<boolean> {
  return fetch(`${target.baseUrl}${healthEndpoint.path}`, {
    signal,
    headers: authorizationHeaders(target),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
}

import { type Health, healthEndpoint, rootEndpoint } from '../contract/health.ts';
import type { BackendContext } from './context.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { jsonResponse } from './json-response.ts';

export function registerHealth(context: BackendContext): void {
  const startedAtMs = context.clock.now();
  const health = (): Health => ({
    status: 'ok',
    version: context.options.version,
    uptimeSeconds: Math.floor((context.clock.now() - startedAtMs) / 1_000),
    activeStreams: context.streams.count,
  });
  for (const endpoint of [healthEndpoint, rootEndpoint]) {
    registerEndpoint(context, endpoint, () => jsonResponse(health()));
  }
}

import type { RouteConfig } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../contract/problem.ts';

const problemContent = { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } };

/** One endpoint of the contract as OpenAPI's path item. */
export function describeEndpoint(
  endpoint: Endpoint,
  alsoAs: Readonly<Record<string, z.ZodType>>,
): Omit<RouteConfig, 'getRoutingPath'> {
  const schemas = { [endpoint.mediaType]: bodySchema(endpoint), ...alsoAs };
  const content = Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
  return {
    method: endpoint.method,
    path: endpoint.path,
    tags: [endpoint.family],
    summary: endpoint.summary,
    operationId: `${endpoint.method}${endpoint.path.replaceAll(/[/{}-]+/g, '_').replace(/_$/, '')}`,
    description: describeBody(endpoint),
    request: {
      query: endpoint.query,
      ...(endpoint.params === undefined ? {} : { params: endpoint.params }),
    },
    responses: {
      200: { description: describeBody(endpoint), content },
      401: { description: 'A token is set, and this request does not carry it', content: problemContent },
      422: { description: 'A parameter is out of its bounds', content: problemContent },
    },
  };
}

function bodySchema(endpoint: Endpoint): z.ZodType {
  if (endpoint.events !== undefined) {
    const [first, ...others] = Object.values(endpoint.events);
    if (first !== undefined) return others.length === 0 ? first : z.union([first, ...others]);
  }
  return endpoint.item ?? z.string();
}

function describeBody(endpoint: Endpoint): string {
  const end = endpoint.ends ? '' : ' Goes on until its reader leaves.';
  if (endpoint.events === undefined) return `${endpoint.summary}.${end}`;
  const types = Object.keys(endpoint.events).join(', ');
  return `${endpoint.summary}. An event stream; event types: ${types}. The schema is that of an event's data.${end}`;
}

import type { RouteConfig } from '@hono/zod-openapi';
import { z } from 'zod';
import { type Endpoint, errorEventSchema, LAST_EVENT_ID_HEADER } from '../contract/endpoint.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../contract/problem.ts';
import { wantsToken } from './authorization.ts';

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
      ...('lastEventId' in endpoint.query.shape ? { headers: resumingHeaders } : {}),
    },
    // Where a token is set the document as a whole wants it.
    ...(wantsToken(endpoint.path) ? {} : { security: [] }),
    responses: { 200: { description: describeBody(endpoint), content }, ...refusalsOf(endpoint) },
  };
}

const resumingHeaders = z.object({
  [LAST_EVENT_ID_HEADER]: z
    .string()
    .optional()
    .meta({ description: 'Resume after this event ID; goes before lastEventId in the query' }),
});

function refusalsOf({ path, refusals = {} }: Endpoint): RouteConfig['responses'] {
  const descriptions: Record<string, string> = {
    ...(wantsToken(path) ? { 401: 'A token is set, and this request does not carry it' } : {}),
    ...refusals,
    422: 'A parameter is out of its bounds',
  };
  const responses = Object.entries(descriptions).map(([status, description]) => {
    const headers = status === '503' ? { headers: retryAfterHeader } : {};
    return [status, { description, content: problemContent, ...headers }];
  });
  return Object.fromEntries(responses);
}

const retryAfterHeader = {
  'Retry-After': {
    description: 'After how many seconds to try again',
    required: true,
    schema: { type: 'integer' as const },
  },
};

function bodySchema(endpoint: Endpoint): z.ZodType {
  const events = eventsOf(endpoint);
  return events === null ? (endpoint.item ?? z.string()) : z.union(Object.values(events));
}

/** The event types of the contract, and the one by which any event stream can fail; see `event-stream.ts`. */
function eventsOf({ events }: Endpoint): Readonly<Record<string, z.ZodType>> | null {
  return events === undefined ? null : { ...events, error: errorEventSchema };
}

function describeBody(endpoint: Endpoint): string {
  const end = endpoint.ends ? '' : ' Goes on until its reader leaves.';
  const events = eventsOf(endpoint);
  if (events === null) return `${endpoint.summary}.${end}`;
  const types = Object.keys(events).join(', ');
  return `${endpoint.summary}. An event stream; event types: ${types}. The schema is that of an event's data.${end}`;
}

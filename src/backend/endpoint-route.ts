import type { RouteConfig } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Problem } from '../contract/problem.ts';
import type { BackendContext, BackendRequestContext } from './context.ts';
import { answerWithFaults } from './fault-answer.ts';
import { describeEndpoint } from './openapi-route.ts';
import { problemResponse } from './problem.ts';

/** What a handler gets: parameters that passed the contract's schemas. */
export interface EndpointRequest<E extends Endpoint> {
  readonly query: z.output<E['query']>;
  readonly params: E['params'] extends z.ZodObject ? z.output<E['params']> : Record<string, never>;
}

export type EndpointHandler<E extends Endpoint> = (
  c: BackendRequestContext,
  request: EndpointRequest<E>,
) => Response | Promise<Response>;

/** Registers one endpoint of the contract: its route, its validation and its place in the OpenAPI document. */
export function registerEndpoint<E extends Endpoint>(
  context: BackendContext,
  endpoint: E,
  handler: EndpointHandler<E>,
  /** Other media types that the request can ask for, with their schemas. */
  alsoAs: Readonly<Record<string, z.ZodType>> = {},
): void {
  context.routes.add(endpoint.method, endpoint.path);
  context.app.openAPIRegistry.registerPath(describeEndpoint(endpoint, alsoAs) as RouteConfig);
  context.app.on(endpoint.method, endpoint.path.replaceAll(/\{(.+?)\}/g, ':$1'), (c) => {
    const errors: NonNullable<Problem['errors']> = [];
    const query = read(endpoint.query, givenQuery(c), errors);
    const params = read(endpoint.params, c.req.param(), errors);
    if (errors.length > 0) return parametersProblem(errors);
    const answer = () => handler(c, { query, params } as EndpointRequest<E>);
    return typeof query.fault === 'string' ? answerWithFaults(c, endpoint, query.fault, answer) : answer();
  });
}

/** 422 with every parameter that was wrong and why. */
export function parametersProblem(errors: NonNullable<Problem['errors']>): Response {
  const detail = errors.map(({ name, reason }) => `${name} ${reason}`).join('; ');
  return problemResponse(422, { detail, errors });
}

function read(
  schema: z.ZodObject | undefined,
  given: Readonly<Record<string, unknown>>,
  errors: NonNullable<Problem['errors']>,
): Record<string, unknown> {
  if (schema === undefined) return {};
  const result = schema.safeParse(plainNumbers(schema, given));
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '');
    const reason = Array.isArray(given[name]) ? 'must be given once' : issue.message;
    if (!errors.some((error) => error.name === name)) errors.push({ name, reason });
  }
  return {};
}

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** `0x10`, `1e3`, ` 5` and the like are numbers to JavaScript, and typing errors to everybody else. */
function plainNumbers(
  schema: z.ZodObject,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(given).map(([name, value]) => {
    const isNumber = takesNumber(schema.shape[name]);
    return [name, isNumber && typeof value === 'string' && !PLAIN_NUMBER.test(value) ? Number.NaN : value];
  });
  return Object.fromEntries(entries);
}

function takesNumber(parameter: unknown): boolean {
  if (parameter instanceof z.ZodDefault || parameter instanceof z.ZodOptional)
    return takesNumber(parameter.unwrap());
  return parameter instanceof z.ZodNumber;
}

/** The query as the contract reads it: `level=` is not given, and a name that comes twice is a list (which no parameter takes). */
function givenQuery(c: BackendRequestContext): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    const filled = values.filter((value) => value !== '');
    if (filled.length > 0) given[name] = filled.length === 1 ? filled[0] : filled;
  }
  return given;
}

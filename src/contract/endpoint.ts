import { z } from 'zod';
import { faultParameter } from './faults.ts';

/** How a body is cut into what it carries. `sse` is the event stream of the HTML standard, section 9.2. */
export type BodyFormat =
  | 'sse'
  | 'ndjson'
  | 'json'
  | 'json-array'
  | 'csv'
  | 'lines'
  | 'text'
  | 'bytes'
  | 'html';

/** Families of paths: one backend file each, and the headings of the OpenAPI document. */
export type EndpointFamily =
  | 'health'
  | 'ticker'
  | 'logs'
  | 'chat'
  | 'tasks'
  | 'downloads'
  | 'exports'
  | 'comparison'
  | 'samples';

/** One path of `http-api.md`: everything that backend, browser and OpenAPI document need to know of it. */
export interface Endpoint {
  readonly family: EndpointFamily;
  readonly method: 'get' | 'post' | 'delete';
  /** OpenAPI's form, `{name}` for a path parameter. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** The query parameters, each with bounds and a default. */
  readonly query: z.ZodObject;
  readonly params?: z.ZodObject;
  readonly format: BodyFormat;
  readonly mediaType: string;
  /** For `sse`: the payload of each event type, `message` being the type of events that name none. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
  /** For every other format: one row, line or document. */
  readonly item?: z.ZodType;
  /** False for a feed that goes on until its reader leaves. */
  readonly ends: boolean;
  /** Its own refusals besides those of every path: when each status is answered. */
  readonly refusals?: Readonly<Partial<Record<404 | 503, string>>>;
}

/** Keeps the literal types of an endpoint while checking its shape. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

type StreamQuery<Query extends z.ZodObject> = z.ZodObject<
  Query['shape'] & { fault: typeof faultParameter },
  Query['_zod']['config']
>;

/** A stream: an endpoint whose query also takes `fault`. */
export function defineStream<const E extends Endpoint>(
  endpoint: E,
): Omit<E, 'query'> & { readonly query: StreamQuery<E['query']> } {
  const query = endpoint.query.extend({ fault: faultParameter }) as StreamQuery<E['query']>;
  return { ...endpoint, query };
}

/** A whole number in a query, both bounds included. */
export function wholeNumber(bounds: { min: number; max: number; default: number; description: string }) {
  return z.coerce
    .number({ error: `must be a whole number from ${bounds.min} to ${bounds.max}` })
    .int({ error: `must be a whole number from ${bounds.min} to ${bounds.max}` })
    .min(bounds.min, { error: `must be at least ${bounds.min}` })
    .max(bounds.max, { error: `must be at most ${bounds.max}` })
    .default(bounds.default)
    .meta({ description: bounds.description });
}

/** A number in a query that may have a fraction, both bounds included. */
export function decimalNumber(bounds: { min: number; max: number; default: number; description: string }) {
  return z.coerce
    .number({ error: `must be a number from ${bounds.min} to ${bounds.max}` })
    .min(bounds.min, { error: `must be at least ${bounds.min}` })
    .max(bounds.max, { error: `must be at most ${bounds.max}` })
    .default(bounds.default)
    .meta({ description: bounds.description });
}

/** The pace of a sample stream: milliseconds between two of its items. */
export function delayMsParameter(defaultMs: number) {
  return wholeNumber({
    min: 0,
    max: 60_000,
    default: defaultMs,
    description: 'Milliseconds between two items',
  });
}

/** The header by which a client resumes a live feed (HTML standard, section 9.2.4). */
export const LAST_EVENT_ID_HEADER = 'Last-Event-ID';

/** `lastEventId` in the query, for a client that can't set the `Last-Event-ID` header. */
export const lastEventIdParameter = z
  .string()
  .max(200, { error: 'must be at most 200 characters' })
  .optional()
  .meta({ description: 'Resume after this event ID, where the Last-Event-ID header cannot be set' });

/**
 * Text that is one of a feed's own times: ISO 8601 text from the built-in backend, which others may send as
 * epoch seconds or milliseconds.
 */
export const tolerantTimestamp = z.union([z.string(), z.number()]);

/** Sent first by a live feed that can't resume without loss: how many events are gone, `null` where nobody knows. */
export const gapEventSchema = z.object({ missed: z.number().int().nonnegative().nullable() });

/** Sent in band by an event stream that fails after its first byte. */
export const errorEventSchema = z.object({ message: z.string() });

/** How many events of a live feed can be resumed. */
export const RESUMABLE_EVENTS = 10_000;

/** The interval of heartbeat comments, below the shortest idle cut of common proxies (Bun and Fastly: 10 s). */
export const HEARTBEAT_MS = 8_000;

/** The reconnection time that every event stream names in its `retry` field. */
export const RECONNECTION_TIME_MS = 1_000;

/** What is wrong with a number parameter as a person typed it, in the contract's own words; null if nothing is. */
export function parameterError(parameter: z.ZodType, text: string): string | null {
  if (!/^\d+(\.\d+)?$/.test(text.trim())) return 'must be a number';
  const parsed = parameter.safeParse(text.trim());
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'is not valid');
}

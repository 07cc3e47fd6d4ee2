import type { BodyFormat, Endpoint } from '../../contract/endpoint.ts';
import { authorizationHeaders, endpointUrl } from '../../streams/choose-transport.ts';
import type { BackendTarget, StreamRequest } from '../../streams/types.ts';
import { findEndpoint, type ParameterField, parameterError, parameterFields } from './endpoint-fields.ts';
import { readHeaderLines } from './header-lines.ts';
import type { InspectorDraft, Reader } from './inspector-draft.ts';

/** A request that can be made, and how its answer is read. */
export interface Inspection {
  readonly request: StreamRequest;
  readonly transport: InspectorDraft['transport'];
  readonly eventTypes: readonly string[];
  readonly reader: Reader;
  /** What the catalogue says of the body; null for any other URL. */
  readonly format: BodyFormat | null;
  /** The page's backend, where it goes there; null for any other. */
  readonly backend: BackendTarget | null;
}

export type DraftField = 'url' | 'headers' | 'body' | 'transport';
export interface DraftErrors {
  readonly fields: Readonly<Partial<Record<DraftField, string>>>;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ReadDraft {
  /** Null where something is wrong. */
  readonly inspection: Inspection | null;
  /** What is asked for, as far as it is known. */
  readonly url: string | null;
  readonly errors: DraftErrors;
}

/** Reads the form as a request, or says beside each field what is wrong with it. */
export function readDraft(draft: InspectorDraft, target: BackendTarget, pageUrl: string): ReadDraft {
  const endpoint = findEndpoint(draft.endpoint);
  const values = draft.values[draft.endpoint ?? ''] ?? {};
  const parameters = endpoint ? parameterErrors(endpoint, values) : {};
  const location = endpoint
    ? { url: catalogueUrl(endpoint, values, target), error: null }
    : readUrl(draft.url, target, pageUrl);
  const headers = readHeaderLines(draft.headers);
  const backend = backendOf(location.url, target);
  const errors: [DraftField, string | null][] = [
    ['url', location.error],
    ['headers', headers.ok ? null : headers.error],
    ['body', bodyError(draft)],
    ['transport', transportError(draft, typeof backend?.token === 'string')],
  ];
  const fields = Object.fromEntries(errors.filter(([, error]) => error !== null));
  const wrong = Object.keys(fields).length > 0 || Object.keys(parameters).length > 0;
  return {
    url: location.url,
    errors: { fields, parameters },
    inspection:
      wrong || location.url === null || !headers.ok
        ? null
        : {
            request: {
              url: location.url,
              method: draft.method,
              headers: {
                ...(backend && authorizationHeaders(backend)),
                ...contentType(draft.body, headers.headers),
                ...headers.headers,
              },
              ...(draft.body === '' ? {} : { body: draft.body }),
            },
            transport: draft.transport,
            eventTypes: eventTypes(draft, endpoint),
            reader: draft.reader,
            format: endpoint?.format ?? null,
            backend,
          },
  };
}

const backendOf = (url: string | null, target: BackendTarget): BackendTarget | null =>
  url?.startsWith(`${target.baseUrl}/`) ? target : null;

function parameterErrors(
  endpoint: Endpoint,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    parameterFields(endpoint).flatMap((field) => {
      const error = parameterError(endpoint, field, values[field.name] ?? '');
      return error === null ? [] : [[field.name, error] as const];
    }),
  );
}

function catalogueUrl(
  endpoint: Endpoint,
  values: Readonly<Record<string, string>>,
  target: BackendTarget,
): string {
  const fields = parameterFields(endpoint);
  const textOf = ({ name }: ParameterField) => (values[name] ?? '').trim();
  const path = fields
    .filter(({ place }) => place === 'path')
    .reduce(
      (filled, field) =>
        filled.replace(`{${field.name}}`, encodeURIComponent(textOf(field) || field.fallback)),
      endpoint.path as string,
    );
  const query = fields.filter(({ place }) => place === 'query').map((field) => [field.name, textOf(field)]);
  return endpointUrl(target, path, Object.fromEntries(query));
}

type Location =
  | { readonly url: string; readonly error: null }
  | { readonly url: null; readonly error: string };
const wrongUrl = (error: string): Location => ({ url: null, error });

function readUrl(text: string, target: BackendTarget, pageUrl: string): Location {
  const trimmed = text.trim();
  if (trimmed === '')
    return wrongUrl('Enter a URL such as http://localhost:8000/stream, or a path such as /stream');
  if (trimmed.startsWith('/') && !trimmed.startsWith('//')) {
    return { url: withFault(new URL(`${target.baseUrl}${trimmed}`), target).href, error: null };
  }
  if (!/^https?:\/\//i.test(trimmed))
    return wrongUrl('Must start with http:// or https://, or with / for this backend');
  if (!URL.canParse(trimmed)) return wrongUrl('This is not a valid URL');
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '')
    return wrongUrl('Browsers refuse a user name or password in a URL; send an Authorization header instead');
  if (pageUrl.startsWith('https:') && url.protocol === 'http:' && !isLoopback(url.hostname))
    return wrongUrl('This page came over https, so the browser blocks http requests from it (mixed content)');
  url.hash = '';
  return { url: withFault(url, target).href, error: null };
}

/** The panel's fault, where the URL is the backend's and has none of its own. */
function withFault(url: URL, { baseUrl, fault = '' }: BackendTarget): URL {
  if (fault !== '' && url.href.startsWith(`${baseUrl}/`) && !url.searchParams.has('fault')) {
    url.searchParams.set('fault', fault);
  }
  return url;
}

/** Secure Contexts, section 3.1: loopback addresses are as trustworthy as https. */
const isLoopback = (host: string) => /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

function bodyError({ method, body, transport }: InspectorDraft): string | null {
  if (body === '' || transport === 'EventSource') return null;
  return method === 'GET' || method === 'HEAD'
    ? `Browsers send no body with ${method}: choose another method, or empty this field`
    : null;
}

function transportError(
  { transport, method, headers, body }: InspectorDraft,
  needsToken: boolean,
): string | null {
  if (transport !== 'EventSource') return null;
  if (method !== 'GET') return `EventSource can only send GET, not ${method}`;
  if (headers.trim() !== '' || body !== '')
    return 'EventSource can send neither headers nor a body: use fetch';
  return needsToken ? 'EventSource can’t send the bearer token of the settings: use fetch' : null;
}

/** Without one the browser would call any text `text/plain`, which no JSON backend reads. */
function contentType(body: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  if (body === '' || headers['content-type'] !== undefined || !isJson(body)) return {};
  return { 'content-type': 'application/json' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // That it is none is the answer.
    return false;
  }
}

function eventTypes({ eventTypes: text }: InspectorDraft, endpoint: Endpoint | null): readonly string[] {
  const typed = text.split(',').map((type) => type.trim());
  return [...new Set([...Object.keys(endpoint?.events ?? {}), ...typed])].filter((type) => type !== '');
}

/** What CORS asks of a request, as Hono's and Node's can both tell it. */
export interface CrossOriginRequest {
  readonly method: string;
  header(name: string): string | undefined;
}

const ALLOWED_METHODS = ['GET', 'HEAD', 'POST', 'DELETE'];
const ALLOWED_HEADERS = ['Authorization', 'Content-Type', 'Last-Event-ID', 'Range', 'If-Range'];
const EXPOSED_HEADERS = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Length',
  'Content-Range',
  'ETag',
  'Repr-Digest',
  'Retry-After',
  'WWW-Authenticate',
  'X-Accel-Buffering',
];
/** How long a browser may keep the answer to a preflight. */
const MAX_AGE_SECONDS = '600';

/** CORS (Fetch standard, section 3.3) for the origins that may call from elsewhere; `*` stands for all. */
export class CrossOriginRules {
  readonly #origins: readonly string[];

  constructor(origins: readonly string[]) {
    this.#origins = origins;
  }

  /** Puts what every answer to this request carries among its headers. */
  addHeaders(request: CrossOriginRequest, headers: Pick<Headers, 'set' | 'append'>): void {
    // A cache has to know it of the answers to other origins as well.
    if (!this.#origins.includes('*')) headers.append('Vary', 'Origin');
    const allowed = this.#allowed(request.header('Origin'));
    if (allowed === null) return;
    headers.set('Access-Control-Allow-Origin', allowed);
    headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS.join(', '));
  }

  /** The answer to a preflight from an origin that may call; null for any other request, `OPTIONS` or not. */
  preflight(request: CrossOriginRequest): Response | null {
    // [fetch] "A CORS-preflight request": OPTIONS, Origin and Access-Control-Request-Method.
    if (request.method !== 'OPTIONS') return null;
    const origin = request.header('Origin');
    if (origin === undefined || request.header('Access-Control-Request-Method') === undefined) return null;
    if (this.#allowed(origin) === null) return null;
    return new Response(null, {
      status: 204,
      headers: {
        'Access-Control-Allow-Methods': ALLOWED_METHODS.join(', '),
        'Access-Control-Allow-Headers': ALLOWED_HEADERS.join(', '),
        'Access-Control-Max-Age': MAX_AGE_SECONDS,
      },
    });
  }

  #allowed(origin: string | undefined): string | null {
    if (this.#origins.includes('*')) return '*';
    return origin !== undefined && this.#origins.includes(origin) ? origin : null;
  }
}

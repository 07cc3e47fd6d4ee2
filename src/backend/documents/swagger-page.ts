import { browserScript } from './browser-script.ts';
import { TOKEN_SCHEME } from './openapi.ts';
import { openWithToken } from './token-form.ts';

/** What of Swagger UI's system is used here. */
interface SwaggerSystem {
  readonly React: SwaggerReact;
}
interface SwaggerReact {
  createElement(type: unknown, properties: object | null, ...children: unknown[]): unknown;
  useEffect(effect: () => () => void, dependencies: readonly unknown[]): void;
  useReducer(reducer: (count: number) => number, initial: number): [number, () => void];
}
interface SwaggerRequest {
  readonly url: string;
  readonly method?: string;
  readonly loadSpec?: boolean;
  headers?: Record<string, string>;
  userFetch?: (url: string, request: RequestInit) => Promise<unknown>;
}
interface OperationProperties {
  readonly path: string;
  readonly method: string;
}
type Swagger = (configuration: object) => SwaggerViewer;
interface SwaggerViewer {
  /** What *Authorize* does. */
  preauthorizeApiKey(scheme: string, token: string): void;
}

/**
 * Runs in the browser, as a script of its own: everything that it needs is inside it.
 *
 * Swagger UI shows a body once it has all of it, which on a stream without end is never. Here *Try it out* reads the
 * body itself, shows its end while it arrives, beside a *Stop*, and hands over what it kept when the body has ended.
 */
function openSwaggerPage(swagger: Swagger, page: Document, tokenScheme: string, token: string | null): void {
  const KEPT_CHARACTERS = 65_536;
  const REDRAW_MS = 100;

  interface Run {
    kept: string;
    byteLength: number;
    chunks: number;
    readonly startedAtMs: number;
    readonly abort: AbortController;
  }
  /** The runs that go on, by method and path of the request. */
  const runs = new Map<string, Run>();
  const redraws = new Set<() => void>();
  let redrawTimer = 0;

  const redraw = () => {
    if (redrawTimer !== 0) return;
    redrawTimer = window.setTimeout(() => {
      redrawTimer = 0;
      for (const each of redraws) each();
    }, REDRAW_MS);
  };

  const take = (run: Run, text: string, byteLength: number) => {
    run.kept += text;
    if (run.kept.length > 2 * KEPT_CHARACTERS) run.kept = run.kept.slice(-KEPT_CHARACTERS);
    run.byteLength += byteLength;
    run.chunks += 1;
    redraw();
  };

  const readAll = async (body: ReadableStream<Uint8Array>, run: Run) => {
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      take(run, decoder.decode(value, { stream: true }), value.byteLength);
    }
  };

  /** Resolves to what Swagger UI reads of a response; `blob` gives text too, for types that it takes for binary. */
  const streamingFetch = async (url: string, request: RequestInit) => {
    const abort = new AbortController();
    const run: Run = { kept: '', byteLength: 0, chunks: 0, startedAtMs: performance.now(), abort };
    const key = `${(request.method ?? 'get').toLowerCase()} ${new URL(url, page.baseURI).pathname}`;
    const response = await fetch(url, { ...request, signal: abort.signal });
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null || !/^text\/|json/.test(type)) return response;
    runs.get(key)?.abort.abort();
    runs.set(key, run);
    redraw();
    let ending = '';
    try {
      await readAll(response.body, run);
    } catch (error) {
      if (!abort.signal.aborted) ending = `\n… broken off: ${error}`;
    } finally {
      if (runs.get(key) === run) runs.delete(key);
      redraw();
    }
    const text = () => Promise.resolve(run.kept + ending);
    const { ok, status, statusText, headers } = response;
    return { ok, status, statusText, headers, url: response.url, text, blob: text };
  };

  /** Whether a request path is one of an OpenAPI path, `{name}` standing for any part. */
  const isOf = (pathTemplate: string, path: string) => {
    const parts = pathTemplate.split('/');
    const given = path.split('/');
    return (
      parts.length === given.length && parts.every((part, i) => part.startsWith('{') || part === given[i])
    );
  };

  const runOf = ({ path, method }: OperationProperties) => {
    for (const [key, run] of runs) {
      const [runMethod, runPath] = key.split(' ');
      if (runMethod === method.toLowerCase() && isOf(path, runPath ?? '')) return run;
    }
    return null;
  };

  const liveBody = (react: SwaggerReact) => (properties: OperationProperties) => {
    const [, redrawThis] = react.useReducer((count) => count + 1, 0);
    react.useEffect(() => {
      redraws.add(redrawThis);
      return () => void redraws.delete(redrawThis);
    }, [redrawThis]);
    const run = runOf(properties);
    if (run === null) return null;
    const seconds = ((performance.now() - run.startedAtMs) / 1000).toFixed(1);
    const facts = `${run.chunks} chunks, ${run.byteLength.toLocaleString('en')} bytes, ${seconds} s`;
    const element = react.createElement;
    return element(
      'section',
      { 'aria-label': 'Live body', className: 'responses-inner' },
      element('h4', null, 'Live body'),
      element('p', { role: 'status' }, 'Receiving'),
      element('p', null, facts),
      element(
        'button',
        { type: 'button', className: 'btn cancel', onClick: () => run.abort.abort() },
        'Stop',
      ),
      element(
        'pre',
        { className: 'microlight', style: { maxHeight: '20em', overflow: 'auto', whiteSpace: 'pre-wrap' } },
        run.kept.slice(-KEPT_CHARACTERS),
      ),
    );
  };

  const liveResponses = (Original: unknown, { React }: SwaggerSystem) => {
    const LiveBody = liveBody(React);
    return (properties: OperationProperties) =>
      React.createElement(
        'div',
        null,
        React.createElement(LiveBody, { path: properties.path, method: properties.method }),
        React.createElement(Original, properties),
      );
  };

  const viewer = swagger({
    url: '/openapi.json',
    dom_id: '#swagger-ui',
    deepLinking: true,
    // Its badge is fetched from elsewhere.
    validatorUrl: null,
    requestInterceptor: (request: SwaggerRequest) => {
      if (request.loadSpec !== true) request.userFetch = streamingFetch;
      else if (token !== null) request.headers = { ...request.headers, Authorization: `Bearer ${token}` };
      return request;
    },
    onComplete: () => {
      if (token !== null) viewer.preauthorizeApiKey(tokenScheme, token);
    },
    plugins: [{ wrapComponents: { responses: liveResponses } }],
  });
}

/** The function above as a script. */
export const SWAGGER_SCRIPT = browserScript(`(${openWithToken})(document, (token) => {
  (${openSwaggerPage})(SwaggerUIBundle, document, ${JSON.stringify(TOKEN_SCHEME)}, token);
});
`);

import { describeFailure } from '../../streams/describe-failure.ts';
import type { ConnectionState, StreamRequest } from '../../streams/types.ts';
import type { FailureWords } from '../../ui/readings.ts';

interface InspectionFacts {
  readonly pageOrigin: string;
  /** Whether there were headers. */
  readonly answered: boolean;
  /** Whether it is sent again by itself. */
  readonly asksAgain: boolean;
}

/** Why nothing can be shown, in plain words. A browser tells a page very little about a request that failed. */
export function inspectorFailure(
  state: ConnectionState,
  request: StreamRequest | undefined,
  { pageOrigin, answered, asksAgain }: InspectionFacts,
): FailureWords | null {
  if (state.status !== 'failed') return null;
  const { failure } = state;
  if (failure.kind !== 'network' || request === undefined) return describeFailure(state);
  if (answered) return { title: failure.message, advice: 'What came before it is shown below.' };
  const { origin } = new URL(request.url);
  const again = asksAgain ? ' This request is sent again as soon as the backend answers.' : '';
  if (origin === pageOrigin) {
    return {
      title: `No answer from ${origin}`,
      advice: `Check that the backend is running${asksAgain ? '.' : ', then inspect again.'}${again}`,
    };
  }
  return {
    title: `The browser got no answer from ${origin} that this page may read`,
    advice: `Either nothing listens there, or it does not allow this page (CORS): its answer needs the header “Access-Control-Allow-Origin: ${pageOrigin}”.${preflight(request)}${again}`,
  };
}

/** Fetch standard: CORS-safelisted methods and request-headers go without asking first. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);
const safeHeaders: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language', 'range']);

function preflight({ method = 'GET', headers = {} }: StreamRequest): string {
  const asking = [
    ...(safeMethods.has(method) ? [] : [`the method ${method}`]),
    ...Object.entries(headers).flatMap(([name, value]) =>
      isSafe(name, value) ? [] : [`the header ${name}`],
    ),
  ];
  if (asking.length === 0) return '';
  return ` Because of ${asking.join(' and ')}, the browser first asks with OPTIONS, and that must be allowed too.`;
}

function isSafe(name: string, value: string): boolean {
  if (name === 'content-type')
    return /^(?:text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)/.test(value);
  return safeHeaders.has(name);
}

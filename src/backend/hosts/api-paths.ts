import type { IncomingMessage } from 'node:http';
import { CATALOGUE, DOCUMENT_PATHS } from '../../contract/catalogue.ts';
import { quality } from '../accept.ts';
import { RouteTable } from '../route-table.ts';

const apiRoutes = new RouteTable();
for (const { method, path } of CATALOGUE) apiRoutes.add(method, path);
for (const path of DOCUMENT_PATHS) apiRoutes.add('get', path);

/** The path of a request target, without its query, as it came. */
export function pathOf(incoming: Pick<IncomingMessage, 'url'>): string {
  return (incoming.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

/** Whether a request is for the API whatever the page has: its paths, the documents' own files, and `/` for JSON. */
export function isApiRequest(incoming: IncomingMessage): boolean {
  const path = pathOf(incoming);
  if (path === '/') return isApiRoot(incoming);
  if (apiRoutes.allowed(path).length > 0) return true;
  return DOCUMENT_PATHS.some((documentPath) => path.startsWith(`${documentPath}/`));
}

/** A browser gets the dashboard at `/`; whoever asks for JSON rather than HTML gets the health. */
function isApiRoot({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return true;
  return quality(headers.accept, 'application/json') > quality(headers.accept, 'text/html');
}

import { type Handle, type Served, serve } from './serve.ts';

/** By path: what answers there instead of the backend. */
export type Feeds = Readonly<Record<string, Handle>>;

const ALLOW = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
};

/**
 * What the page is given as its backend: some paths are the bench's own, all others lead on to the real one. It redirects
 * and copies nothing, so that it costs nothing while streams run.
 */
export function startFront(backendUrl: string, feeds: Feeds): Promise<Served> {
  return serve((request, response) => {
    const url = new URL(request.url ?? '/', backendUrl);
    const feed = feeds[url.pathname];
    if (request.method === 'OPTIONS') response.writeHead(204, ALLOW).end();
    else if (feed) feed(request, response);
    else response.writeHead(307, { ...ALLOW, location: url.href }).end();
  });
}

/** Leads on to the real backend at another rate than the one that the panel asks for. */
export function atRate(backendUrl: string, rate: number): Handle {
  return (request, response) => {
    const url = new URL(request.url ?? '/', backendUrl);
    url.searchParams.set('rate', String(rate));
    response.writeHead(307, { ...ALLOW, location: url.href }).end();
  };
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { isApiRequest } from './api-paths.ts';
import { type BackendHost, openBackend } from './backend-host.ts';
import { servePage } from './page-server.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

export interface RunningServer {
  /** Where it listens, as a URL without a slash at its end. */
  readonly url: string;
  /** Ends every stream, lets short answers finish, and closes. */
  close(): Promise<void>;
}

/** One Node process for the page and the API. Rejects with the system's error where it can't listen. */
export async function startServer(settings: Settings, pageDirectory: string): Promise<RunningServer> {
  const backend = openBackend(settings);
  const page = servePage(pageDirectory);
  // Node's own time limits are for requests that don't arrive whole; none of them cuts a response that goes on.
  const server = createServer({ noDelay: true }, (incoming, outgoing) => {
    if (!isApiRequest(incoming) && page.owns(incoming)) page.handle(incoming, outgoing);
    else backend.handle(incoming, outgoing);
  });
  try {
    await listen(server, settings);
  } catch (error) {
    await backend.close();
    throw error;
  }
  return { url: urlOf(server), close: () => closeAll(server, backend) };
}

function listen(server: Server, { host, port }: Settings): Promise<void> {
  return new Promise((resolveListening, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolveListening();
    });
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** How long answers that are on their way get to finish. */
const LAST_ANSWERS_MS = 1_000;

async function closeAll(server: Server, backend: BackendHost): Promise<void> {
  const closed = new Promise<void>((resolveClosed) => server.close(() => resolveClosed()));
  server.closeIdleConnections();
  await backend.close();
  const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  await closed;
  clearTimeout(cut);
}

/** `npm start`: settings from the environment, words for a terminal, and an end at SIGINT or SIGTERM. */
export async function runServer(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    const settings = readSettings(environment);
    const running = await startServer(settings, resolve('dist/client'));
    process.stdout.write(`Streamscope is at ${running.url}\n`);
    if (settings.backendUrl !== null) process.stdout.write(`The API is that of ${settings.backendUrl}\n`);
    const stop = () => void running.close().then(() => process.exit(0));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    if (environment.npm_lifecycle_event !== undefined) onOrphaned(stop);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

const PARENT_CHECK_MS = 500;

/** npm passes a signal on to the shell of its script alone, which would leave this process behind with the port. */
function onOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    stop();
  }, PARENT_CHECK_MS);
  check.unref();
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${address} is taken. Set PORT to a free one: PORT=8001 npm start`;
    case 'EACCES':
      return `Port ${port} may not be listened on by this user. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${address ?? ''} is no address of this machine.`;
    default:
      return error.stack ?? error.message;
  }
}

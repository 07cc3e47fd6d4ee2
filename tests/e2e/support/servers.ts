import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server that runs as long as the tests do. */
export interface TestServer {
  /** With no slash at its end. */
  readonly url: string;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface TestServers {
  /** The built page on its built-in backend. */
  readonly builtIn: TestServer;
  /** The FastAPI app of the tests, which serves only the plain forms. */
  readonly fastApi: TestServer;
  /** The built page with `BACKEND_URL` set to that app. */
  readonly throughFastApi: TestServer;
}

const PLACES = 'STREAMSCOPE_E2E_PLACES';

type Ports = readonly [builtIn: number, fastApi: number, throughFastApi: number];

interface Places {
  readonly folder: string;
  /** Of each worker. */
  readonly ports: readonly Ports[];
}

/**
 * The servers of this run, those of each worker apart: tests count the streams of the servers that they are on. The ports and the
 * folder are chosen by the first process, and inherited by its workers.
 */
export async function testServers(python: string, workers: number): Promise<readonly TestServers[]> {
  const { folder, ports } = await places(workers);
  return ports.map((each, index) => serversAt(join(folder, String(index)), each, python));
}

function serversAt(folder: string, [builtIn, fastApi, throughFastApi]: Ports, python: string): TestServers {
  const page = (port: number, name: string, env: Readonly<Record<string, string>>): TestServer => ({
    url: urlAt(port),
    command: 'npm start',
    env: { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: join(folder, name), ...env },
  });
  return {
    builtIn: page(builtIn, 'built-in', { BACKEND_URL: '', API_TOKEN: '', LOG_FILE: join(folder, 'app.log') }),
    fastApi: {
      url: urlAt(fastApi),
      command: `"${python}" -m uvicorn fastapi_app:app --app-dir tests/fixtures --host 127.0.0.1 --port ${fastApi} --log-level warning`,
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    },
    throughFastApi: page(throughFastApi, 'through-fastapi', { BACKEND_URL: urlAt(fastApi), API_TOKEN: '' }),
  };
}

function urlAt(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function places(workers: number): Promise<Places> {
  const inherited = process.env[PLACES];
  if (inherited !== undefined) return JSON.parse(inherited);
  const folder = mkdtempSync(join(tmpdir(), 'streamscope-e2e-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const ports: Ports[] = [];
  for (let worker = 0; worker < workers; worker += 1) {
    mkdirSync(join(folder, String(worker)));
    ports.push([await freePort(), await freePort(), await freePort()]);
  }
  const chosen: Places = { folder, ports };
  process.env[PLACES] = JSON.stringify(chosen);
  return chosen;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('the system gave no port'));
      });
    });
  });
}

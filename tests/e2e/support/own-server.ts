import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('../../../src/backend/hosts/start.js', import.meta.url));
const START_TIMEOUT_MS = 90_000;

/** What `npm start` starts, in a process of a test's own, which the test may kill and start again. */
export interface OwnServer {
  /** The same over all starts, without a slash at its end. */
  readonly url: string;
  start(): Promise<void>;
  /** As a crash or a pulled plug would end it: nothing is closed in good order. */
  kill(): Promise<void>;
  /** Kills it for good and takes its data away. */
  dispose(): Promise<void>;
}

/** Starts one on a free port of the system's choice, which it then keeps. */
export async function startOwnServer(environment: Readonly<Record<string, string>> = {}): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'streamscope-own-'));
  let child: ChildProcess | null = null;
  const run = async (port: number): Promise<string> => {
    child = spawn(process.execPath, [START], {
      env: {
        ...process.env,
        BACKEND_URL: '',
        LOG_FILE: '',
        API_TOKEN: '',
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        ...environment,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return announcedUrl(child);
  };
  const kill = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  };
  // A test run that is interrupted leaves no server behind.
  const killAtExit = () => void child?.kill('SIGKILL');
  process.once('exit', killAtExit);
  const url = await run(0);
  return {
    url,
    start: async () => void (await run(Number(new URL(url).port))),
    kill,
    async dispose() {
      await kill();
      process.off('exit', killAtExit);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function announcedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`the server did not start in time\n${said}`)),
      START_TIMEOUT_MS,
    );
    const read = (text: Buffer) => {
      said += text.toString('utf8');
      const url = /Streamscope is at (http:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with code ${code}\n${said}`));
    });
  });
}

import { fileURLToPath } from 'node:url';
import { findPython } from '../../fixtures/fastapi-server.ts';
import { ROOT } from '../../tools/run-command.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { startChild, startScript } from './child.ts';

/** A server in a process of its own. */
export interface BenchServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What `npm start` serves, page and API, built first where the build is stale; with an empty database. */
export async function startStreamscope(): Promise<BenchServer> {
  const dataFolder = makeTemporaryFolder();
  const child = startChild(process.execPath, ['src/backend/hosts/start.js'], {
    cwd: ROOT,
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataFolder.path,
      CORS_ORIGIN: '*',
      API_TOKEN: '',
      BACKEND_URL: '',
    },
  });
  const stop = async () => {
    await child.stop();
    dataFolder.remove();
  };
  return announced(child, /is at (http:\S+)/, stop);
}

/** A script of this folder that serves: `bare-loop.ts` and `bare-clock.ts` are `node:http` with nothing around it. */
export function startServing(
  script: 'bare-loop.ts' | 'bare-clock.ts' | 'unbounded-ticker.ts',
): Promise<BenchServer> {
  const child = startScript(script);
  return announced(child, /is at (http:\S+)/, child.stop);
}

/** FastAPI's `StreamingResponse` as fast as it goes. */
export function startFastApiLoop(): Promise<BenchServer> {
  const python = findPython();
  if (python === null)
    throw new Error('No Python with fastapi and uvicorn: apt-get install python3-fastapi python3-uvicorn');
  const child = startChild(python, [fileURLToPath(new URL('fastapi_loop.py', import.meta.url))]);
  return announced(child, /running on (http:\S+)/, child.stop);
}

async function announced(
  child: ReturnType<typeof startChild>,
  pattern: RegExp,
  stop: () => Promise<void>,
): Promise<BenchServer> {
  try {
    const [, url = ''] = await child.line(pattern);
    return { url, pid: child.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { findPython } from '../fixtures/fastapi-server.ts';
import { findChromium } from '../tools/chromium.ts';

/** What the numbers were taken on: without it they say nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly node: string;
  /** Null where there is none. */
  readonly chromium: string | null;
  /** With the versions of FastAPI and uvicorn; null where there is none that has them. */
  readonly python: string | null;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    chromium: outputOf(findChromium(), ['--version']),
    python: outputOf(findPython(), ['-c', PYTHON_VERSIONS]),
  };
}

/** How many processes wanted to run, over the last minute. Above the number of cores, somebody else was measured too. */
export function machineLoad(): number {
  return loadavg()[0] ?? Number.NaN;
}

const PYTHON_VERSIONS =
  'import platform, fastapi, uvicorn; print("Python", platform.python_version(), "FastAPI", fastapi.__version__, "uvicorn", uvicorn.__version__)';

function outputOf(command: string | null, args: readonly string[]): string | null {
  if (command === null) return null;
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

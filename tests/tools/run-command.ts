import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const KILL_GRACE_MS = 10_000;

export interface CommandOptions {
  /** After this long the command and all that it started are ended. */
  readonly timeoutMs: number;
  /** `show` lets it write to the terminal; `keep` gathers what it writes, without colours. */
  readonly output: 'show' | 'keep';
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly exitCode: number;
  /** What it wrote to both outputs, with `keep`. */
  readonly output: string;
  readonly durationMs: number;
}

const running = new Set<ChildProcess>();

/** Where npm put a tool of `node_modules`. */
export function tool(name: string): string {
  return `${ROOT}node_modules/.bin/${name}`;
}

/** Runs a command in the project's root, with no terminal to ask on: a question fails instead of waiting. */
export function runCommand(
  command: string,
  args: readonly string[],
  { timeoutMs, output, env = {} }: CommandOptions,
): Promise<CommandResult> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...(output === 'keep' ? { NO_COLOR: '1' } : {}), ...env },
      stdio: output === 'show' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that what it started is ended with it.
      detached: true,
    });
    running.add(child);
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => parts.push(text));
    }
    const timer = setTimeout(() => {
      parts.push(`\n${command} took longer than ${timeoutMs / 1_000} s and was ended.\n`);
      endGroup(child);
    }, timeoutMs);
    const finish = (exitCode: number) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({
        exitCode,
        output: stripVTControlCharacters(parts.join('')),
        durationMs: performance.now() - startedAtMs,
      });
    };
    child.once('error', (error) => {
      parts.push(`${command}: ${error.message}\n`);
      finish(127);
    });
    child.once('close', (code, signal) => finish(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** An interrupt first: it is what lets Playwright end the servers that it started. */
function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGINT');
  setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_GRACE_MS).unref();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || !running.has(child)) return;
  process.kill(-child.pid, signal);
}

/** Ctrl-C reaches this process only, as its children are in groups of their own: passes it on, and waits for them. */
export function endChildrenOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      const exit = () => process.exit(128 + constants.signals[signal]);
      let left = running.size;
      if (left === 0) exit();
      for (const child of running) {
        child.once('close', () => {
          left -= 1;
          if (left === 0) exit();
        });
        endGroup(child);
      }
    });
  }
}

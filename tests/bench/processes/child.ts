import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const START_TIMEOUT_MS = 5 * 60_000;

/** A process that a bench started. */
export interface Child {
  readonly pid: number;
  /** Writes one line to its standard input. */
  send(line: string): void;
  /** The first line it writes from now on that the pattern fits, as the pattern's groups. Rejects if it ends before. */
  line(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Kills it, and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts a process whose two outputs are read as lines. It does not outlive this one. */
export function startChild(command: string, args: readonly string[], options: ChildOptions = {}): Child {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} can't be started`);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const closed = once(child, 'close');
  const lines = linesOf(child);
  return {
    pid,
    send: (line) => void child.stdin.write(`${line}\n`),
    line: (pattern, timeoutMs = START_TIMEOUT_MS) => lines.next(pattern, timeoutMs),
    async stop() {
      kill();
      await closed;
      process.off('exit', kill);
    },
  };
}

/** A TypeScript file of this folder, in a Node of its own. */
export function startScript(name: string, args: readonly string[] = []): Child {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return startChild(process.execPath, ['--import', 'tsx', path, ...args]);
}

interface Waiting {
  readonly pattern: RegExp;
  readonly resolve: (match: RegExpExecArray) => void;
  readonly reject: (error: Error) => void;
}

/** How much of what a process wrote is kept, to say what went wrong. */
const KEPT_LINES = 40;

function linesOf(child: ChildProcess) {
  const kept: string[] = [];
  const waiting = new Set<Waiting>();
  const take = (line: string) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    for (const wait of waiting) {
      const match = wait.pattern.exec(line);
      if (match === null) continue;
      waiting.delete(wait);
      wait.resolve(match);
    }
  };
  for (const output of [child.stdout, child.stderr]) {
    let rest = '';
    output?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    });
  }
  let end: Error | null = null;
  child.once('close', (code, signal) => {
    end = new Error(`${child.spawnargs.join(' ')} ended with ${code ?? signal}\n${kept.join('\n')}`);
    for (const { reject } of waiting) reject(end);
    waiting.clear();
  });
  const next = (pattern: RegExp, timeoutMs: number) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      if (end !== null) return reject(end);
      const timer = setTimeout(
        () => settled(() => reject(new Error(`No ${pattern} within ${timeoutMs} ms\n${kept.join('\n')}`))),
        timeoutMs,
      );
      const settled = (how: () => void) => {
        clearTimeout(timer);
        waiting.delete(wait);
        how();
      };
      const wait: Waiting = {
        pattern,
        resolve: (match) => settled(() => resolve(match)),
        reject: (error) => settled(() => reject(error)),
      };
      waiting.add(wait);
    });
  return { next };
}

import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.ts';

/** What the tests need and npm can't bring is missing, and could not be installed. Says what to install. */
export class MissingRequirement extends Error {
  override readonly name = 'MissingRequirement';
}

const PROBE_TIMEOUT_MS = 20_000;
const APT_TIMEOUT_MS = 10 * 60_000;

/** The path of an executable: `name` itself where it is a path, else the first of that name in `PATH`. */
export function findExecutable(name: string): string | null {
  if (name.includes('/')) return isExecutable(name) ? name : null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Whether a program runs and says that all is well: a stub that asks for a package, say, does not. */
export function runsWell(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: PROBE_TIMEOUT_MS });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Installs packages of Debian or Ubuntu without asking anything. Does nothing for another user than root, where it
 * would need a password, and on other systems: the caller looks again for what it needs, and says so if it isn't there.
 */
export async function installDebianPackages(packages: readonly string[]): Promise<void> {
  const apt = findExecutable('apt-get');
  if (!isRoot() || apt === null) return;
  process.stdout.write(`Installing ${packages.join(', ')} with apt-get\n`);
  const options = {
    timeoutMs: APT_TIMEOUT_MS,
    output: 'keep',
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  const steps = [
    [...wait, 'update'],
    [...wait, 'install', '-y', '--no-install-recommends', ...packages],
  ];
  for (const args of steps) {
    const { exitCode, output } = await runCommand(apt, args, options);
    if (exitCode !== 0) {
      process.stderr.write(`${output}\napt-get ended with ${exitCode}.\n`);
      return;
    }
  }
}

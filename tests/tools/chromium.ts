import { chromium } from '@playwright/test';
import {
  findExecutable,
  installDebianPackages,
  isRoot,
  MissingRequirement,
  runsWell,
} from './requirement.ts';
import { runCommand, tool } from './run-command.ts';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/** What every Chromium of the tests is started with: no display, no traffic of its own. */
export const CHROMIUM_ARGS: readonly string[] = [
  // Chromium's sandbox can't be set up by root.
  ...(isRoot() ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The first Chromium that runs: `CHROMIUM_PATH`, Playwright's own, the system's. */
export function findChromium(): string | null {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (runsWell(chosen, ['--version'])) return chosen;
    throw new MissingRequirement(`CHROMIUM_PATH is ${chosen}, and that does not run.`);
  }
  for (const name of [chromium.executablePath(), ...SYSTEM_NAMES]) {
    const path = findExecutable(name);
    if (path !== null && runsWell(path, ['--version'])) return path;
  }
  return null;
}

/**
 * Finds a Chromium, or installs one: Playwright's own, else the one of Debian.
 *
 * @throws MissingRequirement where there is none and none could be installed.
 */
export async function ensureChromium(): Promise<string> {
  const installs = [downloadChromium, () => installDebianPackages(['chromium'])];
  let path = findChromium();
  for (const install of installs) {
    if (path !== null) break;
    await install();
    path = findChromium();
  }
  if (path !== null) return path;
  throw new MissingRequirement(
    'No Chromium found, and none could be installed. Install one (npx playwright install --with-deps chromium, ' +
      'or the package chromium of your system), or set CHROMIUM_PATH to one.',
  );
}

async function downloadChromium(): Promise<void> {
  process.stdout.write('No Chromium found: trying npx playwright install chromium\n');
  const { exitCode } = await runCommand(tool('playwright'), ['install', 'chromium'], {
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    output: 'keep',
  });
  if (exitCode !== 0) process.stdout.write('Playwright could not download its Chromium.\n');
}

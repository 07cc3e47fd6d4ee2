import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CommandResult, ROOT, runCommand } from './run-command.ts';

/** Everything that the build reads. */
const INPUTS = ['index.html', 'package-lock.json', 'public', 'src', 'tsconfig.json', 'vite.config.ts'];
const MANIFEST = join(ROOT, 'dist/client/.vite/manifest.json');
const STAMP = join(ROOT, 'node_modules/.cache/streamscope/built-page.txt');
const BUILD_TIMEOUT_MS = 5 * 60_000;

/** Builds the page where `dist` is missing or not made from what is there now. Null where it is fresh. */
export async function buildIfStale(output: 'show' | 'keep'): Promise<CommandResult | null> {
  const inputs = digestOfInputs();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampFor(inputs)) return null;
  const result = await runCommand('npm', ['run', '--silent', 'build'], {
    timeoutMs: BUILD_TIMEOUT_MS,
    output,
  });
  if (result.exitCode === 0) {
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, stampFor(inputs));
  }
  return result;
}

/** The manifest belongs to the stamp, so that a build by other hands, or none, is seen. */
function stampFor(inputs: string): string {
  const manifest = existsSync(MANIFEST) ? readFileSync(MANIFEST, 'utf8') : 'none';
  return `${inputs} ${createHash('sha256').update(manifest).digest('hex')}\n`;
}

function digestOfInputs(): string {
  const digest = createHash('sha256');
  for (const path of INPUTS.flatMap(filesUnder)) {
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return digest.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(join(ROOT, path))) return [];
  if (path.includes('.')) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort();
}

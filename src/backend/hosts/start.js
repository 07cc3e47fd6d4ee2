// Plain JavaScript: what builds the TypeScript can't be written in it, on a Node that reads none.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
process.chdir(root);

const OUTPUTS = ['dist/client/index.html', 'dist/server/node-server.js'];
const SOURCES = ['src', 'public', 'index.html', 'package.json', 'package-lock.json', 'vite.config.ts'];

/**
 * The time of the last change of a file, or of anything in a folder.
 * @param {string} path
 * @returns {number} Epoch milliseconds; 0 where there is nothing.
 */
function lastChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(path).map((name) => lastChange(join(path, name)));
  // The folder's own time tells of files that were removed.
  return Math.max(stats.mtimeMs, ...inside);
}

function isBuilt() {
  if (!OUTPUTS.every((path) => existsSync(path))) return false;
  const built = Math.min(...OUTPUTS.map((path) => statSync(path).mtimeMs));
  return SOURCES.every((path) => lastChange(path) <= built);
}

function build() {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) {
    process.stderr.write('The dependencies are not installed. Run: npm ci\n');
    return false;
  }
  return spawnSync(process.execPath, [vite, 'build'], { stdio: 'inherit' }).status === 0;
}

if (isBuilt() || build()) {
  const { runServer } = await import(new URL('../../../dist/server/node-server.js', import.meta.url).href);
  await runServer(process.env);
} else {
  process.exitCode = 1;
}

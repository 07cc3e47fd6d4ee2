// Plain JavaScript: what builds the TypeScript can't be written in it, on a Node that reads none.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

const LOCK = 'node_modules/.cache/streamscope-build.lock';
const LOCK_CHECK_MS = 100;

/** Whether the lock was free and is now this process's. A lock whose process is gone is free. */
function takeLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (isRunning(Number(existsSync(LOCK) ? readFileSync(LOCK, 'utf8') : 0))) return false;
  rmSync(LOCK, { force: true });
  return takeLock();
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Builds what is stale, one process at a time: two that are started together would empty each other's folders. */
async function ensureBuilt() {
  while (!isBuilt()) {
    if (!takeLock()) {
      await setTimeout(LOCK_CHECK_MS);
      continue;
    }
    try {
      return isBuilt() || build();
    } finally {
      rmSync(LOCK, { force: true });
    }
  }
  return true;
}

if (await ensureBuilt()) {
  const { runServer } = await import(new URL('../../../dist/server/node-server.js', import.meta.url).href);
  await runServer(process.env);
} else {
  process.exitCode = 1;
}

/**
 * What the first load of the page may weigh. The files come from the build's own manifest: a module that is loaded later
 * counts as well, unless it is listed here with its reason.
 */
import { readFileSync } from 'node:fs';

const CLIENT = 'dist/client';

/** Sources, by the start of their path, that the first screen does not wait for. */
const LOADED_WHEN_NEEDED = [
  // Below the fold.
  'src/panels/comparison/',
  'src/panels/inspector/',
  // The first reply brings it.
  'src/panels/chat/markdown/',
  // Opened by a person.
  'src/app/settings-drawer.tsx',
  'src/app/command-palette.tsx',
  // The first stream of such a format brings it.
  'src/streams/decoders/json-array.ts',
  'src/streams/decoders/csv.ts',
];

const manifest = JSON.parse(readFileSync(new URL(`${CLIENT}/.vite/manifest.json`, import.meta.url), 'utf8'));
const page = readFileSync(new URL(`${CLIENT}/index.html`, import.meta.url), 'utf8');

const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry);
if (entries.length === 0) throw new Error(`${CLIENT}/.vite/manifest.json has no entry`);

for (const start of LOADED_WHEN_NEEDED) {
  const isLoadedLater = (key) => key.startsWith(start) && manifest[key].isDynamicEntry;
  if (!Object.keys(manifest).some(isLoadedLater))
    throw new Error(`${start}: the build loads nothing of it later`);
}

/** The chunks that these reach by static imports, and by dynamic ones of the first screen where those count. */
function reachedFrom(keys, countsDynamicImports) {
  const reached = new Set(keys);
  for (const key of reached) {
    const { imports = [], dynamicImports = [] } = manifest[key];
    const later = countsDynamicImports ? dynamicImports.filter(isOfFirstScreen) : [];
    for (const next of [...imports, ...later]) reached.add(next);
  }
  return [...reached].map((key) => manifest[key]);
}

function isOfFirstScreen(key) {
  return !LOADED_WHEN_NEEDED.some((start) => key.startsWith(start));
}

/** What index.html itself names: scripts, modulepreloads, style sheets. */
const named = [...page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(
  (match) => match[1],
);

function inClient(files) {
  return [...new Set(files)].map((file) => `${CLIENT}/${file}`);
}

const isScript = (file) => file.endsWith('.js');
const entryScripts = reachedFrom(entries, false).map((chunk) => chunk.file);
const firstScreen = reachedFrom(entries, true).flatMap((chunk) => [
  chunk.file,
  ...(chunk.css ?? []),
  ...(chunk.assets ?? []),
]);

export default [
  {
    name: 'Entry JavaScript',
    path: inClient([...entryScripts, ...named.filter(isScript)]),
    gzip: true,
    limit: '180 kB',
  },
  {
    name: 'First screen, all of it',
    path: inClient([...firstScreen, ...named]),
    gzip: true,
    limit: '400 kB',
  },
  {
    name: "Feeds' worker",
    path: `${CLIENT}/assets/feeds-worker-*.js`,
    gzip: true,
    limit: '60 kB',
  },
];

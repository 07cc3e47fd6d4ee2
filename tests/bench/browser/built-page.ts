import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Handle } from '../sources/serve.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

export interface BuiltPage {
  readonly handle: Handle;
  remove(): void;
}

/** The page of `page/`, built as the dashboard is. */
export async function buildBenchPage(): Promise<BuiltPage> {
  const { path: outDir, remove } = makeTemporaryFolder();
  try {
    await build({
      root: fileURLToPath(new URL('../page', import.meta.url)),
      configFile: false,
      logLevel: 'error',
      build: { outDir, emptyOutDir: true, target: 'baseline-widely-available' },
    });
  } catch (error) {
    remove();
    throw error;
  }
  const handle: Handle = ({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url;
    const type = TYPES[extname(path)];
    if (type === undefined || path.includes('..')) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type }).end(readFileSync(join(outDir, path)));
  };
  return { handle, remove };
}

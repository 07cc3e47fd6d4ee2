import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { backendPlugin } from './src/backend/hosts/vite-plugin.ts';

/**
 * Few files instead of many small ones: over HTTP/1.1 a browser fetches six at a time, and each waits for its turn. A panel
 * brings along what it imports; what it loads when needed stays apart.
 */
const CHUNKS = [
  // Changes seldom, so that a new page does not fetch it again.
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 4 },
  { name: 'page', tags: ['$initial' as const], priority: 3 },
  { name: 'live-panels', test: /[\\/](ticker|logs)-panel\.tsx$/, priority: 2 },
  { name: 'other-panels', test: /[\\/](chat|jobs|downloads|exports)-panel\.tsx$/, priority: 1 },
];

/** What the Node server sends to a browser that takes it: a third of the bytes. Streams have no part in it. */
function gzipAssets(): Plugin {
  return {
    name: 'gzip-assets',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle({ dir = '' }, bundle) {
      for (const file of Object.values(bundle)) {
        if (!/\.(?:css|js)$/.test(file.fileName)) continue;
        const body = file.type === 'chunk' ? file.code : file.source;
        await writeFile(join(dir, `${file.fileName}.gz`), await promisify(gzip)(body, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), backendPlugin(env), gzipAssets()],
  // 127.0.0.1 is what `localhost` leads to as well, and nobody else's network.
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The panels are loaded when needed; made ready at the start, the first visit of a new clone finds them there.
    warmup: {
      clientFiles: [
        './src/main.tsx',
        './src/app/feeds-worker.ts',
        './src/panels/*/*-panel.tsx',
        './src/panels/*/*-chart.tsx',
      ],
    },
  },
  // The feeds' worker loads a format's decoder only when a stream has it, as the page does.
  worker: { format: 'es' },
  preview: { host: '127.0.0.1', port: 4173 },
  build: { target: 'baseline-widely-available', sourcemap: false },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        // What the size limits and the staleness check of the tests read.
        manifest: true,
        emptyOutDir: true,
        rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
      },
    },
    server: {
      consumer: 'server',
      build: {
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'node20.19',
        copyPublicDir: false,
        rolldownOptions: {
          input: 'src/backend/hosts/node-server.ts',
          output: { entryFileNames: '[name].js' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'server']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
